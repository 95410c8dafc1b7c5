import type { MigrationInterface, QueryRunner } from "typeorm";

export class RememberHome1795200000058 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Where this database lives, so that it is noticed when it lives elsewhere: it was restored from a backup, or copied.
    // The first node that starts writes the row; one made here would be in every copy of an empty database.
    await query.query(`
      create table database_home (
        singleton boolean primary key default true constraint database_home_is_one_row check (singleton),
        -- Null where the server does not tell.
        system_identifier text,
        database_oid oid not null,
        table_oid oid not null,
        -- The transaction that wrote the row: who loads a dump writes it with another.
        written_in xid8 not null,
        -- Null where the server does not tell.
        timeline text,
        -- When somebody last stated what had happened after a backup, and up to which event of the old audit that is done.
        restored_at timestamptz(3),
        replayed_number bigint,
        replayed_hash bytea,
        constraint database_home_replayed_is_whole check (num_nulls(replayed_number, replayed_hash) in (0, 2))
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("drop table database_home");
  }
}
