import { hkdfSync } from "node:crypto";

interface RingKey {
  readonly version: number;
  readonly material: Buffer;
}

/**
 * Versioned key material. The highest version makes new digests; older ones keep verifying what they made.
 * Each use has a key of its own, derived with HKDF (RFC 5869), so that a leak of one does not open the other.
 */
export class KeyRing {
  readonly currentVersion: number;
  private readonly peppers: ReadonlyMap<number, Buffer>;
  private readonly vaultKeys: ReadonlyMap<number, Buffer>;
  private readonly formKeys: ReadonlyMap<number, Buffer>;
  private readonly auditKeys: ReadonlyMap<number, Buffer>;
  private readonly fingerprints: ReadonlyMap<number, string>;

  constructor(keys: readonly RingKey[]) {
    if (keys.length === 0) throw new Error("A key ring needs at least one key.");
    this.currentVersion = Math.max(...keys.map((key) => key.version));
    this.peppers = new Map(keys.map((key) => [key.version, derive(key, "latchkey pepper")]));
    this.vaultKeys = new Map(keys.map((key) => [key.version, derive(key, "latchkey vault")]));
    this.formKeys = new Map(keys.map((key) => [key.version, derive(key, "latchkey forms")]));
    this.auditKeys = new Map(keys.map((key) => [key.version, derive(key, "latchkey audit")]));
    this.fingerprints = new Map(keys.map((key) => [key.version, derive(key, "latchkey fingerprint").toString("hex")]));
  }

  /** Undefined when this ring lacks the version: what it made cannot be judged by this node. */
  pepper(version: number): Buffer | undefined {
    return this.peppers.get(version);
  }

  get currentPepper(): Buffer {
    return this.peppers.get(this.currentVersion) as Buffer;
  }

  /** Undefined when this ring lacks the version: what it sealed cannot be read by this node. */
  vaultKey(version: number): Buffer | undefined {
    return this.vaultKeys.get(version);
  }

  get currentVaultKey(): Buffer {
    return this.vaultKeys.get(this.currentVersion) as Buffer;
  }

  /** Undefined when this ring lacks the version: forms that it signed are out of date. */
  formKey(version: number): Buffer | undefined {
    return this.formKeys.get(version);
  }

  get currentFormKey(): Buffer {
    return this.formKeys.get(this.currentVersion) as Buffer;
  }

  /** Undefined when this ring lacks the version: what it signed cannot be judged by this node. */
  auditKey(version: number): Buffer | undefined {
    return this.auditKeys.get(version);
  }

  /** By version, a public value that differs for different key material and tells nothing about it. */
  get fingerprintsByVersion(): ReadonlyMap<number, string> {
    return this.fingerprints;
  }
}

function derive(key: RingKey, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key.material, Buffer.alloc(0), use, 32));
}
