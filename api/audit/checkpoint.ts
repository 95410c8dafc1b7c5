import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "../secrets/key-ring.js";
import type { ChainPoint } from "./chained-event.js";

/** A point of the chain that only a holder of the key ring could have signed. */
export interface Checkpoint extends ChainPoint {
  readonly at: Date;
  readonly keyVersion: number;
  /** HMAC-SHA-256, in hex. */
  readonly signature: string;
}

export function signCheckpoint(keyRing: KeyRing, point: ChainPoint, at: Date): Checkpoint {
  const { number, hash } = point;
  const keyVersion = keyRing.currentVersion;
  const signature = signatureOf(keyRing.auditKey(keyVersion) as Buffer, { number, hash, at, keyVersion });
  return { number, hash, at, keyVersion, signature: signature.toString("hex") };
}

/** Undefined when the ring lacks the version: this node cannot know. */
export function isGenuine(keyRing: KeyRing, checkpoint: Checkpoint): boolean | undefined {
  const key = keyRing.auditKey(checkpoint.keyVersion);
  if (!key) return undefined;
  const given = Buffer.from(checkpoint.signature, "hex");
  const expected = signatureOf(key, checkpoint);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signatureOf(key: Buffer, { number, hash, at, keyVersion }: Omit<Checkpoint, "signature">): Buffer {
  const text = ["latchkey audit checkpoint", number, hash, at.toISOString(), keyVersion].join("\n");
  return createHmac("sha256", key).update(text).digest();
}
