import type { MigrationInterface, QueryRunner } from "typeorm";

const KEPT_AS_WRITTEN = ["audit_events", "audit_links", "audit_checkpoints"];

export class ChainAuditEvents1795200000040 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // The chain. Apart from the events, so that linking changes no row. Without a foreign key: its lock would write to
    // every event once more, and verifying the chain finds what is missing.
    await query.query(`
      create table audit_links (
        number bigint primary key,
        event_id uuid not null constraint audit_links_event_unique unique,
        previous_hash bytea not null,
        hash bytea not null
      )`);
    await query.query(`
      create table audit_checkpoints (
        number bigint primary key,
        hash bytea not null,
        at timestamptz(3) not null,
        key_version integer not null,
        signature bytea not null
      )`);

    // Committed events that wait for their link, in the order in which they were written.
    await query.query(`
      create table audit_pending (
        position bigint generated always as identity primary key,
        event_id uuid not null
      )`);
    await query.query(`insert into audit_pending (event_id) select id from audit_events order by id`);
    await query.query(`
      create function queue_audit_events() returns trigger language plpgsql as $$
      begin
        insert into audit_pending (event_id) select id from added;
        return null;
      end $$`);
    await query.query(`
      create trigger audit_events_queue after insert on audit_events
      referencing new table as added for each statement execute function queue_audit_events()`);

    await query.query(`
      create function refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is kept as it was written: % is refused', tg_table_name, lower(tg_op)
          using errcode = 'insufficient_privilege';
      end $$`);
    for (const table of KEPT_AS_WRITTEN) {
      await query.query(`
        create trigger ${table}_refuse_change before update or delete or truncate on ${table}
        for each statement execute function refuse_audit_change()`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop trigger audit_events_refuse_change on audit_events`);
    await query.query(`drop trigger audit_events_queue on audit_events`);
    await query.query(`drop table audit_pending`);
    await query.query(`drop table audit_checkpoints`);
    await query.query(`drop table audit_links`);
    await query.query(`drop function refuse_audit_change`);
    await query.query(`drop function queue_audit_events`);
  }
}
