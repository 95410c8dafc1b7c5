import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createDataSource } from "../../api/database/data-source.js";
import { startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import { migrate } from "../../api/database/migrate.js";

const TEMPLATE = "latchkey_template";

/** A PostgreSQL with one migrated database, from which each world gets a copy of its own in milliseconds. */
export interface DatabaseServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts an embedded server that may lose everything, or takes the one given. Either way the template is made anew. */
export async function startDatabaseServer(givenUrl: string | undefined): Promise<DatabaseServer> {
  const server = givenUrl === undefined ? await startThrowawayServer() : { url: givenUrl, stop: async () => undefined };
  await administer(server.url, `drop database if exists ${TEMPLATE} with (force)`, `create database ${TEMPLATE}`);
  const url = withDatabase(server.url, TEMPLATE);
  const dataSource = await createDataSource(url).initialize();
  await migrate(dataSource, url);
  await dataSource.destroy();
  return server;
}

export interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export async function copyTemplate(serverUrl: string): Promise<OwnDatabase> {
  const name = `world_${randomBytes(6).toString("hex")}`;
  await administer(serverUrl, `create database ${name} template ${TEMPLATE}`);
  return {
    url: withDatabase(serverUrl, name),
    drop: () => administer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

/** An empty database, for what begins before the first migration. */
export async function createEmptyDatabase(serverUrl: string): Promise<OwnDatabase> {
  const name = `empty_${randomBytes(6).toString("hex")}`;
  await administer(serverUrl, `create database ${name} template template0`);
  return {
    url: withDatabase(serverUrl, name),
    drop: () => administer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

async function startThrowawayServer(): Promise<DatabaseServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };
  const server = await startEmbeddedPostgres({ dataDir, settings });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function administer(serverUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
