import type { MigrationInterface, QueryRunner } from "typeorm";

export class MeterUse1795200000027 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // What a client or a key has used of its quota in the period that began then. Without foreign keys: metering takes no
    // lock of a client's row, and counters of what is gone are swept up.
    await query.query(`
      create table quota_counters (
        subject_id uuid primary key,
        period_starts_at timestamptz(3) not null,
        used bigint not null constraint quota_counters_not_negative check (used >= 0)
      ) with (fillfactor = 50)`);

    // One row for each line over which a node meters. A batch whose answer was lost is found here, and taken back; with its
    // row gone, a batch that is still under way does nothing any more.
    await query.query(`
      create table meter_sessions (
        id uuid primary key,
        node_id uuid not null,
        opened_at timestamptz(3) not null default clock_timestamp(),
        batch bigint not null,
        granted integer[] not null
      ) with (fillfactor = 50)`);

    await query.query(`
      create table usage_minutes (
        minute timestamptz(3) not null,
        -- All zeros: none, or none that was recognised.
        client_id uuid not null,
        api_key_id uuid not null,
        api_id uuid not null,
        code text not null,
        calls bigint not null,
        constraint usage_minutes_unique primary key (api_key_id, minute, api_id, code, client_id)
      ) with (fillfactor = 50)`);
    // Rows that are written again and again stay where they are, and their indices as they were.
    for (const table of ["api_keys", "api_key_secrets"])
      await query.query(`alter table ${table} set (fillfactor = 80)`);
    await query.query(`create index usage_minutes_client on usage_minutes (client_id, minute)`);

    await query.query(`
      create function note_usage(
        minutes timestamptz[], clients uuid[], keys uuid[], apis uuid[], codes text[], counts bigint[]
      ) returns void language sql as $$
        insert into usage_minutes as u (minute, client_id, api_key_id, api_id, code, calls)
        select minute, client_id, api_key_id, api_id, code, sum(calls)
        from unnest(minutes, clients, keys, apis, codes, counts) as n(minute, client_id, api_key_id, api_id, code, calls)
        group by minute, client_id, api_key_id, api_id, code
        having sum(calls) <> 0
        -- One order for all writers, so that none waits for another in a circle.
        order by api_key_id, minute, api_id, code, client_id
        on conflict on constraint usage_minutes_unique do update set calls = u.calls + excluded.calls
      $$`);

    // Grants calls in their order as far as the counters of their subjects go. A run is a number of equal calls in a row; it
    // names one or two subjects by their place in subject_ids, which are distinct and sorted (0: no second). A negative number
    // of calls is given back, unless its period is over. The usage of what is granted is noted in the same transaction.
    await query.query(`
      create function meter_calls(
        session uuid, batch_number bigint,
        subject_ids uuid[], limits bigint[], starts timestamptz[],
        first_subjects integer[], second_subjects integer[], costs bigint[], counts integer[],
        minutes timestamptz[], clients uuid[], keys uuid[], apis uuid[]
      ) returns table (granted integer[], used_before bigint[], period_starts timestamptz[]) language plpgsql as $$
      declare
        taken bigint[];
        n bigint;
        a integer;
        b integer;
      begin
        perform 1 from meter_sessions m where m.id = session for update;
        if not found then raise exception 'the session is closed' using errcode = 'LK001'; end if;

        insert into quota_counters (subject_id, period_starts_at, used)
        select id, start, 0 from unnest(subject_ids, starts) as s(id, start)
        where not exists (select 1 from quota_counters c where c.subject_id = s.id)
        order by id on conflict do nothing;

        -- A period only ever moves forward: a call that was judged just before its end counts to the next.
        select array_agg(case when c.period_starts_at < s.start then 0 else c.used end order by s.place),
               array_agg(greatest(c.period_starts_at, s.start) order by s.place)
        into used_before, period_starts
        from (select q.* from quota_counters q where q.subject_id = any(subject_ids) order by q.subject_id for update) c
        join unnest(subject_ids, starts) with ordinality as s(id, start, place) on s.id = c.subject_id;

        taken := used_before;
        granted := array_fill(0, array[cardinality(counts)]);
        for i in 1 .. cardinality(counts) loop
          n := counts[i];
          a := first_subjects[i];
          b := second_subjects[i];
          if n > 0 then
            n := least(n, greatest(0, limits[a] - taken[a]) / costs[i]);
            if b > 0 then n := least(n, greatest(0, limits[b] - taken[b]) / costs[i]); end if;
          end if;
          if n <> 0 then
            if n > 0 or starts[a] = period_starts[a] then
              taken[a] := greatest(0, taken[a] + n * costs[i]);
            end if;
            if b > 0 and (n > 0 or starts[b] = period_starts[b]) then
              taken[b] := greatest(0, taken[b] + n * costs[i]);
            end if;
            granted[i] := n;
          end if;
        end loop;

        update meter_sessions m set batch = batch_number, granted = meter_calls.granted where m.id = session;
        update quota_counters c set used = s.taken, period_starts_at = s.start
        from unnest(subject_ids, taken, period_starts) as s(id, taken, start)
        where c.subject_id = s.id and (c.used, c.period_starts_at) is distinct from (s.taken, s.start);
        perform note_usage(minutes, clients, keys, apis, array_fill('VALID'::text, array[cardinality(counts)]), granted::bigint[]);
        return next;
      end $$`);

    // Closes a session and opens the next. If its last batch is the one whose answer was lost, what that has granted is
    // given back: those calls were not let through. Doing it twice is doing it once.
    await query.query(`
      create function settle_meter_session(
        session uuid, next_session uuid, node uuid, lost_batch bigint,
        subject_ids uuid[], starts timestamptz[],
        first_subjects integer[], second_subjects integer[], costs bigint[],
        minutes timestamptz[], clients uuid[], keys uuid[], apis uuid[]
      ) returns void language plpgsql as $$
      declare
        closed meter_sessions;
      begin
        delete from meter_sessions m where m.id = session returning m.* into closed;
        if closed.batch = lost_batch then
          perform 1 from quota_counters c where c.subject_id = any(subject_ids) order by c.subject_id for update;
          update quota_counters c set used = greatest(0, c.used - given.cost)
          from (
            select s.id, s.start, sum(r.granted * r.cost) as cost
            from unnest(closed.granted, first_subjects, second_subjects, costs) as r(granted, a, b, cost)
            join unnest(subject_ids, starts) with ordinality as s(id, start, place) on s.place in (r.a, r.b)
            group by s.id, s.start
          ) given
          where c.subject_id = given.id and c.period_starts_at = given.start;
          perform note_usage(minutes, clients, keys, apis, array_fill('VALID'::text, array[cardinality(costs)]),
            array(select -g from unnest(closed.granted) with ordinality as t(g, place) order by place));
        end if;
        delete from meter_sessions m where m.node_id = node and m.id <> next_session;
        insert into meter_sessions (id, node_id, batch, granted) values (next_session, node, 0, '{}')
        on conflict do nothing;
      end $$`);

    // Another kind of period is another count.
    for (const table of ["clients", "api_keys"]) {
      await query.query(`
        create function restart_${table}_quota() returns trigger language plpgsql as $$
        begin
          delete from quota_counters where subject_id = old.id;
          return null;
        end $$`);
      await query.query(`
        create trigger ${table}_restart_quota after update of quota_period on ${table}
        for each row when (old.quota_period is distinct from new.quota_period)
        execute function restart_${table}_quota()`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ["clients", "api_keys"]) await query.query(`drop function restart_${table}_quota cascade`);
    for (const name of ["settle_meter_session", "meter_calls", "note_usage"])
      await query.query(`drop function ${name}`);
    for (const table of ["usage_minutes", "meter_sessions", "quota_counters"]) await query.query(`drop table ${table}`);
    for (const table of ["api_keys", "api_key_secrets"]) await query.query(`alter table ${table} reset (fillfactor)`);
  }
}
