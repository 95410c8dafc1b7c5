import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateNotifications1795200000009 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // An outbox: the row is written in the transaction of what it tells of, and sent afterwards.
    await query.query(`
      create table notifications (
        id uuid primary key,
        kind text not null,
        recipients text[] not null constraint notifications_have_recipients check (cardinality(recipients) > 0),
        subject text not null,
        body text not null,
        -- What stands for {{link}} in the body, readable with the key ring only, and gone once the mail is sent.
        sealed_link bytea,
        key_version smallint,
        user_id uuid references users on delete cascade,
        client_id uuid references clients on delete cascade,
        status text not null
          constraint notifications_status_known check (status in ('QUEUED', 'SENT', 'KEPT', 'FAILED')),
        attempts smallint not null,
        next_attempt_at timestamptz(3) not null,
        last_error text,
        created_at timestamptz(3) not null,
        sent_at timestamptz(3),
        constraint notifications_link_has_version check ((sealed_link is null) = (key_version is null))
      )`);
    await query.query(`create index notifications_due on notifications (next_attempt_at) where status = 'QUEUED'`);
    await query.query(`create index notifications_user on notifications (user_id)`);
    await query.query(`create index notifications_client on notifications (client_id)`);

    await query.query(`
      create table password_resets (
        id uuid primary key,
        user_id uuid references users on delete cascade,
        client_id uuid references clients on delete cascade,
        digest bytea not null,
        pepper_version smallint not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        used_at timestamptz(3),
        constraint password_resets_one_account check (num_nonnulls(user_id, client_id) = 1)
      )`);
    await query.query(`create index password_resets_user on password_resets (user_id, created_at)`);
    await query.query(`create index password_resets_client on password_resets (client_id, created_at)`);

    await query.query(`
      create table access_requests (
        id uuid primary key,
        client_id uuid not null references clients on delete cascade,
        group_id uuid not null references authority_groups on delete cascade,
        reason text not null,
        status text not null
          constraint access_requests_status_known check (status in ('OPEN', 'APPROVED', 'DENIED')),
        decided_at timestamptz(3),
        decided_by text,
        decision_reason text,
        created_at timestamptz(3) not null,
        constraint access_requests_decided_by_somebody check ((status = 'OPEN') = (decided_at is null))
      )`);
    await query.query(`
      create unique index access_requests_one_open on access_requests (client_id, group_id) where status = 'OPEN'`);
    await query.query(`create index access_requests_client on access_requests (client_id, id)`);
    await query.query(`create index access_requests_group on access_requests (group_id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ["access_requests", "password_resets", "notifications"])
      await query.query(`drop table ${table}`);
  }
}
