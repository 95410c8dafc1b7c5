import { type Example, examples } from "./examples/examples.js";

export type Known = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;
const ONE_HOUR_MS = 60 * 60 * 1000;
const ONE_DAY_MS = 24 * ONE_HOUR_MS;
const ONE_YEAR_MS = 365 * ONE_DAY_MS;

/** Fills an example's variables. What is not known yet becomes a text that says which example to run first. */
export function fillIn(example: Example, known: Known, suffix: string, now: Date): Record<string, unknown> | undefined {
  if (!example.variables) return undefined;
  const after = (ms: number): string => new Date(now.getTime() + ms).toISOString();
  const times = { oneDayAgo: after(-ONE_DAY_MS), oneHourAgo: after(-ONE_HOUR_MS), inOneYear: after(ONE_YEAR_MS) };
  const values: Known = { ...known, suffix, ...times };
  return fillValue(example.variables, values) as Record<string, unknown>;
}

/** Names made with it do not meet those of an earlier run. */
export function randomSuffix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}

function fillValue(value: unknown, values: Known): unknown {
  if (typeof value === "string") {
    return value.replace(PLACEHOLDER, (_, name: string) => values[name] ?? whatToRunFirst(name));
  }
  if (Array.isArray(value)) return value.map((item) => fillValue(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillValue(inner, values)]));
}

function whatToRunFirst(name: string): string {
  const source = examples.find((example) => example.remembers?.[name] !== undefined);
  if (!source) throw new Error(`No example remembers "${name}".`);
  return source.step === undefined ? `<run "${source.title}" first>` : `<run example ${source.step} first>`;
}
