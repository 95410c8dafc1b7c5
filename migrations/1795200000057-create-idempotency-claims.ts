import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateIdempotencyClaims1795200000057 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table idempotency_claims (
        -- SHA-256 of who asked and their key.
        id bytea primary key,
        -- SHA-256 of what was asked.
        fingerprint bytea not null,
        created_at timestamptz(3) not null,
        -- The answer, once it is known.
        sealed bytea,
        sealed_version smallint,
        constraint idempotency_claims_answer_is_whole check (num_nulls(sealed, sealed_version) in (0, 2))
      )`);
    await query.query("create index idempotency_claims_time on idempotency_claims (created_at)");
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("drop table idempotency_claims");
  }
}
