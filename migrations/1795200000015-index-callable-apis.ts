import type { MigrationInterface, QueryRunner } from "typeorm";

export class IndexCallableApis1795200000015 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Every list of what may be called begins with the few APIs that are open to all.
    await query.query(`create index apis_open_to_all on apis (id) where open_to_all`);
    await query.query(`create index apis_collection on apis (collection_id, name, id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index apis_collection`);
    await query.query(`drop index apis_open_to_all`);
  }
}
