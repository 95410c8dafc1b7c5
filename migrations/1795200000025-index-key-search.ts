import type { MigrationInterface, QueryRunner } from "typeorm";

export class IndexKeySearch1795200000025 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create index api_keys_description_search on api_keys using gin (description gin_trgm_ops)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index api_keys_description_search`);
  }
}
