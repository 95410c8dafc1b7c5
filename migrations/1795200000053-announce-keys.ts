import type { MigrationInterface, QueryRunner } from "typeorm";

/** What no verdict depends on, but who follows keys is told of: new ones, and what people read of them. */
export class AnnounceKeys1795200000053 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create trigger api_keys_announce_insert after insert on api_keys
      referencing new table as changed for each statement execute function announce_api_keys_rows()`);
    await query.query(`
      create trigger api_keys_announce_details after update of description, tags on api_keys
      for each row when (row(old.description, old.tags) is distinct from row(new.description, new.tags))
      execute function announce_api_keys_row()`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const name of ["insert", "details"]) await query.query(`drop trigger api_keys_announce_${name} on api_keys`);
  }
}
