import type { MigrationInterface, QueryRunner } from "typeorm";

const COLUMNS = "minutes timestamptz[], clients uuid[], keys uuid[], apis uuid[], codes text[], counts bigint[]";

export class BatchUsage1795200000032 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // What was noted and is not rolled up yet: one row for each batch of calls, so that what is noted with a grant costs one
    // insert and no upsert for each key. Rows of a batch of a hundred calls fit into a page as they are.
    await query.query(`
      create table usage_batches (
        id bigint generated always as identity primary key,
        minutes timestamptz[] not null,
        clients uuid[] not null,
        keys uuid[] not null,
        apis uuid[] not null,
        codes text[] not null,
        counts bigint[] not null
      ) with (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`);
    await query.query("drop function note_usage");
    await query.query(`
      create function note_usage(${COLUMNS}) returns void language plpgsql as $$
      begin
        insert into usage_batches (minutes, clients, keys, apis, codes, counts)
        values (minutes, clients, keys, apis, codes, counts);
      end $$`);

    // Adds what was noted to the minutes' counts, each batch once whoever else does the same. Returns how many there were.
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
          -- One order for all writers, so that none waits for another in a circle.
          order by api_key_id, minute, api_id, code, client_id
          on conflict on constraint usage_minutes_unique do update set calls = u.calls + excluded.calls
        )
        select count(*) from taken
      $$`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("select roll_up_usage(2147483647)");
    await query.query("drop function roll_up_usage");
    await query.query("drop function note_usage");
    await query.query("drop table usage_batches");
    await query.query(`
      create function note_usage(${COLUMNS}) returns void language sql as $$
        insert into usage_minutes as u (minute, client_id, api_key_id, api_id, code, calls)
        select minute, client_id, api_key_id, api_id, code, sum(calls)
        from unnest(minutes, clients, keys, apis, codes, counts) as n(minute, client_id, api_key_id, api_id, code, calls)
        group by minute, client_id, api_key_id, api_id, code
        having sum(calls) <> 0
        order by api_key_id, minute, api_id, code, client_id
        on conflict on constraint usage_minutes_unique do update set calls = u.calls + excluded.calls
      $$`);
  }
}
