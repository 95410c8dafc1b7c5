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
  await sweepMetering(database);
}

/** A node that was away for a day still finds what it metered last, to give it back. */
async function sweepMetering(database: DataSource): Promise<void> {
  await database.query(`
    delete from meter_sessions m
    where m.opened_at < clock_timestamp() - interval '1 day'
      and not exists (select 1 from nodes n where n.id = m.node_id)`);
  // What is being metered is left for the next time, rather than waited for in an order that others do not keep.
  await database.query(`
    with gone as (
      select q.subject_id from quota_counters q
      where not exists (select 1 from clients c where c.id = q.subject_id)
        and not exists (select 1 from api_keys k where k.id = q.subject_id)
        and not exists (select 1 from tokens t where t.id = q.subject_id)
      order by q.subject_id for update skip locked
    )
    delete from quota_counters q using gone where q.subject_id = gone.subject_id`);
}
