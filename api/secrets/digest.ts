import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "./key-ring.js";

/** What is stored of a secret, beside its lookup id. */
export interface StoredDigest {
  readonly digest: Buffer;
  readonly pepperVersion: number;
}

/**
 * One HMAC is enough: a minted secret holds 190 random bits, so there is no dictionary to slow down. Passwords, which
 * do have one, go through argon2.
 */
export function digestSecret(keyRing: KeyRing, text: string): StoredDigest {
  return { digest: hmac(keyRing.currentPepper, text), pepperVersion: keyRing.currentVersion };
}

/** Compares in constant time. Throws when the ring lacks the version: a node that cannot know must not say no. */
export function matchesDigest(keyRing: KeyRing, stored: StoredDigest, text: string): boolean {
  const pepper = keyRing.pepper(stored.pepperVersion);
  if (!pepper) throw new Error(`The key ring has no version ${stored.pepperVersion}.`);
  return timingSafeEqual(hmac(pepper, text), stored.digest);
}

function hmac(pepper: Buffer, text: string): Buffer {
  return createHmac("sha256", pepper).update(text).digest();
}
