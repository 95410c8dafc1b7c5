import type { MigrationInterface, QueryRunner } from "typeorm";

export class ChangeKeys1795200000018 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_keys
        add column quota_limit integer constraint api_keys_quota_positive check (quota_limit > 0),
        add column quota_period text constraint api_keys_quota_period_known
          check (quota_period in ('DAY', 'WEEK', 'MONTH', 'TOTAL')),
        add constraint api_keys_quota_whole check ((quota_limit is null) = (quota_period is null)),
        -- Since when it has its name: a key may be given the name of one that had ended by then.
        add column named_at timestamptz(3)`);
    await query.query(`update api_keys set named_at = created_at`);
    await query.query(`
      alter table api_keys
        alter column named_at set not null,
        drop constraint api_keys_name_unique_in_force,
        add constraint api_keys_name_unique_in_force exclude using gist (
          coalesce(client_id, user_id) with =,
          lower(name) with =,
          tstzrange(named_at, greatest(named_at, coalesce(least(revoked_at, expires_at), 'infinity'))) with &&
        )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_keys
        drop constraint api_keys_name_unique_in_force,
        drop column quota_limit,
        drop column quota_period,
        drop column named_at`);
    await query.query(`
      alter table api_keys add constraint api_keys_name_unique_in_force exclude using gist (
        coalesce(client_id, user_id) with =,
        lower(name) with =,
        tstzrange(created_at, least(revoked_at, expires_at)) with &&
      )`);
  }
}
