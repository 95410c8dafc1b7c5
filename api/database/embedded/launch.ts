import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { awaitReady } from "./await-ready.js";
import type { DataDirectory } from "./data-directory.js";
import { EmbeddedPostgresError, explainOutput, OWN_SERVER } from "./embedded-postgres-error.js";
import { openLog } from "./log-file.js";
import type { Binaries } from "./prepare-binaries.js";
import { type ServerProcess, spawnServer } from "./server-process.js";

type Settings = Readonly<Record<string, string>>;

const DEFAULT_SETTINGS: Settings = {
  max_connections: "200",
  shared_buffers: "128MB",
  TimeZone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // The client gets its errors in full. Here they would put its statements and values into a file.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

const ATTEMPTS_MAX = 20;
const OTHERS_LEAVE_MS = 250;

interface Wishes {
  readonly password: string;
  readonly settings: Settings;
}

export interface Launched {
  readonly port: number;
  readonly server: ServerProcess;
}

/** Starts the server, again where only the moment was bad: a port taken meanwhile, or backends not yet gone. */
export async function launch(directory: DataDirectory, binaries: Binaries, wishes: Wishes): Promise<Launched> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryToLaunch(directory, binaries, wishes);
    if (!("written" in result)) return result;

    const portTaken = /could not bind IPv4 address/.test(result.written);
    const backendsAlive = /pre-existing shared memory block/.test(result.written);
    if (attempt === ATTEMPTS_MAX && backendsAlive) throw stillAtWork(directory.path);
    if (attempt === ATTEMPTS_MAX || !(portTaken || backendsAlive)) {
      const what = `The embedded PostgreSQL in ${directory.path} ended while it started.`;
      throw explainOutput(what, result.written, directory.path);
    }
    if (backendsAlive) await delay(OTHERS_LEAVE_MS);
  }
}

async function tryToLaunch(
  directory: DataDirectory,
  binaries: Binaries,
  { password, settings }: Wishes,
): Promise<Launched | { readonly written: string }> {
  const { path, pgdata } = directory;
  const port = await freePort();
  const log = await openLog(join(path, "postgres.log"));
  try {
    const server = spawnServer(directory, binaries, { ...DEFAULT_SETTINGS, ...settings, ...doorSettings(port) }, log);
    try {
      if (await awaitReady(server, { port, password, dataDir: path, pgdata })) return { port, server };
    } catch (error) {
      await server.stop();
      throw error;
    }
    await server.stop();
    return { written: await log.written() };
  } finally {
    await log.close();
  }
}

const doorSettings = (port: number): Settings => ({
  listen_addresses: "127.0.0.1",
  port: String(port),
  unix_socket_directories: "",
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function stillAtWork(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `A PostgreSQL server on ${dataDir} was killed, and some of its processes still work on their last statement. ` +
      `Wait until they have ended, or end them (they are called "postgres"), and start again, or ${OWN_SERVER}.`,
  );
}
