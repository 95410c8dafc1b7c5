import type { AuditRecord } from "./audit-export.js";

/** A point of the chain that somebody has kept, such as a checkpoint. */
export interface AuditChainPoint {
  readonly number: number;
  readonly hash: string;
}

/** Where an export first does not hold. */
export interface AuditRecordBreak {
  readonly number: number;
  readonly eventId: string | null;
  readonly message: string;
}

/** What became of an export that was verified. */
export interface AuditChainCheck {
  /** The first place that does not hold; null: all does. */
  readonly firstBreak: AuditRecordBreak | null;
  /** Up to here it holds. */
  readonly verifiedTo: AuditChainPoint;
}

/** What an export is held to, beside itself. */
export interface AuditChainExpectation {
  /** The point after which the first event must stand. Left out: the beginning. */
  readonly after?: AuditChainPoint | undefined;
  /** Checkpoints that the chain must go through. */
  readonly known?: readonly AuditChainPoint[] | undefined;
}

const BEGINNING: AuditChainPoint = { number: 0, hash: "0".repeat(64) };

/**
 * Verifies an export by itself, without trust in the server that it came from: recomputes every hash and follows the chain.
 * It must be whole: exported without a filter, from `after` on.
 */
export async function verifyAuditChain(
  records: AsyncIterable<AuditRecord> | Iterable<AuditRecord>,
  { after = BEGINNING, known = [] }: AuditChainExpectation = {},
): Promise<AuditChainCheck> {
  let head = after;
  for await (const record of records) {
    const message = await problemOf(record, head, known);
    if (message !== undefined) {
      return { firstBreak: { number: record.number, eventId: record.id, message }, verifiedTo: head };
    }
    head = { number: record.number, hash: record.hash };
  }
  const last = Math.max(...known.map(({ number }) => number), 0);
  const message = `the chain ends at ${head.number}, but there is a checkpoint at ${last}`;
  const firstBreak = last > head.number ? { number: head.number + 1, eventId: null, message } : null;
  return { firstBreak, verifiedTo: head };
}

async function problemOf(
  record: AuditRecord,
  head: AuditChainPoint,
  known: readonly AuditChainPoint[],
): Promise<string | undefined> {
  const { hash, ...fields } = record;
  if (record.number !== head.number + 1) return `comes where ${head.number + 1} is due`;
  if (record.previousHash !== head.hash) return "does not follow the event before it: one of the two was changed";
  if ((await sha256(canonicalJson(fields))) !== hash) return "is not as it was when it was linked";
  const kept = known.filter(({ number }) => number === record.number);
  if (kept.some((point) => point.hash.toLowerCase() !== hash)) return "is not what the checkpoint says";
  return undefined;
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** RFC 8785. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`);
  return `{${members.join(",")}}`;
}
