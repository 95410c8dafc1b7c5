import { createHash } from "node:crypto";

/** An event with its place in the chain: one line of an export. */
export interface ChainedEvent {
  /** Counted from 1, without a gap. */
  readonly number: number;
  /** Of the event before, in hex; of the first 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
  readonly id: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly at: string;
  readonly event: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly apiKeyId: string | null;
  readonly address: string | null;
  readonly requestId: string;
  readonly transactionRef: string | null;
  readonly targetKind: string;
  readonly targetId: string;
  readonly reason: string | null;
  readonly before: object | null;
  readonly after: object | null;
}

/** An event on its way into the chain. */
export type Unhashed = Omit<ChainedEvent, "hash">;

/** A point of the chain. Whoever keeps one can tell later whether the chain up to it is still the same. */
export interface ChainPoint {
  readonly number: number;
  readonly hash: string;
}

export const BEGINNING: ChainPoint = { number: 0, hash: "0".repeat(64) };

/** SHA-256 of the canonical form (RFC 8785) of all fields but the hash itself. */
export function hashOf(event: Unhashed & { readonly hash?: string }): string {
  return createHash("sha256")
    .update(canonicalJson({ ...event, hash: undefined }))
    .digest("hex");
}

/** RFC 8785: no white space, members sorted by their names' UTF-16 code units, numbers and texts as JavaScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = value as Readonly<Record<string, unknown>>;
  const members = Object.keys(fields)
    .filter((name) => fields[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(fields[name])}`);
  return `{${members.join(",")}}`;
}
