import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Latchkey } from "@latchkey/sdk";
import pg from "pg";
import { startApp } from "../../api/app.js";
import { loadConfig } from "../../api/config/config.js";
import { createLogger } from "../../api/http/logger.js";
import { copyTemplate, type DatabaseServer, startDatabaseServer } from "./database-server.js";
import { type GraphqlAnswer, postGraphql } from "./graphql.js";

/** Latchkey with a database of its own, listening on a port of its own. Worlds run side by side and see nothing of each other. */
export interface World {
  readonly url: string;
  readonly admin: { readonly name: string; readonly password: string };
  /** The administrator's session token. */
  readonly token: string;
  /** The SDK, signed in as the administrator. */
  readonly latchkey: Latchkey;
  /** Every line that the server has logged. */
  readonly log: readonly string[];
  /** To look behind the curtain: what the front door cannot show. */
  readonly database: pg.Pool;
  readonly databaseUrl: string;
  /** Holds the key ring. */
  readonly dataDir: string;
  /** Moves the server's clock. */
  moveClock(ms: number): void;
  now(): Date;
  /** POSTs an operation to /graphql, as the administrator unless another credential, or null for none, is given. */
  graphql(document: string, variables?: object, credential?: string | null): Promise<GraphqlAnswer>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Set by `run.ts`: the server that all files of a run share. */
const sharedServer = process.env["LATCHKEY_TEST_SERVER"];

/** The server of this run; for a file that runs alone, one of its own. */
export async function testDatabaseServer(): Promise<DatabaseServer> {
  if (sharedServer === undefined) return startDatabaseServer(process.env["TEST_DATABASE_URL"]);
  return { url: sharedServer, stop: async () => undefined };
}

const ADMIN = { name: "admin", password: "the-admins-pass-phrase" };

type Environment = Readonly<Record<string, string>>;
type WayTo = (databaseUrl: string) => string;

const STRAIGHT: WayTo = (url) => url;

export async function startWorld(
  environment: Environment = {},
  /** Leads the server to its database by another way. */
  wayTo: WayTo = STRAIGHT,
): Promise<World> {
  const server = await testDatabaseServer();
  const own = await copyTemplate(server.url);
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-world-"));
  const first = await startNode({ databaseUrl: own.url, dataDir }, environment, wayTo);

  const { token } = await new Latchkey({ url: first.url }).signIn(ADMIN);
  const database = new pg.Pool({ connectionString: own.url, max: 2 });
  database.on("error", () => undefined);
  return {
    ...asWorld(first, { token, database, databaseUrl: own.url, dataDir }),
    stop: async () => {
      await first.stop();
      await database.end();
      await own.drop();
      await rm(dataDir, { recursive: true, force: true });
      await server.stop();
    },
  };
}

/** Starts another node in a world that is there: on the same database, with the same key ring, and a clock of its own. */
export async function joinWorld(world: World, environment: Environment = {}, wayTo: WayTo = STRAIGHT): Promise<World> {
  const node = await startNode(world, environment, wayTo);
  return { ...asWorld(node, world), stop: node.stop };
}

type Home = Pick<World, "databaseUrl" | "dataDir">;
type Node = Pick<World, "url" | "log" | "moveClock" | "now" | "stop">;

async function startNode({ databaseUrl, dataDir }: Home, environment: Environment, wayTo: WayTo): Promise<Node> {
  const config = loadConfig({
    PORT: "0",
    DATABASE_URL: wayTo(databaseUrl),
    DATA_DIR: dataDir,
    ADMIN_USER_NAME: ADMIN.name,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: "debug",
    ...environment,
  });
  const log: string[] = [];
  const logger = createLogger(config.logLevel, config.secretBrand, { write: (line) => void log.push(line) });
  let clockOffsetMs = 0;
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  const app = await startApp({ config, logger, now });
  return {
    url: app.url,
    log,
    now,
    moveClock: (ms) => {
      clockOffsetMs += ms;
    },
    stop: () => app.stop(),
  };
}

function asWorld(node: Node, home: Home & Pick<World, "token" | "database">): Omit<World, "stop"> {
  const { url, log, now, moveClock } = node;
  const { token, database, databaseUrl, dataDir } = home;
  return {
    url,
    log,
    now,
    moveClock,
    admin: ADMIN,
    token,
    latchkey: new Latchkey({ url, credential: token }),
    database,
    databaseUrl,
    dataDir,
    graphql: (document, variables, credential = token) => postGraphql(url, document, variables, credential),
    fetch: (path, init) => fetch(url + path, init),
  };
}
