import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { loadConfig } from "../../api/config/config.js";
import { restored } from "../../api/restore/restored-command.js";
import type { World } from "../support/world.js";

export interface Backup {
  readonly databaseUrl: string;
  drop(): Promise<void>;
}

/** Does something to a database that nobody is connected to: its nodes come back afterwards by themselves. */
export async function whileNobodyIsConnected(
  databaseUrl: string,
  work: (client: pg.Client, name: string) => Promise<void>,
): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const client = new pg.Client({ connectionString: withDatabase(databaseUrl, "postgres") });
  await client.connect();
  try {
    await client.query(`alter database ${name} with allow_connections false`);
    await client.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", [name]);
    await work(client, name);
    await client.query(`alter database ${name} with allow_connections true`);
  } finally {
    await client.end();
  }
}

/** A copy of a world's database as it is now, restored beside it. */
export async function backUp({ databaseUrl }: Pick<World, "databaseUrl">): Promise<Backup> {
  const copy = `restored_${randomBytes(6).toString("hex")}`;
  await whileNobodyIsConnected(databaseUrl, async (client, name) => {
    await client.query(`create database ${copy} template ${name}`);
  });
  return {
    databaseUrl: withDatabase(databaseUrl, copy),
    drop: async () => {
      const client = new pg.Client({ connectionString: withDatabase(databaseUrl, "postgres") });
      await client.connect();
      await client.query(`drop database if exists ${copy} with (force)`);
      await client.end();
    },
  };
}

/** Writes the audit of a world into a file, as an auditor would. */
export async function exportAudit(world: World, name: string): Promise<string> {
  const response = await world.fetch("/v1/audit/events.ndjson", {
    headers: { authorization: `Bearer ${world.token}` },
  });
  const file = join(world.dataDir, name);
  await writeFile(file, await response.text());
  return file;
}

/** An export that somebody has had in hand. */
export async function changed(file: string, name: string, change: (lines: string[]) => string[]): Promise<string> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  await writeFile(`${file}.${name}`, `${change(lines).join("\n")}\n`);
  return `${file}.${name}`;
}

/** `npm run restored` without its process; gives what it says. */
export async function stated(databaseUrl: string, { dataDir }: Pick<World, "dataDir">, ...args: string[]) {
  const said: string[] = [];
  const config = loadConfig({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  await restored(args, config, (text) => void said.push(text));
  return said.join("\n");
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
