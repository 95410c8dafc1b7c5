import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, type Measured, type Target } from "./load.js";
import { seedBench } from "./seed.js";
import { start, stop, urlOf } from "./server-process.js";

/** What a flood of sign-ins with wrong passwords does to verdicts, and to the memory of the server. */
const ROUNDS = 3;
const ROUND_MS = 4_000;
const PASSWORD = "bench-pass-phrase";
/** Four attackers for each gateway in `load`, each sending again as soon as it is answered. */
const FLOOD_CONNECTIONS = 128;

interface Round extends Measured {
  readonly residentMb: number;
  readonly signIns: Readonly<Record<number, number>>;
}

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const latchkey = start("api/main.js", { PORT: "0", DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: "fatal" });
try {
  const { unmetered, path, url } = await seedBench(await urlOf(latchkey), PASSWORD);
  const [credential] = unmetered;
  const demand = JSON.stringify({ credential, api: { method: "GET", path } });
  const headers = { "content-type": "application/json" };
  const verify: Target = { url: `${url}/v1/verify`, method: "POST", headers, body: demand };
  await load(verify, ROUND_MS / 4);

  const rounds: { calm: Round; unhurried: Round; flood: Round }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      calm: await measure(url, verify),
      unhurried: await measure(url, verify, { heedsRetryAfter: true }),
      flood: await measure(url, verify, { heedsRetryAfter: false }),
    });
  }
  process.stdout.write(`${"POST /v1/verify".padEnd(52)}  per s  median ms  p99 ms  RSS MB  sign-ins per s by status\n`);
  print(
    "alone",
    rounds.map(({ calm }) => calm),
  );
  print(
    "beside 128 sign-ins, waiting as Retry-After says",
    rounds.map(({ unhurried }) => unhurried),
  );
  print(
    "beside 128 sign-ins, never waiting",
    rounds.map(({ flood }) => flood),
  );
} finally {
  await stop(latchkey);
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(url: string, verify: Target, flood?: { heedsRetryAfter: boolean }): Promise<Round> {
  const signIns: Record<number, number> = {};
  const over = new AbortController();
  const flooding = flood ? floodWith(url, signIns, flood.heedsRetryAfter, over.signal) : undefined;
  const measured = await load(verify, ROUND_MS);
  const residentMb = await residentMbOf(url);
  over.abort();
  await flooding;
  for (const status of Object.keys(signIns).map(Number)) signIns[status] = ((signIns[status] ?? 0) * 1_000) / ROUND_MS;
  return { ...measured, residentMb, signIns };
}

async function floodWith(
  url: string,
  counts: Record<number, number>,
  heedsRetryAfter: boolean,
  over: AbortSignal,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: FLOOD_CONNECTIONS });
  const attacker = async (_: unknown, number: number): Promise<void> => {
    for (let attempt = 0; !over.aborted; attempt++) {
      const { status, retryAfterMs } = await trySignIn(agent, url, `nobody-${number}-${attempt}`);
      counts[status] = (counts[status] ?? 0) + 1;
      if (heedsRetryAfter && retryAfterMs > 0 && !over.aborted) {
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }
  };
  await Promise.all(Array.from({ length: FLOOD_CONNECTIONS }, attacker));
  agent.destroy();
}

function trySignIn(agent: Agent, url: string, name: string): Promise<{ status: number; retryAfterMs: number }> {
  const query = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }";
  const body = JSON.stringify({ query, variables: { input: { name, password: "a-wrong-pass-phrase" } } });
  const headers = { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", headers, agent }, (response) => {
      response.resume();
      const retryAfterMs = Number(response.headers["retry-after"] ?? 0) * 1_000;
      response.on("end", () => resolve({ status: response.statusCode ?? 0, retryAfterMs }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function residentMbOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1_048_576;
}

function print(name: string, rounds: readonly Round[]): void {
  const [middle] = [...rounds].sort((a, b) => a.perSecond - b.perSecond).slice(Math.floor(rounds.length / 2));
  const { perSecond, medianMs, p99Ms, residentMb, signIns } = middle as Round;
  const cells = [
    perSecond.toFixed(0).padStart(6),
    medianMs.toFixed(2).padStart(10),
    p99Ms.toFixed(2).padStart(7),
    residentMb.toFixed(0).padStart(7),
    Object.entries(signIns)
      .map(([status, count]) => `  ${status}: ${count.toFixed(0)}`)
      .join(""),
  ];
  process.stdout.write(`${name.padEnd(52)}${cells.join(" ")}\n`);
}
