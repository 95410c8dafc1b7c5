import type { MigrationInterface, QueryRunner } from "typeorm";

const NONE = "00000000-0000-0000-0000-000000000000";
/** Any fixed number: it names the lock between those who roll up and the one who folds. */
const FOLDING_LOCK = 7_150_302;

const COLUMNS = "client_id, api_key_id, api_id, collection_id, region_id, code";
const UNIQUE = "api_id, code, client_id, region_id";

const STEPS = [
  ["usage_hours", "hour"],
  ["usage_days", "day"],
] as const;

export class RollUpHoursAndDays1795200000045 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Where an API lay when it was called: its collection may be in another region tomorrow, or gone with it.
    await query.query(`
      alter table usage_minutes
        add collection_id uuid not null default '${NONE}',
        add region_id uuid not null default '${NONE}'`);
    await query.query(`
      update usage_minutes u set collection_id = c.id, region_id = c.region_id
      from apis a join collections c on c.id = a.collection_id where a.id = u.api_id`);
    await query.query(`
      alter table usage_minutes
        alter collection_id drop default, alter region_id drop default,
        drop constraint usage_minutes_unique,
        add constraint usage_minutes_unique primary key (api_key_id, minute, ${UNIQUE})`);
    await query.query("create index usage_minutes_time on usage_minutes (minute)");

    for (const [table, step] of STEPS) {
      await query.query(`
        create table ${table} (
          ${step} timestamptz(3) not null,
          client_id uuid not null,
          api_key_id uuid not null,
          api_id uuid not null,
          collection_id uuid not null,
          region_id uuid not null,
          code text not null,
          calls bigint not null,
          constraint ${table}_unique primary key (api_key_id, ${step}, ${UNIQUE})
        )`);
      // A client's rows lie among everybody else's of the same time: its month is read from the index alone.
      await query.query(`
        create index ${table}_client on ${table} (client_id, ${step})
        include (api_key_id, api_id, collection_id, region_id, code, calls)`);
      for (const place of ["api", "collection", "region"])
        await query.query(`create index ${table}_${place} on ${table} (${place}_id, ${step})`);
      await query.query(`create index ${table}_time on ${table} (${step})`);
    }

    // Minutes before then are in the hours and days, those from then on are not yet.
    await query.query("create table usage_folding (folded_until timestamptz(3) not null)");
    await query.query("insert into usage_folding values ('-infinity')");

    // Minutes up to then, an hour of them at most, become part of their hours and days. Returns whether all have. Nobody rolls
    // up meanwhile, so that what is noted of a minute is either folded with it or, when it comes later, by whoever rolls it up.
    await query.query(`
      create function fold_usage(until timestamptz) returns boolean language plpgsql as $$
      declare
        since timestamptz;
        reached timestamptz;
      begin
        perform pg_advisory_xact_lock(${FOLDING_LOCK});
        select folded_until into since from usage_folding;
        if until <= since then return true; end if;
        select least(until, min(minute) + interval '1 hour') into reached
        from usage_minutes where minute >= since and minute < until;
        reached := coalesce(reached, until);
        ${STEPS.map(([table, step]) => add(table, step, "usage_minutes where minute >= since and minute < reached")).join(";")};
        update usage_folding set folded_until = reached;
        return reached = until;
      end $$`);

    await query.query("drop function roll_up_usage");
    await query.query(`
      create function roll_up_usage(batches_max integer) returns bigint language plpgsql as $$
      declare
        folded timestamptz;
        batches bigint;
      begin
        perform pg_advisory_xact_lock_shared(${FOLDING_LOCK});
        select folded_until into folded from usage_folding;
        with taken as (
          delete from usage_batches where id in (
            select id from usage_batches order by id limit batches_max for update skip locked
          ) returning minutes, clients, keys, apis, codes, counts
        ), noted as (
          select n.*, coalesce(c.id, '${NONE}') as collection_id, coalesce(c.region_id, '${NONE}') as region_id
          from (
            select minute, client_id, api_key_id, api_id, code, sum(calls) as calls
            from taken, unnest(minutes, clients, keys, apis, codes, counts)
              as n(minute, client_id, api_key_id, api_id, code, calls)
            group by minute, client_id, api_key_id, api_id, code
            having sum(calls) <> 0
          ) n
          left join apis a on a.id = n.api_id left join collections c on c.id = a.collection_id
        ), added as (
          ${add("usage_minutes", "minute", "noted")}
        ), ${STEPS.map(([table, step]) => `late_${table} as (${add(table, step, "noted where minute < folded")})`).join(",")}
        select count(*) into batches from taken;
        return batches;
      end $$`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("select roll_up_usage(2147483647)");
    for (const name of ["roll_up_usage", "fold_usage"]) await query.query(`drop function ${name}`);
    for (const table of ["usage_folding", "usage_hours", "usage_days"]) await query.query(`drop table ${table}`);
    await query.query(`
      create temporary table merged on commit drop as
      select minute, client_id, api_key_id, api_id, code, sum(calls) as calls from usage_minutes group by 1, 2, 3, 4, 5`);
    await query.query("truncate usage_minutes");
    await query.query("drop index usage_minutes_time");
    await query.query(`
      alter table usage_minutes drop constraint usage_minutes_unique, drop collection_id, drop region_id,
        add constraint usage_minutes_unique primary key (api_key_id, minute, api_id, code, client_id)`);
    await query.query(`
      insert into usage_minutes (minute, client_id, api_key_id, api_id, code, calls) select * from merged`);
    await query.query("drop table merged");
    await query.query(`
      create function roll_up_usage(batches_max integer) returns bigint language sql as $$
        with taken as (
          delete from usage_batches where id in (
            select id from usage_batches order by id limit batches_max for update skip locked
          ) returning minutes, clients, keys, apis, codes, counts
        ), added as (
          insert into usage_minutes as u (minute, client_id, api_key_id, api_id, code, calls)
          select minute, client_id, api_key_id, api_id, code, sum(calls)
          from taken, unnest(minutes, clients, keys, apis, codes, counts)
            as n(minute, client_id, api_key_id, api_id, code, calls)
          group by minute, client_id, api_key_id, api_id, code
          having sum(calls) <> 0
          order by api_key_id, minute, api_id, code, client_id
          on conflict on constraint usage_minutes_unique do update set calls = u.calls + excluded.calls
        )
        select count(*) from taken
      $$`);
  }
}

/** Adds counts by minute to the counts by step. One order for all writers, so that none waits for another in a circle. */
function add(table: string, step: string, from: string): string {
  return `
    insert into ${table} as u (${step}, ${COLUMNS}, calls)
    select date_trunc('${step}', minute, 'UTC') as at, ${COLUMNS}, sum(calls) from ${from}
    group by at, ${COLUMNS}
    order by api_key_id, at, ${UNIQUE}
    on conflict on constraint ${table}_unique do update set calls = u.calls + excluded.calls`;
}
