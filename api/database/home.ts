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

/** SQL of what the server tells of itself; `null` where it does not. */
interface Here {
  readonly systemIdentifier: string;
  readonly timeline: string;
}

interface Home {
  readonly same: boolean;
  readonly moved: boolean;
  readonly warned: boolean;
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
const readHome = ({ systemIdentifier, timeline }: Here): string => `
  select h.database_oid = d.oid and h.table_oid = h.tableoid and h.written_in::xid = h.xmin
         and (h.system_identifier = here.system or num_nulls(h.system_identifier, here.system) > 0) as same,
         here.timeline is not null and h.timeline is distinct from here.timeline as moved,
         h.timeline is not null as warned
  from database_home h, pg_database d, (select ${systemIdentifier} as system, ${timeline} as timeline) here
  where d.datname = current_database()`;

const writeHome = ({ systemIdentifier, timeline }: Here): string => `
  insert into database_home (system_identifier, database_oid, table_oid, written_in, timeline)
  select ${systemIdentifier}, d.oid, 'database_home'::regclass, pg_current_xact_id(), ${timeline}
  from pg_database d where d.datname = current_database()`;

/**
 * Throws RestoredError where it is not known what is in force. The first one to ask settles where home is. Gives what
 * somebody should look at.
 */
export async function checkHome(ask: Ask): Promise<string | undefined> {
  const here = await lookAround(ask);
  const [home] = await ask<Home>(readHome(here));
  if (!home) {
    await ask(`${writeHome(here)} on conflict do nothing`);
    return undefined;
  }
  if (!home.same) throw new RestoredError();
  if (!home.moved) return undefined;
  // Told once, by whichever node comes first.
  const told = await ask(
    `with told as (
       update database_home set timeline = ${here.timeline}, written_in = pg_current_xact_id()
       where timeline is distinct from ${here.timeline} returning 1
     )
     select from told`,
  );
  return told.length > 0 && home.warned ? NEW_TIMELINE : undefined;
}

/** From now on it lives here. In a transaction without savepoints: the row names its transaction. */
export async function settleHome(ask: Ask, now: Date): Promise<void> {
  await ask(
    `${writeHome(await lookAround(ask))}
     on conflict (singleton) do update set
       system_identifier = excluded.system_identifier, database_oid = excluded.database_oid,
       table_oid = excluded.table_oid, written_in = excluded.written_in, timeline = excluded.timeline, restored_at = $1`,
    [now],
  );
}

/** Some hosted servers keep these functions to themselves. Asked before they are called: a refusal ends a transaction. */
async function lookAround(ask: Ask): Promise<Here> {
  const may = (signature: string): string => `has_function_privilege(to_regprocedure('${signature}')::oid, 'execute')`;
  const [allowed] = await ask<{ system: boolean | null; timeline: boolean | null }>(
    `select ${may("pg_control_system()")} as system,
            ${may("pg_walfile_name(pg_lsn)")} and ${may("pg_current_wal_lsn()")} as timeline`,
  );
  return {
    systemIdentifier: allowed?.system ? "(select system_identifier::text from pg_control_system())" : "null::text",
    timeline: allowed?.timeline ? "left(pg_walfile_name(pg_current_wal_lsn()), 8)" : "null::text",
  };
}
