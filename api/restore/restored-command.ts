import type { Config } from "../config/config.js";
import { openDatabase } from "../database/open-database.js";
import { managementPool } from "../database/pool.js";
import { Acknowledgement } from "../nodes/acknowledgement.js";
import { readStatement } from "./read-statement.js";
import { reportOf } from "./report.js";
import { stateRestore } from "./state-restore.js";

/** `npm run restored`: says what was revoked after the backup that a database was restored from. */
export async function restored(
  args: readonly string[],
  { databaseUrl, dataDir, adminUserName }: Config,
  say: (text: string) => void,
): Promise<void> {
  const statement = readStatement(args);
  const database = await openDatabase(databaseUrl, dataDir);
  try {
    const outcome = await stateRestore(database.dataSource, statement, adminUserName);
    // Nodes may be running: on an earlier state of the same server, which they cannot tell.
    const pool = managementPool(database.dataSource);
    await new Acknowledgement(
      pool,
      () => undefined,
      () => undefined,
    ).everywhere();
    say(reportOf(outcome));
  } finally {
    await database.close();
  }
}
