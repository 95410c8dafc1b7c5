import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateApiKeySecrets1795200000011 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // A key has one current secret and, while a rotation lasts, the one before. Retired ones stay for a while, so that
    // who still sends one is told that it was rotated out.
    await query.query(`
      create table api_key_secrets (
        id uuid primary key,
        api_key_id uuid not null references api_keys on delete cascade,
        place text not null
          constraint api_key_secrets_place_known check (place in ('CURRENT', 'PREVIOUS', 'RETIRED')),
        lookup_id text not null constraint api_key_secrets_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        created_at timestamptz(3) not null,
        last_accessed_at timestamptz(3),
        last_accessed_from text
      )`);
    // At most two secrets of a key can ever be accepted.
    await query.query(`
      create unique index api_key_secrets_one_in_place on api_key_secrets (api_key_id, place)
      where place <> 'RETIRED'`);
    await query.query(`create index api_key_secrets_key on api_key_secrets (api_key_id)`);
    await query.query(`
      insert into api_key_secrets (id, api_key_id, place, lookup_id, digest, pepper_version, created_at)
      select id, id, 'CURRENT', lookup_id, digest, pepper_version, created_at from api_keys`);
    await query.query(`
      alter table api_keys
        drop constraint api_keys_lookup_id_unique,
        drop column digest,
        drop column pepper_version,
        -- Until when the previous secret is accepted beside the current one.
        add column rotation_ends_at timestamptz(3)`);
    // The lookup id that lists show is one of the key's own secrets'. Both rows are written in one transaction.
    await query.query(`create unique index api_key_secrets_key_lookup_id on api_key_secrets (api_key_id, lookup_id)`);
    await query.query(`
      alter table api_keys add constraint api_keys_lookup_id_is_own
        foreign key (id, lookup_id) references api_key_secrets (api_key_id, lookup_id) deferrable initially deferred`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_keys
        drop constraint api_keys_lookup_id_is_own,
        drop column rotation_ends_at,
        add column digest bytea,
        add column pepper_version smallint`);
    await query.query(`
      update api_keys k set digest = s.digest, pepper_version = s.pepper_version
      from api_key_secrets s where s.api_key_id = k.id and s.place = 'CURRENT'`);
    await query.query(`
      alter table api_keys
        alter column digest set not null,
        alter column pepper_version set not null,
        add constraint api_keys_lookup_id_unique unique (lookup_id)`);
    await query.query(`drop table api_key_secrets`);
  }
}
