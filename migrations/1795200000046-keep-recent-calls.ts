import type { MigrationInterface, QueryRunner } from "typeorm";

/** Any fixed number: it names the lock under which nodes make partitions. */
const PARTITIONS_LOCK = 7_150_304;

export class KeepRecentCalls1795200000046 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Ids are UUIDv7, which begin with the time: their order is that of the calls, and a day of them is one range. Without
    // foreign keys: what a call named may be gone before it.
    await query.query(`
      create table recent_calls (
        id uuid primary key,
        at timestamptz(3) not null,
        request_id text not null,
        transaction_ref text,
        client_id uuid,
        api_key_id uuid,
        api_id uuid,
        method text,
        path text,
        soap_action text,
        address text,
        code text not null,
        node_id uuid not null
      ) partition by range (id)`);
    await query.query("create index recent_calls_request on recent_calls (request_id)");
    await query.query(
      "create index recent_calls_transaction on recent_calls (transaction_ref) where transaction_ref is not null",
    );
    for (const of of ["client", "api_key", "api"]) {
      await query.query(`create index recent_calls_${of} on recent_calls (${of}_id, id) where ${of}_id is not null`);
    }
    await query.query("create index recent_calls_refused on recent_calls (code, id) where code <> 'VALID'");

    await query.query(`
      create function first_id_of(day date) returns uuid language sql immutable as $$
        select rpad(lpad(to_hex((extract(epoch from day::timestamp) * 1000)::bigint), 12, '0'), 32, '0')::uuid
      $$`);
    // As the owner of the tables, which a service's role is not. Attached, not created as a part: that would wait for all
    // who read or write, and have them wait.
    await query.query(`
      create function make_recent_calls_of(day date) returns void language plpgsql
      security definer set search_path = public, pg_temp as $$
      declare
        part text := 'recent_calls_' || to_char(day, 'YYYYMMDD');
      begin
        if to_regclass(part) is not null then return; end if;
        perform pg_advisory_xact_lock(${PARTITIONS_LOCK});
        if to_regclass(part) is not null then return; end if;
        execute format('create table %I (like recent_calls including all)', part);
        execute format('alter table recent_calls attach partition %I for values from (%L) to (%L)',
          part, first_id_of(day), first_id_of(day + 1));
      end $$`);
    // Rather than have calls wait behind somebody who reads for long, it fails, and is tried again.
    await query.query(`
      create function drop_recent_calls_of(day date) returns void language plpgsql
      security definer set search_path = public, pg_temp set lock_timeout = '1s' as $$
      begin
        execute format('drop table if exists %I', 'recent_calls_' || to_char(day, 'YYYYMMDD'));
      end $$`);
    await query.query("select make_recent_calls_of(current_date + ahead) from generate_series(0, 2) ahead");
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("drop function drop_recent_calls_of");
    await query.query("drop function make_recent_calls_of");
    await query.query("drop function first_id_of");
    await query.query("drop table recent_calls");
  }
}
