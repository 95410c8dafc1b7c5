import type { MigrationInterface, QueryRunner } from "typeorm";

const GRANT_TYPES = "'AUTHORIZATION_CODE', 'CLIENT_CREDENTIALS', 'PASSWORD', 'REFRESH_TOKEN', 'IMPLICIT'";
const UNITS = "'SECOND', 'MINUTE', 'HOUR', 'DAY'";

/** Whose changes verdicts on tokens depend on, by the columns that count. */
const WATCHES = [
  [
    "tokens",
    ["id", "family_id", "kind", "lookup_id", "digest", "pepper_version", "scope_ids", "own_groups", "uses_max"],
    ["expires_at", "revoked_at"],
  ],
  ["token_families", ["id", "client_id", "user_id"], ["revoked_at"]],
] as const;

export class CreateTokens1795200000033 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // A client without a row has the defaults.
    await query.query(`
      create table token_settings (
        client_id uuid primary key references clients on delete cascade,
        grant_types text[] not null constraint token_settings_grant_types check (grant_types <@ array[${GRANT_TYPES}]),
        access_amount integer not null constraint token_settings_access_amount check (access_amount > 0),
        access_unit text not null constraint token_settings_access_unit check (access_unit in (${UNITS})),
        refresh_amount integer not null constraint token_settings_refresh_amount check (refresh_amount > 0),
        refresh_unit text not null constraint token_settings_refresh_unit check (refresh_unit in (${UNITS})),
        access_uses integer not null constraint token_settings_access_uses check (access_uses >= 0),
        refresh_uses integer not null constraint token_settings_refresh_uses check (refresh_uses >= 0),
        redirect_urls text[] not null constraint token_settings_redirect_urls check (cardinality(redirect_urls) <= 6),
        updated_at timestamptz(3) not null
      )`);

    // What was granted once, with all tokens that came of it.
    await query.query(`
      create table token_families (
        id uuid primary key,
        client_id uuid not null references clients on delete cascade,
        -- Who consented, or signed in; null: the client for itself.
        user_id uuid references users on delete cascade,
        grant_type text not null constraint token_families_grant_type check (grant_type in (${GRANT_TYPES})),
        -- Without references: what the client does not hold any more grants nothing.
        scope_ids uuid[] not null,
        -- Whether it has the client's own groups besides: it was asked for without naming scopes.
        own_groups boolean not null,
        -- How often it was refreshed.
        refreshes integer not null default 0,
        created_at timestamptz(3) not null,
        revoked_at timestamptz(3),
        revoked_by text,
        revocation_reason text
      )`);
    await query.query(`create index token_families_client on token_families (client_id, id)`);
    await query.query(`create index token_families_user on token_families (user_id) where user_id is not null`);

    await query.query(`
      create table tokens (
        id uuid primary key,
        family_id uuid not null references token_families on delete cascade,
        kind text not null constraint tokens_kind check (kind in ('ACCESS', 'REFRESH')),
        lookup_id text not null constraint tokens_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        -- At most the family's.
        scope_ids uuid[] not null,
        own_groups boolean not null,
        -- 0: any number.
        uses_max integer not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        revoked_at timestamptz(3),
        revoked_by text,
        revocation_reason text,
        -- Of a refresh token: when, and by which, it was replaced.
        replaced_at timestamptz(3),
        replaced_by uuid,
        -- The text, of one that was saved to be shown again.
        sealed bytea,
        sealed_version smallint,
        last_accessed_at timestamptz(3),
        last_accessed_from text,
        last_accessed_api_id uuid,
        constraint tokens_expire_after_creation check (created_at < expires_at)
      ) with (fillfactor = 80)`);
    await query.query(`create index tokens_family on tokens (family_id, id)`);
    await query.query(`create index tokens_expiry on tokens (expires_at)`);

    await query.query(`
      create table authorization_codes (
        id uuid primary key,
        lookup_id text not null constraint authorization_codes_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        client_id uuid not null references clients on delete cascade,
        user_id uuid not null references users on delete cascade,
        redirect_url text not null,
        -- Whether the request named it: then the token request must name it too (RFC 6749 section 4.1.3).
        redirect_url_given boolean not null,
        -- Of PKCE with S256 (RFC 7636).
        code_challenge text not null,
        scope_ids uuid[] not null,
        own_groups boolean not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        used_at timestamptz(3),
        -- What it was exchanged for: revoked when it is used again.
        family_id uuid
      )`);
    await query.query(`create index authorization_codes_expiry on authorization_codes (expires_at)`);

    for (const [table, columns, more] of WATCHES) await this.watch(query, table, [...columns, ...more]);
    await this.watchPasswords(query);

    await query.query(`
      create function announce_token_settings() returns trigger language plpgsql as $$
      begin
        perform announce_change('CLIENT', array[coalesce(new.client_id, old.client_id)]);
        return null;
      end $$`);
    await query.query(`
      create trigger token_settings_announce after insert or update or delete on token_settings
      for each row execute function announce_token_settings()`);
    await query.query(`
      create trigger token_settings_announce_truncate after truncate on token_settings
      for each statement execute function announce_all()`);
  }

  /** Rows that come in are part of nothing that a node remembers. */
  private async watch(query: QueryRunner, table: string, columns: readonly string[]): Promise<void> {
    await query.query(`
      create function announce_${table}_rows() returns trigger language plpgsql as $$
      begin
        perform announce_change('TOKEN', array(select id from changed));
        return null;
      end $$`);
    await query.query(`
      create trigger ${table}_announce_delete after delete on ${table}
      referencing old table as changed for each statement execute function announce_${table}_rows()`);
    await query.query(`
      create function announce_${table}_row() returns trigger language plpgsql as $$
      begin
        perform announce_change('TOKEN', array(select distinct id from unnest(array[old.id, new.id]) as id));
        return null;
      end $$`);
    const row = (state: string) => `row(${columns.map((name) => `${state}.${name}`).join(", ")})`;
    await query.query(`
      create trigger ${table}_announce_update after update of ${columns.join(", ")} on ${table}
      for each row when (${row("old")} is distinct from ${row("new")}) execute function announce_${table}_row()`);
    await query.query(`
      create trigger ${table}_announce_truncate after truncate on ${table}
      for each statement execute function announce_all()`);
  }

  /**
   * Nodes remember that a client has authenticated, until its password is another one, or somebody has tried a wrong one: the
   * next right one is to reset the count.
   */
  private async watchPasswords(query: QueryRunner): Promise<void> {
    await query.query(`
      create trigger clients_announce_password 
      after update of password_digest, password_change_required, failed_sign_ins on clients
      for each row when (
        row(old.password_digest, old.password_change_required, old.failed_sign_ins)
          is distinct from row(new.password_digest, new.password_change_required, new.failed_sign_ins)
      ) execute function announce_clients_row()`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop trigger clients_announce_password on clients`);
    for (const [table] of WATCHES)
      for (const part of ["rows", "row"]) await query.query(`drop function announce_${table}_${part} cascade`);
    for (const table of ["authorization_codes", "tokens", "token_families", "token_settings"])
      await query.query(`drop table ${table}`);
    await query.query(`drop function announce_token_settings`);
  }
}
