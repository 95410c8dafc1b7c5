import type { MigrationInterface, QueryRunner } from "typeorm";

export class WatchKeys1795200000021 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_keys
        -- The last notice of its expiry: so many days before, and before which expiry.
        add column noticed_days smallint,
        add column noticed_expires_at timestamptz(3),
        add column unused_warned_at timestamptz(3),
        -- When somebody last switched it on: a sign of life, as a use is.
        add column enabled_at timestamptz(3),
        add constraint api_keys_notice_whole check ((noticed_days is null) = (noticed_expires_at is null))`);
    await query.query(`
      create index api_keys_expiring on api_keys (expires_at) where revoked_at is null and disabled_at is null`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index api_keys_expiring`);
    await query.query(`
      alter table api_keys drop column noticed_days, drop column noticed_expires_at, drop column unused_warned_at,
        drop column enabled_at`);
  }
}
