import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import { inTurn, print } from "./in-turn.js";
import { type BenchWorld, seedBench } from "./seed.js";
import { start, stop, urlOf } from "./server-process.js";
import { twoProcesses } from "./two-processes.js";
import { CORES, type Target } from "./wrk.js";

/**
 * Verdicts against a bare node:http server, each on one core with the load and PostgreSQL on the other. What is compared is
 * measured in turn, several times over, so that a noisy moment of the machine hits all of it.
 */
const PASSWORD = "bench-pass-phrase";
const CONNECTIONS = 64;
const METERED_CONNECTIONS = 256;
const METERED_ROUNDS = 9;

// PostgreSQL goes where this process is.
if (CORES.load.length > 0) execFileSync("taskset", ["-p", "-c", String(CORES.load[2]), String(process.pid)]);

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres") });
const environment = {
  PORT: "0",
  DATABASE_URL: postgres.url,
  DATA_DIR: join(dataDir, "latchkey"),
  ADMIN_PASSWORD: PASSWORD,
  LOG_LEVEL: "fatal",
};
const latchkey = start("api/main.js", environment, CORES.server);
try {
  const world = await seedBench(await urlOf(latchkey), PASSWORD);
  const verify = verifyTarget(world, world.unmetered);
  const authorize = authorizeTarget(world);
  await compare("POST /v1/verify, 1,000 keys", verify, CONNECTIONS);
  await compare("GET /v1/authorize, 1,000 keys", authorize, CONNECTIONS);

  const unmetered = { name: "unmetered", target: verify };
  const metered = { name: "metered, durable", target: verifyTarget(world, world.metered) };
  print(
    `POST /v1/verify at ${METERED_CONNECTIONS} connections`,
    await inTurn([unmetered, metered], METERED_CONNECTIONS, METERED_ROUNDS),
  );
  await admitExactly(world, 5_000, 8_000);

  const token = { authorization: `Bearer ${world.token}`, "content-type": "application/json" };
  const me = graphqlTarget(world, token, "{ me { name } }");
  const clients = graphqlTarget(
    world,
    token,
    "{ clients(first: 20) { edges { node { clientId apiKeys(first: 5) { edges { node { name } } } } } } }",
  );
  print(
    "beside them",
    await inTurn(
      [unmetered, { name: "GraphQL: me", target: me }, { name: "GraphQL: 20 clients, 5 keys each", target: clients }],
      CONNECTIONS,
    ),
  );
  await twoProcesses(latchkey, () => start("api/main.js", environment, CORES.server), verify);
} finally {
  await stop(latchkey);
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Against the reference, which reads the same bodies and answers as many bytes. */
async function compare(name: string, target: Target, connections: number): Promise<void> {
  const bytes = await answerBytesOf(target);
  const reference = start("test/bench/reference-server.js", {}, CORES.server, String(bytes));
  try {
    const bare = { ...target, url: await urlOf(reference) };
    const measured = await inTurn(
      [
        { name: `bare node:http, ${bytes} bytes`, target: bare },
        { name, target },
      ],
      connections,
    );
    print(`${name} at ${connections} connections`, measured);
  } finally {
    await stop(reference);
  }
}

/** All bytes of an answer, head and body, as they come over the wire. */
async function answerBytesOf({ url, method, path, requests }: Target): Promise<number> {
  const { hostname, port } = new URL(url);
  const [{ headers, body = "" } = { headers: {} }] = requests;
  const lines = Object.entries({
    ...headers,
    host: hostname,
    connection: "close",
    "content-length": String(body.length),
  });
  const socket = connect(Number(port), hostname);
  socket.write(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
  return (await text(socket)).length;
}

async function admitExactly({ url, path, limited }: BenchWorld, quota: number, calls: number): Promise<void> {
  const credential = await limited(quota);
  const requests = Array.from({ length: 100 }, () => ({ credential, api: { method: "GET", path } }));
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ requests }) };
  let admitted = 0;
  let left = calls / 100;
  // Not so many at once that some are turned away.
  const asker = async (): Promise<void> => {
    while (left-- > 0) {
      const response = await fetch(`${url}/v1/verify/batch`, init);
      const { verdicts } = (await response.json()) as { verdicts: { valid: boolean }[] };
      admitted += verdicts.filter(({ valid }) => valid).length;
    }
  };
  await Promise.all(Array.from({ length: 10 }, asker));
  process.stdout.write(`\n${calls} calls, 1,000 at a time, against a quota of ${quota}: ${admitted} admitted\n`);
  if (admitted !== quota) throw new Error("The quota was not exact.");
}

function verifyTarget({ url, path }: BenchWorld, secrets: readonly string[]): Target {
  const headers = { "content-type": "application/json" };
  const requests = secrets.map((credential) => ({
    headers,
    body: JSON.stringify({ credential, api: { method: "GET", path } }),
  }));
  return { url, method: "POST", path: "/v1/verify", requests };
}

function authorizeTarget({ url, path, unmetered }: BenchWorld): Target {
  const call = { "x-forwarded-method": "GET", "x-forwarded-uri": path };
  const requests = unmetered.map((secret) => ({ headers: { "x-api-key": secret, ...call } }));
  return { url, method: "GET", path: "/v1/authorize", requests };
}

function graphqlTarget({ url }: BenchWorld, headers: Record<string, string>, query: string): Target {
  return { url, method: "POST", path: "/graphql", requests: [{ headers, body: JSON.stringify({ query }) }] };
}
