import pg from "pg";
import type { DataSource } from "typeorm";

/** Any fixed number: it names the lock that all nodes of one database share. */
const MIGRATION_LOCK = 7_150_301;

/** Brings the schema up to date. Nodes that start at once take turns, and the later ones find nothing left to do. */
export async function migrate(dataSource: DataSource, url: string): Promise<readonly string[]> {
  const gate = new pg.Client({ connectionString: url, application_name: "latchkey-migrate" });
  await gate.connect();
  try {
    await gate.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations();
    return applied.map((migration) => migration.name);
  } finally {
    // The lock belongs to this connection and goes with it.
    await gate.end();
  }
}
