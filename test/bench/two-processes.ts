import type { ChildProcess } from "node:child_process";
import { setTimeout as passed } from "node:timers/promises";
import { median, ROUNDS, SECONDS } from "./in-turn.js";
import { cpuSecondsOf, stop, urlOf } from "./server-process.js";
import { load, type Measured, type Target } from "./wrk.js";

const CONNECTIONS = 64;
/** After a second without a beat a node counts no more; in two it is back. */
const LEASE_MS = 1_500;
const RETURN_MS = 2_500;

/**
 * Two processes, which with a core for each would add up: what they take from each other shows in the processor time of a
 * request. It is measured with the core to each in turn, and with both on it at once, where they share its caches as well.
 */
export async function twoProcesses(
  first: ChildProcess,
  startSecond: () => ChildProcess,
  target: Target,
): Promise<void> {
  const second = startSecond();
  try {
    const pair = await pairOf(first, second, target);
    const rounds: Ratios[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(pair));
    const of = (name: keyof Ratios) => median(rounds.map((each) => each[name])).toFixed(2);
    process.stdout.write(
      `\ntwo processes on one database: ${of("inTurn")} times one by processor time per request, each with the core in turn; ${of("atOnce")} with both on one core\n`,
    );
  } finally {
    await stop(second);
  }
}

/** So many times one process. */
interface Ratios {
  readonly inTurn: number;
  readonly atOnce: number;
}

interface Server {
  readonly child: ChildProcess;
  readonly target: Target;
}

type Pair = readonly [Server, Server];

async function pairOf(first: ChildProcess, second: ChildProcess, target: Target): Promise<Pair> {
  const pair: Pair = [
    { child: first, target },
    { child: second, target: { ...target, url: await urlOf(second) } },
  ];
  // As warm as each other.
  for (const { target: each } of pair) await load(each, CONNECTIONS, SECONDS);
  return pair;
}

async function measure(pair: Pair): Promise<Ratios> {
  const [first, second] = pair;
  second.child.kill("SIGSTOP");
  await passed(LEASE_MS);
  const alone = await cpuPerRequest([first], () => inTurn([first]));
  second.child.kill("SIGCONT");
  await passed(RETURN_MS);
  const turns = await cpuPerRequest(pair, () => inTurn(pair));
  const once = await cpuPerRequest(pair, () => Promise.all(pair.map(loadOf)));
  return { inTurn: (2 * alone) / turns, atOnce: (2 * alone) / once };
}

/** Each as busy as the one: what arrives together is answered together, and costs less. */
function loadOf({ target }: Server): Promise<Measured> {
  return load(target, CONNECTIONS, SECONDS);
}

async function inTurn(servers: readonly Server[]): Promise<Measured[]> {
  const loads: Measured[] = [];
  for (const server of servers) loads.push(await loadOf(server));
  return loads;
}

async function cpuPerRequest(servers: readonly Server[], work: () => Promise<readonly Measured[]>): Promise<number> {
  const before = await cpuSecondsOfAll(servers);
  const loads = await work();
  const requests = loads.reduce((sum, each) => sum + each.requests, 0);
  return ((await cpuSecondsOfAll(servers)) - before) / requests;
}

async function cpuSecondsOfAll(servers: readonly Server[]): Promise<number> {
  const seconds = await Promise.all(servers.map(({ child }) => cpuSecondsOf(child)));
  return seconds.reduce((sum, each) => sum + each, 0);
}
