import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { EmbeddedPostgresError, OWN_SERVER, systemErrorCode } from "./embedded-postgres-error.js";
import { SUPERUSER } from "./init-database.js";
import { readPidFile } from "./pid-file.js";
import type { ServerProcess } from "./server-process.js";

export const DATABASE = "latchkey";
const SILENCE_MS_MAX = 60_000;
const POLL_MS = 15;

// PostgreSQL manual, appendix A.
const INVALID_CATALOG_NAME = "3D000";
const INVALID_PASSWORD = "28P01";

export interface Door {
  readonly port: number;
  readonly password: string;
  readonly dataDir: string;
  readonly pgdata: string;
}

/** Waits until the database can be used, and makes it at the first start. False when the server ended instead. */
export async function awaitReady(server: ServerProcess, door: Door): Promise<boolean> {
  let deadlineMs = performance.now() + SILENCE_MS_MAX;
  let failure: Error | undefined = new Error("it does not answer");
  for (;;) {
    if (server.hasEnded()) return false;
    // Asked first, since at a port lost to another server that one would answer.
    const status = await statusOf(server, door);
    if (status === "ready") {
      failure = await tryToConnect(DATABASE, door);
      if (failure === undefined) return true;
      const code = systemErrorCode(failure);
      if (code === INVALID_PASSWORD) throw wrongPassword(door.dataDir);
      if (code === INVALID_CATALOG_NAME) await createDatabase(door);
    }
    // Recovery after a crash takes its time, and ends by itself.
    if (status === "starting") deadlineMs = performance.now() + SILENCE_MS_MAX;
    if (performance.now() > deadlineMs) throw failure;
    await delay(POLL_MS);
  }
}

async function statusOf(server: ServerProcess, { pgdata }: Door): Promise<string | undefined> {
  const written = await readPidFile(pgdata);
  return written?.pid === server.pid ? written?.status : undefined;
}

async function tryToConnect(database: string, door: Door): Promise<Error | undefined> {
  const client = open(database, door);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(door: Door): Promise<void> {
  const client = open("postgres", door);
  try {
    await client.connect();
    await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function open(database: string, { port, password }: Door): pg.Client {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: SUPERUSER,
    password,
    database,
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  return client;
}

function wrongPassword(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The password in ${dataDir}/postgres-password is not the one of the database beside it. ` +
      `Put the right file back from a backup, choose another DATA_DIR, or ${OWN_SERVER}.`,
  );
}
