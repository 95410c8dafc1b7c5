import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import { postGraphql } from "../support/graphql.js";
import { inTurn, print } from "./in-turn.js";
import { start, stop, urlOf } from "./server-process.js";
import { CORES, type Target } from "./wrk.js";

/**
 * The token and introspection endpoints against `oidc-provider` with its in-memory store, each on one core with the load, and
 * our PostgreSQL, on the other. Ours has every token on disk, with its audit event, before it answers.
 */
const PASSWORD = "bench-pass-phrase";
const CLIENT_ID = "bench-client";
const CONNECTIONS = 64;
/** Fewer than the other one's store holds. */
const TOKENS = 500;
const HEADERS = {
  "content-type": "application/x-www-form-urlencoded",
  authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${PASSWORD}`).toString("base64")}`,
};
const TOKEN_FORM = "grant_type=client_credentials";

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
const oidc = start("test/bench/oidc-server.js", { NODE_ENV: "production" }, CORES.server, CLIENT_ID, PASSWORD);
try {
  const [own, other] = await Promise.all([urlOf(latchkey), urlOf(oidc)]);
  await seedClient(own);
  // Introspection first: tokens of the other comparison would drive these out of the other one's store.
  const introspection = [
    { name: "oidc-provider, in memory", target: await introspectionTarget(other, "/token", "/token/introspection") },
    { name: "Latchkey", target: await introspectionTarget(own, "/oauth/token", "/oauth/introspect") },
  ];
  print(`introspection, ${TOKENS} tokens, ${CONNECTIONS} connections`, await inTurn(introspection, CONNECTIONS));
  const tokens = [
    { name: "oidc-provider, in memory", target: tokenTarget(other, "/token") },
    { name: "Latchkey, durable", target: tokenTarget(own, "/oauth/token") },
  ];
  print(`client credentials, ${CONNECTIONS} connections`, await inTurn(tokens, CONNECTIONS));
} finally {
  await stop(oidc);
  await stop(latchkey);
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function seedClient(url: string): Promise<void> {
  const { token } = await mutate(url, null, "signIn", "SignInInput", "token", { name: "admin", password: PASSWORD });
  const names = { clientId: CLIENT_ID, name: CLIENT_ID, displayName: CLIENT_ID, note: "bench" };
  const password = { password: PASSWORD, passwordConfirmation: PASSWORD };
  await mutate(url, token, "createClient", "CreateClientInput", "id", { ...names, ...password });
}

interface Made {
  readonly id: string;
  readonly token: string;
}

async function mutate(
  url: string,
  token: string | null,
  field: string,
  type: string,
  selection: string,
  input: object,
) {
  const { data, errors } = await postGraphql(
    url,
    `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`,
    { input },
    token,
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data[field] as Made;
}

function tokenTarget(url: string, path: string): Target {
  return { url, method: "POST", path, requests: [{ headers: HEADERS, body: TOKEN_FORM }] };
}

async function introspectionTarget(url: string, tokenPath: string, path: string): Promise<Target> {
  const bodies: string[] = [];
  for (let count = 0; count < TOKENS; count++) {
    const answer = await post(url + tokenPath, TOKEN_FORM);
    bodies.push(new URLSearchParams({ token: String(answer["access_token"]) }).toString());
  }
  const first = await post(url + path, bodies[0] ?? "");
  if (first["active"] !== true) throw new Error(`${path} does not know its own token.`);
  return { url, method: "POST", path, requests: bodies.map((body) => ({ headers: HEADERS, body })) };
}

async function post(url: string, body: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, { method: "POST", headers: HEADERS, body });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}
