import type { MigrationInterface, QueryRunner } from "typeorm";

export class ImportKeys1795200000023 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_key_secrets
        -- Of another system: its text has no lookup id, so it is found by its digest.
        add column imported boolean not null default false,
        -- What the imported hash, a plain SHA-256, was made without.
        add column prefix text,
        -- A keyed digest of the imported hash, to know it again when it is imported twice.
        add column origin bytea constraint api_key_secrets_origin_unique unique,
        -- Null while the digest is the imported hash; its first use makes it one of ours.
        alter column pepper_version drop not null,
        add constraint api_key_secrets_plain_is_imported check (pepper_version is not null or imported),
        add constraint api_key_secrets_prefix_is_plain check (prefix is null or pepper_version is null),
        add constraint api_key_secrets_origin_is_imported check (imported = (origin is not null))`);
    await query.query(`create unique index api_key_secrets_imported on api_key_secrets (digest) where imported`);
    // Which texts may be imported keys at all: with no row here, none is ever looked up.
    await query.query(`
      create table imported_key_prefixes (
        prefix text primary key
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table imported_key_prefixes`);
    await query.query(`
      delete from api_keys k using api_key_secrets s where s.api_key_id = k.id and s.pepper_version is null`);
    await query.query(`
      alter table api_key_secrets drop column imported, drop column prefix, drop column origin,
        alter column pepper_version set not null`);
  }
}
