import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateGatewayKeys1795200000031 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table gateway_keys (
        id uuid primary key,
        name text not null,
        description text not null,
        lookup_id text not null constraint gateway_keys_lookup_id_unique unique,
        digest bytea not null,
        pepper_version smallint not null,
        created_at timestamptz(3) not null,
        created_by text not null,
        expires_at timestamptz(3),
        revoked_at timestamptz(3),
        revoked_by text,
        revocation_reason text,
        last_accessed_at timestamptz(3),
        last_accessed_from text,
        constraint gateway_keys_expire_after_creation check (created_at < expires_at),
        -- A name is unique among those in force: two rows may share one only when the first was revoked or had expired
        -- before the second was created.
        constraint gateway_keys_name_unique_in_force exclude using gist (
          lower(name) with =,
          tstzrange(created_at, greatest(created_at, coalesce(least(revoked_at, expires_at), 'infinity'))) with &&
        )
      )`);
    await query.query(`
      create function announce_gateway_key() returns trigger language plpgsql as $$
      begin
        perform announce_change('GATEWAY_KEY', array[coalesce(new.id, old.id)]);
        return null;
      end $$`);
    await query.query(`
      create trigger gateway_keys_announce
      after insert or delete or update of id, lookup_id, digest, pepper_version, expires_at, revoked_at on gateway_keys
      for each row execute function announce_gateway_key()`);
    await query.query(`
      create trigger gateway_keys_announce_truncate after truncate on gateway_keys
      for each statement execute function announce_all()`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table gateway_keys`);
    await query.query(`drop function announce_gateway_key`);
  }
}
