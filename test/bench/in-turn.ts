import { load, type Measured, type Target } from "./wrk.js";

export const ROUNDS = 5;
export const SECONDS = 4;
const WARM_UP_SECONDS = 2;

export type Named = readonly { readonly name: string; readonly target: Target }[];
export type Results = ReadonlyMap<string, readonly Measured[]>;

/** What is compared is measured in turn, several times over, so that a noisy moment of the machine hits all of it. */
export async function inTurn(targets: Named, connections: number, rounds = ROUNDS): Promise<Results> {
  const results = new Map<string, Measured[]>(targets.map(({ name }) => [name, []]));
  for (const { target } of targets) await load(target, connections, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round++)
    for (const { name, target } of targets) results.get(name)?.push(await load(target, connections, SECONDS));
  return results;
}

/** Medians of the rounds; also of the ratios to the first row, each within its round, which a slow moment hits alike. */
export function print(title: string, results: Results): void {
  process.stdout.write(`\n${title.padEnd(44)}    per s  ratio  median ms   p99 ms\n`);
  const [base = []] = results.values();
  for (const [name, rounds] of results) {
    const perSecond = median(rounds.map((each) => each.perSecond));
    const ratio = median(rounds.map((each, round) => each.perSecond / (base[round]?.perSecond ?? Number.NaN)));
    const cells = [
      perSecond.toFixed(0).padStart(8),
      ratio.toFixed(2).padStart(6),
      median(rounds.map((each) => each.medianMs))
        .toFixed(2)
        .padStart(10),
      median(rounds.map((each) => each.p99Ms))
        .toFixed(2)
        .padStart(8),
    ];
    process.stdout.write(`  ${name.padEnd(42)}${cells.join(" ")}\n`);
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
