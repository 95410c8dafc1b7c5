import type { MigrationInterface, QueryRunner } from "typeorm";

/** Lists search tokens by parts of their lookup ids, and saved ones are looked for by the hour: there are few of them. */
export class IndexTokens1795200000037 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create index tokens_lookup_id_search on tokens using gin (lookup_id gin_trgm_ops)`);
    await query.query(`create index tokens_saved on tokens (sealed_version, id) where sealed_version is not null`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index tokens_saved`);
    await query.query(`drop index tokens_lookup_id_search`);
  }
}
