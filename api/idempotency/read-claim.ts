import { createHash } from "node:crypto";
import type { Actor } from "../access/actor.js";
import { invalidInput } from "../errors.js";
import type { Claim } from "./claim.js";

/** As the header's draft has it, a text of RFC 8941 in quotes; and bare, as most send it. */
const KEY = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;

export interface IdempotentRequest {
  readonly header: string | readonly string[] | undefined;
  readonly actor: Actor | null;
  readonly body: { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown };
  readonly now: Date;
}

/**
 * What a request claims with its `Idempotency-Key`. Keys of different callers have nothing to do with each other; whoever
 * has not signed in has none.
 */
export function readClaim({ header, actor, body, now }: IdempotentRequest): Claim | undefined {
  if (header === undefined || !actor) return undefined;
  const key = typeof header === "string" ? KEY.exec(header) : null;
  if (!key) {
    const message = "must be one text of 1 to 255 visible ASCII characters, such as a random UUID";
    throw invalidInput({ path: "Idempotency-Key", message });
  }
  const { query, variables, operationName } = body;
  return {
    id: digestOf([actor.kind, actor.id, key[1] ?? key[2]]),
    fingerprint: digestOf([query, variables ?? null, operationName ?? null]),
    now,
    state: "OPEN",
  };
}

function digestOf(parts: readonly unknown[]): Buffer {
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}
