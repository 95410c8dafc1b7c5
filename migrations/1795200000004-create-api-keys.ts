import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateApiKeys1795200000004 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create extension if not exists btree_gist`);
    await query.query(`
      create table api_keys (
        id uuid primary key,
        client_id uuid references clients on delete cascade,
        user_id uuid references users on delete cascade,
        name text not null,
        description text not null,
        lookup_id text not null constraint api_keys_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        permissions text[],
        tags text[] not null,
        metadata jsonb not null,
        effective_at timestamptz(3) not null,
        expires_at timestamptz(3),
        disabled_at timestamptz(3),
        revoked_at timestamptz(3),
        revoked_by text,
        revocation_reason text,
        created_at timestamptz(3) not null,
        created_by text not null,
        updated_at timestamptz(3) not null,
        last_accessed_at timestamptz(3) not null,
        last_accessed_from text,
        constraint api_keys_one_owner check (num_nonnulls(client_id, user_id) = 1),
        constraint api_keys_effective_before_expiry check (effective_at < expires_at),
        constraint api_keys_expire_after_creation check (created_at < expires_at),
        constraint api_keys_client_key_expires check (client_id is null or expires_at is not null),
        constraint api_keys_permissions_are_users check (permissions is null or user_id is not null),
        -- A name is unique among the owner's keys in force: two rows may share one only when the first was revoked
        -- or had expired before the second was created.
        constraint api_keys_name_unique_in_force exclude using gist (
          coalesce(client_id, user_id) with =,
          lower(name) with =,
          tstzrange(created_at, least(revoked_at, expires_at)) with &&
        )
      )`);
    await query.query(`create index api_keys_client on api_keys (client_id, id)`);
    await query.query(`create index api_keys_user on api_keys (user_id, id)`);
    await query.query(`create index api_keys_expires_at on api_keys (expires_at, id)`);

    // The pair refers to the client's own assignment: a key's groups are within its client's by construction, and a
    // group taken from the client leaves its keys in the same statement.
    await query.query(`create unique index api_keys_id_client on api_keys (id, client_id)`);
    await query.query(`
      create table api_key_groups (
        api_key_id uuid not null,
        client_id uuid not null,
        group_id uuid not null,
        primary key (api_key_id, group_id),
        foreign key (api_key_id, client_id) references api_keys (id, client_id) on delete cascade,
        constraint api_key_groups_within_clients
          foreign key (client_id, group_id) references client_groups (client_id, group_id) on delete cascade
      )`);
    await query.query(`create index api_key_groups_client_group on api_key_groups (client_id, group_id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table api_key_groups`);
    await query.query(`drop table api_keys`);
  }
}
