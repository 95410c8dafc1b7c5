import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateUsers1795200000001 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table users (
        id uuid primary key,
        user_name text not null,
        role text not null constraint users_role_known check (role in ('SYSTEM_ADMIN', 'OPERATOR', 'AUDITOR', 'MEMBER')),
        password_digest text not null,
        time_zone text not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await query.query(`create unique index users_user_name_unique on users (lower(user_name))`);

    // Which key material this database was made with: a node that holds another is stopped at its start.
    await query.query(`
      create table key_ring_versions (
        version smallint primary key,
        fingerprint text not null,
        created_at timestamptz(3) not null
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table key_ring_versions`);
    await query.query(`drop table users`);
  }
}
