import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateWebhooks1795200000056 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table webhooks (
        id uuid primary key,
        url text not null,
        description text not null,
        events text[] not null constraint webhooks_has_events check (cardinality(events) > 0),
        enabled boolean not null,
        sealed bytea not null,
        sealed_version smallint not null,
        -- The secret before, which signs as well until then.
        previous_sealed bytea,
        previous_sealed_version smallint,
        previous_ends_at timestamptz(3),
        created_at timestamptz(3) not null,
        created_by text not null,
        updated_at timestamptz(3) not null,
        constraint webhooks_previous_is_whole
          check (num_nulls(previous_sealed, previous_sealed_version, previous_ends_at) in (0, 3))
      )`);
    await query.query(`
      create table webhook_deliveries (
        id uuid primary key,
        webhook_id uuid not null references webhooks on delete cascade,
        event text not null,
        body text not null,
        status text not null,
        attempts smallint not null,
        -- While it is under way: when another node takes it for lost.
        next_attempt_at timestamptz(3) not null,
        last_attempt_at timestamptz(3),
        answer_status smallint,
        last_error text,
        created_at timestamptz(3) not null,
        delivered_at timestamptz(3)
      )`);
    await query.query(`
      create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at) where status = 'QUEUED'`);
    await query.query("create index webhook_deliveries_webhook on webhook_deliveries (webhook_id, id)");
    await query.query("create index webhook_deliveries_time on webhook_deliveries (created_at)");
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ["webhook_deliveries", "webhooks"]) await query.query(`drop table ${table}`);
  }
}
