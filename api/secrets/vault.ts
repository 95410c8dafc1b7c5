import { createCipheriv, createDecipheriv } from "node:crypto";
import type { KeyRing } from "./key-ring.js";
import type { RandomBytes } from "./secret-format.js";

/** A text that only a holder of the key ring can read. */
export interface Sealed {
  readonly sealed: Buffer;
  readonly keyVersion: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with the ring's current vault key. `place` says what the text belongs to: opened anywhere else, such as in
 * a row that it was copied to, it fails.
 */
export function seal(keyRing: KeyRing, text: string, place: string, randomBytes: RandomBytes): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyRing.currentVaultKey, nonce).setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]), keyVersion: keyRing.currentVersion };
}

/** Throws when the ring lacks the version, or when the text was changed or belongs to another place. */
export function unseal(keyRing: KeyRing, { sealed, keyVersion }: Sealed, place: string): string {
  const key = keyRing.vaultKey(keyVersion);
  if (!key) throw new Error(`The key ring has no version ${keyVersion}.`);
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
