import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A call takes its cost from quotas, but one use from a token. The functions of before stay beside these, so that nodes
 * that are not replaced yet go on metering.
 */
export class CountTokenUses1795200000034 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Grants calls in their order as far as the counters of their subjects go. A run is a number of equal calls in a row; it
    // names one or two subjects by their place in subject_ids, which are distinct and sorted (0: no second), and what each
    // call takes from either. A negative number
    // of calls is given back, unless its period is over. The usage of what is granted is noted in the same transaction.
    await query.query(`
      create function meter_calls(
        session uuid, batch_number bigint,
        subject_ids uuid[], limits bigint[], starts timestamptz[],
        first_subjects integer[], second_subjects integer[], first_costs bigint[], second_costs bigint[],
        counts integer[],
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
            n := least(n, greatest(0, limits[a] - taken[a]) / first_costs[i]);
            if b > 0 then n := least(n, greatest(0, limits[b] - taken[b]) / second_costs[i]); end if;
          end if;
          if n <> 0 then
            if n > 0 or starts[a] = period_starts[a] then
              taken[a] := greatest(0, taken[a] + n * first_costs[i]);
            end if;
            if b > 0 and (n > 0 or starts[b] = period_starts[b]) then
              taken[b] := greatest(0, taken[b] + n * second_costs[i]);
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
        first_subjects integer[], second_subjects integer[], first_costs bigint[], second_costs bigint[],
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
            select s.id, s.start,
                   sum(r.granted * case s.place when r.a then r.first_cost else r.second_cost end) as cost
            from unnest(closed.granted, first_subjects, second_subjects, first_costs, second_costs)
              as r(granted, a, b, first_cost, second_cost)
            join unnest(subject_ids, starts) with ordinality as s(id, start, place) on s.place in (r.a, r.b)
            group by s.id, s.start
          ) given
          where c.subject_id = given.id and c.period_starts_at = given.start;
          perform note_usage(minutes, clients, keys, apis, array_fill('VALID'::text, array[cardinality(first_costs)]),
            array(select -g from unnest(closed.granted) with ordinality as t(g, place) order by place));
        end if;
        delete from meter_sessions m where m.node_id = node and m.id <> next_session;
        insert into meter_sessions (id, node_id, batch, granted) values (next_session, node, 0, '{}')
        on conflict do nothing;
      end $$`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(
      `drop function settle_meter_session(
        uuid, uuid, uuid, bigint, uuid[], timestamptz[], integer[], integer[], bigint[], bigint[], timestamptz[], uuid[],
        uuid[], uuid[]
      )`,
    );
    await query.query(
      `drop function meter_calls(
        uuid, bigint, uuid[], bigint[], timestamptz[], integer[], integer[], bigint[], bigint[], integer[], timestamptz[],
        uuid[], uuid[], uuid[]
      )`,
    );
  }
}
