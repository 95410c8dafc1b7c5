import { matchesDigest } from "./digest.js";
import { type ImportedDigest, matchesImported } from "./imported-digest.js";
import type { KeyRing } from "./key-ring.js";

/** What is stored of a secret, be it one of ours or one that was imported. */
export interface StoredSecret extends ImportedDigest {
  readonly imported: boolean;
}

export function matchesStored(keyRing: KeyRing, stored: StoredSecret, text: string): boolean {
  const { digest, pepperVersion, imported } = stored;
  if (imported) return matchesImported(keyRing, stored, text);
  return pepperVersion !== null && matchesDigest(keyRing, { digest, pepperVersion }, text);
}
