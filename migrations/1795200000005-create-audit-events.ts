import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateAuditEvents1795200000005 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table audit_events (
        id uuid primary key,
        at timestamptz(3) not null,
        event text not null,
        actor_kind text not null,
        actor_id uuid not null,
        actor_name text not null,
        actor_role text,
        api_key_id uuid,
        address text,
        request_id text not null,
        transaction_ref text,
        target_kind text not null,
        target_id uuid not null,
        reason text,
        before jsonb,
        after jsonb
      )`);
    await query.query(`create index audit_events_target on audit_events (target_id, id)`);
    await query.query(`create index audit_events_actor on audit_events (actor_id, id)`);
    await query.query(`create index audit_events_event on audit_events (event, id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table audit_events`);
  }
}
