/** Asks the database one thing; gives its rows. */
export type Ask = <Row>(statement: string, values?: unknown[]) => Promise<Row[]>;

/** This database was restored from a backup, or copied, and nobody has said what was revoked since. */
export class RestoredError extends Error {
  override readonly name = "RestoredError";

  constructor() {
    super(
      "The database is not where it was when it was last served: it was restored from a backup, copied or moved. " +
        "What was revoked after the backup would be in force again, so nothing is served. Say what was revoked with " +
        "`npm run restored -- --revocations <audit export>`, or by one of its other options: see " +
        '"Backup and restore" in api/README.md.',
    );
  }
}

interface Here {
  readonly systemIdentifier: string | null;
  readonly timeline: string | null;
}

interface Home {
  readonly same: boolean;
  readonly timeline: string | null;
}

/** Told where it cannot be known whether a standby took over, or an earlier state of the same server was restored. */
const NEW_TIMELINE =
  "the database server goes on from another one: if no standby took over, but an earlier state was restored, stop all " +
  "nodes and run `npm run restored` with what was revoked since";

/**
 * Whether the database lives where its own row says. A dump that is loaded, into whichever database, writes the row in
 * another transaction than it says, and into another table; a copy by the server has another oid, and a server that was set
 * up anew another identifier. A standby that takes over, and an earlier state of the same server, differ in none of that.
 */
const READ_HOME = `
  select h.database_oid = d.oid and h.table_oid = h.tableoid and h.written_in::xid = h.xmin
         and (h.system_identifier = $1 or num_nulls(h.system_identifier, $1) > 0) as same,
         h.timeline
  from database_home h, pg_database d where d.datname = current_database()`;

const WRITE_HOME = `
  insert into database_home (system_identifier, database_oid, table_oid, written_in, timeline)
  select $1, d.oid, 'database_home'::regclass, pg_current_xact_id(), $2
  from pg_database d where d.datname = current_database()`;

/**
 * Throws RestoredError where it is not known what is in force. The first one to ask settles where home is. Gives what
 * somebody should look at.
 */
export async function checkHome(ask: Ask): Promise<string | undefined> {
  const here = await lookAround(ask);
  const [home] = await ask<Home>(READ_HOME, [here.systemIdentifier]);
  if (!home) {
    await ask(`${WRITE_HOME} on conflict do nothing`, [here.systemIdentifier, here.timeline]);
    return undefined;
  }
  if (!home.same) throw new RestoredError();
  if (here.timeline === null || home.timeline === here.timeline) return undefined;
  // Told once, by whichever node comes first.
  const told = await ask(
    `with told as (
       update database_home set timeline = $1, written_in = pg_current_xact_id()
       where timeline is distinct from $1 returning 1
     )
     select from told`,
    [here.timeline],
  );
  return told.length > 0 && home.timeline !== null ? NEW_TIMELINE : undefined;
}

/** From now on it lives here. In a transaction without savepoints: the row names its transaction. */
export async function settleHome(ask: Ask, now: Date): Promise<void> {
  const { systemIdentifier, timeline } = await lookAround(ask);
  await ask(
    `${WRITE_HOME}
     on conflict (singleton) do update set
       system_identifier = excluded.system_identifier, database_oid = excluded.database_oid,
       table_oid = excluded.table_oid, written_in = excluded.written_in, timeline = excluded.timeline, restored_at = $3`,
    [systemIdentifier, timeline, now],
  );
}

/** Some hosted servers keep these functions to themselves. Asked before they are called: a refusal ends a transaction. */
async function lookAround(ask: Ask): Promise<Here> {
  const may = async (signature: string): Promise<boolean> => {
    const [row] = await ask<{ may: boolean | null }>(
      "select has_function_privilege(to_regprocedure($1)::oid, 'execute') as may",
      [signature],
    );
    return row?.may === true;
  };
  const tell = async (signatures: readonly string[], expression: string): Promise<string | null> => {
    for (const signature of signatures) if (!(await may(signature))) return null;
    const [row] = await ask<{ told: string }>(`select ${expression} as told`);
    return row?.told ?? null;
  };
  return {
    systemIdentifier: await tell(["pg_control_system()"], "(select system_identifier::text from pg_control_system())"),
    timeline: await tell(
      ["pg_walfile_name(pg_lsn)", "pg_current_wal_lsn()"],
      "left(pg_walfile_name(pg_current_wal_lsn()), 8)",
    ),
  };
}
