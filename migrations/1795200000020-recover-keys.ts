import type { MigrationInterface, QueryRunner } from "typeorm";

export class RecoverKeys1795200000020 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`alter table api_keys add column recoverable boolean not null default false`);
    await query.query(`
      alter table api_key_secrets
        -- The secret itself, of a recoverable key, readable with the key ring only.
        add column sealed bytea,
        add column sealed_version smallint,
        add constraint api_key_secrets_sealed_has_version check ((sealed is null) = (sealed_version is null)),
        add constraint api_key_secrets_retired_are_gone check (place <> 'RETIRED' or sealed is null)`);
    await query.query(`
      create index api_key_secrets_sealed on api_key_secrets (sealed_version) where sealed is not null`);
    await query.query(
      `create index api_key_secrets_pepper on api_key_secrets (pepper_version) where place <> 'RETIRED'`,
    );
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index api_key_secrets_pepper`);
    await query.query(`alter table api_key_secrets drop column sealed, drop column sealed_version`);
    await query.query(`alter table api_keys drop column recoverable`);
  }
}
