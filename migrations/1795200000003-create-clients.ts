import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateClients1795200000003 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Every client id ever given stays here, so that none is used again after its client was deleted.
    await query.query(`create table client_ids (client_id text constraint client_ids_never_reused primary key)`);
    await query.query(`
      create table clients (
        id uuid primary key,
        client_id text not null constraint clients_client_id_unique unique references client_ids,
        name text not null constraint clients_name_unique unique,
        display_name text not null constraint clients_display_name_unique unique,
        note text not null,
        status text not null constraint clients_status_known check (status in ('ENABLED', 'DISABLED', 'LOCKED')),
        security_level text not null constraint clients_security_level_known check (security_level in ('A', 'B', 'C')),
        time_zone text not null,
        priority smallint not null constraint clients_priority_in_range check (priority between 0 and 9),
        password_digest text,
        created_at timestamptz(3) not null,
        created_by text not null,
        updated_at timestamptz(3) not null
      )`);
    await query.query(`
      create table client_groups (
        client_id uuid not null references clients on delete cascade,
        group_id uuid not null constraint client_groups_group_exists references authority_groups,
        primary key (client_id, group_id)
      )`);
    await query.query(`create index client_groups_group on client_groups (group_id)`);
    await query.query(`
      create table sessions (
        id uuid primary key,
        lookup_id text not null constraint sessions_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        user_id uuid references users on delete cascade,
        client_id uuid references clients on delete cascade,
        address text,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        ended_at timestamptz(3),
        constraint sessions_one_owner check (num_nonnulls(user_id, client_id) = 1)
      )`);
    await query.query(`create index sessions_user on sessions (user_id)`);
    await query.query(`create index sessions_client on sessions (client_id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ["sessions", "client_groups", "clients", "client_ids"])
      await query.query(`drop table ${table}`);
  }
}
