import type pg from "pg";
import type { Change } from "./changes.js";
import { LEASE_MS } from "./lease.js";

export interface Beat {
  /** The database's time. */
  readonly databaseMs: number;
  /** Sees every change that this answer, or one before it, has told. */
  readonly snapshot: string;
  readonly changes: readonly Change[];
  /** The node was forgotten, or the server is another one: which changes it has not been told is not known. */
  readonly forgotten: boolean;
}

/**
 * Renews the lease, confirms the changes up to a snapshot that are out of memory here, and tells the ones since, in one
 * statement: what it tells is exactly what its own snapshot sees and the confirmed one does not. Transactions of the future
 * are those of another server, from which a backup was restored here.
 */
const BEAT = {
  name: "beat",
  text: `
    with renewed as (
      update nodes set lease_until = clock_timestamp() + $3::int * interval '1 millisecond', confirmed = $2::pg_snapshot
      where id = $1 and server_started_at = pg_postmaster_start_time() returning 1
    )
    select extract(epoch from clock_timestamp()) * 1000 as database_ms, pg_current_snapshot()::text as snapshot,
           not exists (select 1 from renewed) as forgotten,
           (select json_agg(json_build_object('kind', c.kind, 'ids', c.ids))
            from credential_changes c
            where c.transaction_id >= pg_snapshot_xmin($2::pg_snapshot)
              and c.transaction_id < pg_snapshot_xmax(pg_current_snapshot())
              and not pg_visible_in_snapshot(c.transaction_id, $2::pg_snapshot)) as changes`,
};

/** A node that begins, or begins anew, has nothing in memory: there is no change that it would have to be told. */
const ENTER = {
  name: "enter",
  text: `
    insert into nodes (id, started_at, lease_until, server_started_at, confirmed)
    values ($1, clock_timestamp(), clock_timestamp() + $2::int * interval '1 millisecond', pg_postmaster_start_time(),
            pg_current_snapshot())
    on conflict (id) do update set
      lease_until = excluded.lease_until, server_started_at = excluded.server_started_at, confirmed = excluded.confirmed
    returning extract(epoch from clock_timestamp()) * 1000 as database_ms, confirmed::text as snapshot`,
};

export async function beat(client: pg.Client, nodeId: string, confirmed: string): Promise<Beat> {
  const { rows } = await client.query<BeatRow>({ ...BEAT, values: [nodeId, confirmed, LEASE_MS] });
  const { database_ms: databaseMs, snapshot, changes, forgotten } = rows[0] as BeatRow;
  return { databaseMs: Number(databaseMs), snapshot, changes: changes ?? [], forgotten };
}

/** On disk before it counts: a server that crashes must find the node again. */
export async function enter(client: pg.Client, nodeId: string): Promise<Beat> {
  await client.query("begin");
  await client.query("set local synchronous_commit = on");
  const { rows } = await client.query<BeatRow>({ ...ENTER, values: [nodeId, LEASE_MS] });
  await client.query("commit");
  const { database_ms: databaseMs, snapshot } = rows[0] as BeatRow;
  return { databaseMs: Number(databaseMs), snapshot, changes: [], forgotten: false };
}

export async function leave(client: pg.Client, nodeId: string): Promise<void> {
  await client.query("delete from nodes where id = $1", [nodeId]);
}

interface BeatRow {
  readonly database_ms: string;
  readonly snapshot: string;
  readonly changes: Change[] | null;
  readonly forgotten: boolean;
}
