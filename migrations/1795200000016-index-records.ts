import type { MigrationInterface, QueryRunner } from "typeorm";

export class IndexRecords1795200000016 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create index api_key_groups_group on api_key_groups (group_id, api_key_id)`);
    await query.query(`create index api_keys_name_search on api_keys using gin (name gin_trgm_ops)`);
    await query.query(`create index api_keys_created_by_search on api_keys using gin (created_by gin_trgm_ops)`);
    await query.query(`create index api_key_secrets_search on api_key_secrets using gin (lookup_id gin_trgm_ops)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index api_key_secrets_search`);
    await query.query(`drop index api_keys_created_by_search`);
    await query.query(`drop index api_keys_name_search`);
    await query.query(`drop index api_key_groups_group`);
  }
}
