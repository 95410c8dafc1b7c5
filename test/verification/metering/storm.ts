import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Latchkey } from "@latchkey/sdk";
import pg from "pg";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../../api/database/embedded/start-embedded-postgres.js";
import { type LatchkeyProcess, runLatchkey } from "../../process/latchkey-process.js";
import { verdictOf } from "../../support/verdicts.js";
import { openWay, type Way } from "../../support/way.js";
import type { World } from "../../support/world.js";

const ADMIN = { name: "admin", password: "the-admins-pass-phrase" };

/** Nodes in processes of their own, and a PostgreSQL that keeps what it has committed, whatever happens to it. */
export interface Storm {
  readonly nodes: readonly StormNode[];
  /** Of the first node: for what seeds. */
  readonly world: World;
  /** Ends the server as a power cut would, and starts it again. */
  crashDatabase(): Promise<void>;
  query<R extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

export interface StormNode {
  readonly url: string;
  readonly way: Way;
  end(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

export async function beginStorm(nodeCount: number): Promise<Storm> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-storm-"));
  const dataDir = join(folder, "data");
  const settings = { shared_buffers: "32MB", max_connections: "100" };
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, settings });
  const ways = await Promise.all(Array.from({ length: nodeCount }, openWay));
  const nodes: StormNode[] = [];
  // The first one migrates.
  for (const way of ways) nodes.push(await startNode(way, way.urlTo(server.url), folder));
  const [first] = nodes as [StormNode];
  const latchkey = new Latchkey({ url: first.url });
  await latchkey.signIn(ADMIN);
  return {
    nodes,
    world: { latchkey, url: first.url } as World,
    crashDatabase: async () => {
      await killPostmaster(server);
      server = await startEmbeddedPostgres({ dataDir, settings });
      for (const way of ways) way.urlTo(server.url);
    },
    query: async (sql, values = []) => {
      const client = new pg.Client(server.url);
      await client.connect();
      try {
        return (await client.query({ text: sql, values: [...values] })).rows;
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.end("SIGKILL")));
      for (const way of ways) way.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startNode(way: Way, databaseUrl: string, folder: string): Promise<StormNode> {
  const environment = { DATABASE_URL: databaseUrl, DATA_DIR: join(folder, "ring"), ADMIN_PASSWORD: ADMIN.password };
  let process: LatchkeyProcess;
  let port = "0";
  let url = "";
  const start = async (): Promise<void> => {
    process = runLatchkey({ ...environment, PORT: port });
    url = await process.url();
    port = new URL(url).port;
  };
  await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await process.stop(signal);
  };
  return {
    get url() {
      return url;
    },
    way,
    start,
    end,
  };
}

async function killPostmaster(server: EmbeddedPostgres): Promise<void> {
  const pgdata = / in (\S+)/.exec(server.origin)?.[1] ?? "";
  const [pid] = (await readFile(join(pgdata, "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGQUIT");
  // Has ended by itself: what is left is to let go of the directory.
  await server.stop();
}

export interface Driven {
  /** Calls that were let in, by the name of their key. */
  readonly valid: Record<string, number>;
  /** Calls without an answer: what became of them, nobody can tell. */
  readonly lost: number;
  readonly total: number;
  /** From now on a key whose quota is used up is not asked for any more; resolves when none is left. */
  finish(): Promise<void>;
  /** For when a test has failed midway. */
  abandon(): void;
}

const PAUSE_MS = 40;

/** Asks all nodes for the verdicts of all keys, as many calls at once as there are callers. */
export function drive(nodes: readonly StormNode[], secrets: Readonly<Record<string, string>>, callers: number): Driven {
  const valid = Object.fromEntries(Object.keys(secrets).map((name) => [name, 0]));
  const open = new Set(Object.keys(secrets));
  let lost = 0;
  let finishing = false;
  let turn = 0;

  async function call(): Promise<void> {
    while (open.size > 0) {
      const names = [...open];
      const name = names[turn++ % names.length] as string;
      const node = nodes[turn % nodes.length] as StormNode;
      const code = await codeAt(node, secrets[name] ?? "");
      if (code === "VALID") valid[name] = (valid[name] ?? 0) + 1;
      else if (code === "QUOTA_EXCEEDED" && finishing) open.delete(name);
      else {
        if (code === undefined) lost++;
        await delay(PAUSE_MS);
      }
    }
  }

  const calling = Promise.all(Array.from({ length: callers }, call));
  return {
    valid,
    get lost() {
      return lost;
    },
    get total() {
      return Object.values(valid).reduce((sum, count) => sum + count, 0);
    },
    finish: async () => {
      finishing = true;
      await calling;
    },
    abandon: () => open.clear(),
  };
}

/** Undefined: no answer. */
export function codeAt(node: { readonly url: string }, credential: string): Promise<string | undefined> {
  return verdictOf(node, { credential }).then(
    ({ code }) => code,
    () => undefined,
  );
}
