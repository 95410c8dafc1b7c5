import type { DataSource } from "typeorm";

/**
 * Forgets nodes whose lease ran out a minute ago, and then the changes that all the others have confirmed. A node that was
 * forgotten begins anew when it comes back; one that has just come is seen here, or has seen the changes itself. Changes of the future are another server's, from
 * which a backup was restored here.
 */
export async function sweepNodes(database: DataSource): Promise<void> {
  await database.query(`delete from nodes where lease_until < clock_timestamp() - interval '1 minute'`);
  await database.query(`
    delete from credential_changes where transaction_id < (
      select least(min(pg_snapshot_xmin(confirmed)), pg_snapshot_xmin(pg_current_snapshot())) from nodes
    ) or transaction_id >= pg_snapshot_xmax(pg_current_snapshot())`);
}
