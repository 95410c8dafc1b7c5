import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "./key-ring.js";

/** What is stored of a secret that another system made. */
export interface ImportedDigest {
  readonly digest: Buffer;
  /** Null: the digest is the plain SHA-256 that was imported. */
  readonly pepperVersion: number | null;
  /** What that was made without; null: of the whole text. */
  readonly prefix: string | null;
}

/** Other systems' secrets: visible ASCII, not so short that they could be guessed. */
const IMPORTABLE = /^[\x21-\x7e]{16,500}$/;

/** Whether a text may be an imported secret at all. What looks like one of ours, and is none, is not. */
export function mayBeImported(brand: string, text: string): boolean {
  return IMPORTABLE.test(text) && !text.startsWith(`${brand}_`);
}

/** Every digest that a text may be stored under: as it was imported, and as its first use made it. */
export function importedDigests(keyRing: KeyRing, text: string, prefixes: readonly string[]): Buffer[] {
  const plain = prefixes.filter((prefix) => text.startsWith(prefix)).map((prefix) => sha256(text.slice(prefix.length)));
  const keyed = [...keyRing.fingerprintsByVersion.keys()].map((version) => hmac(keyRing, version, text));
  return [...plain, ...keyed];
}

/** Compares in constant time. Throws when the ring lacks the version: a node that cannot know must not say no. */
export function matchesImported(keyRing: KeyRing, stored: ImportedDigest, text: string): boolean {
  const { pepperVersion, prefix } = stored;
  const digest = pepperVersion === null ? sha256(text.slice(prefix?.length ?? 0)) : hmac(keyRing, pepperVersion, text);
  return digest.length === stored.digest.length && timingSafeEqual(digest, stored.digest);
}

/** By which a hash is known again once it has been replaced, for each version of the ring, the current one first. */
export function originsOf(keyRing: KeyRing, hash: Buffer): Buffer[] {
  const versions = [...keyRing.fingerprintsByVersion.keys()].sort((a, b) => b - a);
  return versions.map((version) => hmac(keyRing, version, Buffer.concat([Buffer.from("imported hash "), hash])));
}

function hmac(keyRing: KeyRing, version: number, text: string | Buffer): Buffer {
  const pepper = keyRing.pepper(version);
  if (!pepper) throw new Error(`The key ring has no version ${version}.`);
  return createHmac("sha256", pepper).update(text).digest();
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
