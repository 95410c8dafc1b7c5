import { randomBytes } from "node:crypto";
import { chown, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataDirectory } from "./data-directory.js";
import { EmbeddedPostgresError, explainOutput, OWN_SERVER, systemErrorCode } from "./embedded-postgres-error.js";
import type { Binaries } from "./prepare-binaries.js";
import type { Account } from "./run-as.js";
import { runProgram } from "./run-program.js";

export const SUPERUSER = "latchkey";

/** The builtin locale sorts alike on every machine; it is there since PostgreSQL 17. */
const BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/** Makes the data directory aside and moves it into its place, so that what bears its name is complete. */
export async function initDatabase(
  { path, root, pgdata, account }: DataDirectory,
  { bin, major }: Binaries,
  { password, sync }: { password: string; sync: boolean },
): Promise<void> {
  await refuseOtherFiles(pgdata);
  await clearUnfinished(root);
  const aside = join(root, `postgres.init-${randomBytes(6).toString("hex")}`);
  const passwordFile = `${aside}.password`;
  await mkdir(aside, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account)
    await Promise.all([chown(aside, account.uid, account.gid), chown(passwordFile, account.uid, account.gid)]);

  try {
    const args = ["-D", aside, "-U", SUPERUSER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "-E", "UTF8"];
    args.push("--locale=C", ...(major >= 17 ? BUILTIN_LOCALE : []), ...(sync ? [] : ["--no-sync"]));
    const { succeeded, output } = await runProgram(join(bin, "initdb"), args, account, root);
    if (!succeeded) throw explainInit(output, path, account);
    await rename(aside, pgdata);
    // Else a power cut could take the name back, and the data with it.
    if (sync) await syncDirectory(root);
  } finally {
    await clearUnfinished(root);
  }
}

/**
 * What a start left that was killed midway. It never took the name, so there is nothing of value in it. An
 * initdb that was orphaned may still be writing: then the rest goes the next time.
 */
async function clearUnfinished(root: string): Promise<void> {
  for (const name of (await readdir(root)).filter((entry) => entry.startsWith("postgres.init-"))) {
    await rm(join(root, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function refuseOtherFiles(pgdata: string): Promise<void> {
  const names = await readdir(pgdata).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  });
  if (names.length === 0) return;
  throw new EmbeddedPostgresError(
    `${pgdata} holds files, but they are no PostgreSQL database (there is no PG_VERSION). ` +
      `Move them away, choose another DATA_DIR, or ${OWN_SERVER}.`,
  );
}

async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function explainInit(output: string, dataDir: string, account: Account | undefined): EmbeddedPostgresError {
  if (/could not look up effective user ID/.test(output)) {
    const uid = account?.uid ?? process.getuid?.();
    return new EmbeddedPostgresError(
      `PostgreSQL needs its user to have a name, and the user id ${uid} has none in /etc/passwd. ` +
        `Run Latchkey as a user that is listed there, or ${OWN_SERVER}.`,
    );
  }
  return explainOutput(`A new database in ${dataDir} could not be made.`, output, dataDir);
}
