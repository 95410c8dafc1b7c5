import type { MigrationInterface, QueryRunner } from "typeorm";

export class NoteLastApi1795200000024 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Without a foreign key: uses are written in batches, and one deleted API must not keep the others back.
    await query.query(`alter table api_keys add column last_accessed_api_id uuid`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`alter table api_keys drop column last_accessed_api_id`);
  }
}
