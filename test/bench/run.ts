import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, type Measured, type Target } from "./load.js";
import { seedBench } from "./seed.js";
import { start, stop, urlOf } from "./server-process.js";

/** Each target is measured in turn, several times over, so that a noisy moment of the machine hits all of them. */
const ROUNDS = 3;
const ROUND_MS = 3_000;
const PASSWORD = "bench-pass-phrase";

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const reference = start("test/bench/reference-server.js", {});
const latchkey = start("api/main.js", { PORT: "0", DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: "warn" });
try {
  const referenceUrl = await urlOf(reference);
  const { credential, path, token, url } = await seedBench(await urlOf(latchkey), PASSWORD);
  const json = { "content-type": "application/json" };
  const demand = JSON.stringify({ credential, api: { method: "GET", path } });
  const clients =
    "{ clients(first: 20) { edges { node { clientId apiKeys(first: 5) { edges { node { name } } } } } } }";
  const targets: Readonly<Record<string, Target>> = {
    "reference: node:http, JSON, one HMAC": { url: referenceUrl, method: "POST", headers: json, body: demand },
    "POST /v1/verify": { url: `${url}/v1/verify`, method: "POST", headers: json, body: demand },
    "GET /v1/authorize": {
      url: `${url}/v1/authorize`,
      method: "GET",
      headers: { "x-api-key": credential, "x-forwarded-method": "GET", "x-forwarded-uri": path },
    },
    "GraphQL: me": graphql(url, token, "{ me { name } }"),
    "GraphQL: 20 clients with 5 keys each": graphql(url, token, clients),
  };

  const results = new Map<string, Measured[]>(Object.keys(targets).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, target] of Object.entries(targets)) {
      // The first round warms up.
      const measured = await load(target, round === 0 ? ROUND_MS / 3 : ROUND_MS);
      if (round > 0) results.get(name)?.push(measured);
    }
  }
  print(results);
} finally {
  for (const child of [reference, latchkey]) await stop(child);
  await rm(dataDir, { recursive: true, force: true });
}

function graphql(url: string, token: string, query: string): Target {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return { url: `${url}/graphql`, method: "POST", headers, body: JSON.stringify({ query }) };
}

function print(results: ReadonlyMap<string, readonly Measured[]>): void {
  const rows = [...results].map(([name, rounds]) => {
    const [middle] = [...rounds].sort((a, b) => a.perSecond - b.perSecond).slice(Math.floor(rounds.length / 2));
    return { name, ...(middle as Measured) };
  });
  const base = rows[0]?.perSecond ?? Number.NaN;
  process.stdout.write(`${"".padEnd(40)}  per s  ratio  median ms  p99 ms\n`);
  for (const { name, perSecond, medianMs, p99Ms } of rows) {
    const cells = [
      perSecond.toFixed(0).padStart(7),
      (perSecond / base).toFixed(2).padStart(6),
      medianMs.toFixed(2).padStart(10),
      p99Ms.toFixed(2).padStart(7),
    ];
    process.stdout.write(`${name.padEnd(40)}${cells.join(" ")}\n`);
  }
}
