import { randomUUID } from "node:crypto";
import type { ImportApiKeyInput, Latchkey } from "@latchkey/sdk";
import type { Progress } from "./progress.js";

/** A key that is ready to be sent, with the line that it came from. */
export interface KeyOfLine {
  readonly line: number;
  readonly key: ImportApiKeyInput;
}

/** A key that was not imported, and why. */
export interface RefusedKey {
  readonly line: number;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}

/** What became of the keys so far. */
export interface KeysReport {
  readonly dryRun: boolean;
  /** How many the file has. */
  keys: number;
  /** How many were imported, or in a dry run would be. */
  imported: number;
  /** How many were imported before: running again is safe. */
  alreadyThere: number;
  readonly refused: RefusedKey[];
  /** Whether it was stopped before the end. */
  interrupted: boolean;
}

interface Importing {
  readonly latchkey: Latchkey;
  readonly report: KeysReport;
  readonly progress: Progress;
  /** Stops it between two batches, so that what was done is always known. */
  readonly signal: AbortSignal;
}

/** A server takes 1,000 in a call of 1 MiB; smaller calls show how far it is, and stop sooner. */
const BATCH_KEYS_MAX = 250;
const BATCH_CHARACTERS_MAX = 250_000;
const BATCH_TIMEOUT_MS = 60_000;

export async function importKeys(keys: readonly KeyOfLine[], importing: Importing): Promise<void> {
  const { report, progress, signal } = importing;
  let done = 0;
  for (const batch of batchesOf(keys)) {
    if (signal.aborted) {
      report.interrupted = true;
      return;
    }
    await importBatch(batch, importing);
    done += batch.length;
    progress.to(done);
  }
}

async function importBatch(batch: readonly KeyOfLine[], { latchkey, report }: Importing): Promise<void> {
  const { importedCount, results } = await send(latchkey, batch, report.dryRun);
  report.imported += importedCount;
  const refused = batch.flatMap(({ line, key }, index) => {
    const refusal = results[index]?.refused;
    return refusal ? [{ line, key, refusal }] : [];
  });
  const there = await findThere(latchkey, refused);
  for (const each of refused) {
    if (there.has(each)) report.alreadyThere++;
    else report.refused.push({ line: each.line, name: each.key.name, ...each.refusal });
  }
}

interface Refusal extends KeyOfLine {
  readonly refusal: Omit<RefusedKey, "line" | "name">;
}

/**
 * Which of the refused keys were imported before. A key that is there is mostly refused for its name, as another key of that
 * name would be: asked for under a name that nobody has, only its hash can stand in the way.
 */
async function findThere(latchkey: Latchkey, refused: readonly Refusal[]): Promise<ReadonlySet<Refusal>> {
  const there = refused.filter(({ refusal }) => conflictsIn(refusal, "hash"));
  const named = refused.filter(({ refusal }) => conflictsIn(refusal, "name"));
  if (named.length === 0) return new Set(there);
  const renamed = named.map(({ line, key }) => ({ line, key: { ...key, name: randomUUID() } }));
  const { results } = await send(latchkey, renamed, true);
  const known = named.filter((_, index) => {
    const refusal = results[index]?.refused;
    return refusal ? conflictsIn(refusal, "hash") : false;
  });
  return new Set([...there, ...known]);
}

function conflictsIn({ code, fields }: Refusal["refusal"], field: string): boolean {
  return code === "CONFLICT" && fields.some(({ path }) => path === field);
}

function send(latchkey: Latchkey, batch: readonly KeyOfLine[], dryRun: boolean) {
  // Not given up on Ctrl-C: what became of it would not be known.
  return latchkey.keys.import({ keys: batch.map(({ key }) => key), dryRun }, { timeoutMs: BATCH_TIMEOUT_MS });
}

function* batchesOf(keys: readonly KeyOfLine[]): Generator<readonly KeyOfLine[]> {
  let batch: KeyOfLine[] = [];
  let characters = 0;
  for (const each of keys) {
    const more = JSON.stringify(each.key).length;
    if (batch.length === BATCH_KEYS_MAX || (batch.length > 0 && characters + more > BATCH_CHARACTERS_MAX)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(each);
    characters += more;
  }
  if (batch.length > 0) yield batch;
}
