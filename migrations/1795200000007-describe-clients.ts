import type { MigrationInterface, QueryRunner } from "typeorm";

const COLUMNS = [
  "application_number",
  "host_bindings",
  "starts_at",
  "expires_at",
  "service_time",
  "quota_limit",
  "quota_period",
  "tps_per_node",
  "audience",
  "emails",
  "remark",
  "region_id",
  "tags",
  "metadata",
  "system",
];

export class DescribeClients1795200000007 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create extension if not exists pg_trgm`);
    await query.query(`
      alter table clients
        add column application_number text,
        add column host_bindings jsonb not null default '[]' constraint clients_host_bindings_listed
          check (jsonb_typeof(host_bindings) = 'array' and jsonb_array_length(host_bindings) <= 100),
        add column starts_at timestamptz(3),
        add column expires_at timestamptz(3),
        add column service_time jsonb constraint clients_service_time_has_windows
          check (jsonb_array_length(service_time -> 'windows') > 0),
        add column quota_limit integer constraint clients_quota_positive check (quota_limit > 0),
        add column quota_period text constraint clients_quota_period_known
          check (quota_period in ('DAY', 'WEEK', 'MONTH', 'TOTAL')),
        add column tps_per_node integer not null default 10 constraint clients_tps_not_negative
          check (tps_per_node >= 0),
        add column audience text not null default 'INTERNAL_AND_EXTERNAL' constraint clients_audience_known
          check (audience in ('INTERNAL_AND_EXTERNAL', 'EXTERNAL', 'INTERNAL')),
        add column emails text[] not null default '{}' constraint clients_emails_limited
          check (cardinality(emails) <= 200),
        add column remark text,
        add column region_id uuid constraint clients_region_exists references regions,
        add column tags text[] not null default '{}',
        add column metadata jsonb not null default '{}',
        add column system boolean not null default false,
        add constraint clients_start_before_expiry check (starts_at < expires_at),
        add constraint clients_quota_whole check ((quota_limit is null) = (quota_period is null))`);
    await query.query(`create index clients_region on clients (region_id)`);
    await query.query(`create index clients_tags on clients using gin (tags)`);
    // One text, so that a search is one look into one index. No keyword spans its lines.
    await query.query(`
      alter table clients add column search_text text not null generated always as
        (client_id || e'\\n' || name || e'\\n' || display_name || e'\\n' || coalesce(application_number, '')) stored`);
    await query.query(`create index clients_search on clients using gin (search_text gin_trgm_ops)`);
    await query.query(`create index authority_groups_search on authority_groups using gin (name gin_trgm_ops)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index authority_groups_search`);
    await query.query(`alter table clients drop column search_text`);
    await query.query(`alter table clients ${COLUMNS.map((column) => `drop column ${column}`).join(", ")}`);
  }
}
