import { hash, randomBytes } from "node:crypto";
import type { CredentialRecord } from "./credential-record.js";
import type { ListedApi } from "./listed-api.js";
import type { TokenBucket } from "./token-bucket.js";
import type { Tally, Use } from "./use-buffer.js";

/** Of this process, so that a fingerprint says nothing outside of it. */
const SALT = randomBytes(32).toString("hex");

/**
 * Of a secret's text. Six times as fast as the keyed digest, which decides when a text is first seen. Fingerprints may be
 * compared as text: who does not know the salt cannot aim at the beginning of one.
 */
export function fingerprintOf(text: string): string {
  return hash("sha256", SALT + text, "latin1" as "hex");
}

/** A credential in memory, with what belongs to it for as long as it is there. */
export class KnownCredential {
  /** False once something about it may have changed: what was judged by it must be judged anew. */
  current = true;
  /** Of the text that has matched the digest. */
  fingerprint: string | undefined;
  /** Until when a text that does not match is refused without asking the database. */
  refusalKnownUntilMs = 0;
  /** Its latest use that is not written yet. */
  lastUse: Use | undefined;
  /** What its latest call was counted as. */
  tally: Tally | undefined;
  /** The API of its latest allowed call: it is granted for as long as both are in memory. */
  grantedApi: ListedApi | undefined;
  /** What its answers have in common, made at the first. */
  jsonHead: string | undefined;
  jsonTail: string | undefined;
  isJsonAscii = false;
  identity: readonly string[] | undefined;

  constructor(
    readonly record: CredentialRecord,
    /** Of its client on this node. */
    readonly bucket: TokenBucket | undefined,
  ) {}
}
