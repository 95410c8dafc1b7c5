import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { digestSecret } from "../secrets/digest.js";
import { importedDigests, mayBeImported } from "../secrets/imported-digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret, type SecretKind } from "../secrets/secret-format.js";
import { matchesStored } from "../secrets/stored-secret.js";
import { CredentialLoader } from "./credential-loader.js";
import type { CredentialRecord } from "./credential-record.js";
import type { Credentials } from "./demand.js";
import type { DigestUpgrades } from "./digest-upgrades.js";
import { findImportedKey } from "./find-credentials.js";
import type { ImportedPrefixes } from "./imported-prefixes.js";
import { fingerprintOf, type KnownCredential } from "./known-credential.js";
import { isAbout, placeOf, type RecordCache } from "./record-cache.js";
import { TokenBucket } from "./token-bucket.js";
import type { Refusal } from "./verdict.js";
import type { WatchedLoads } from "./watched-loads.js";

export interface RecogniserOptions {
  readonly pool: Pick<pg.Pool, "query">;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly cache: RecordCache;
  readonly loads: WatchedLoads;
  readonly importedPrefixes: ImportedPrefixes;
  /** Told of secrets of keys that have matched. Tokens do not live long enough. */
  readonly digestUpgrades: DigestUpgrades;
}

/** For so long a text that did not match is refused again without a look-up. */
const REFUSAL_KNOWN_MS = 10_000;

/**
 * So long a refusal takes that needed a look-up: the database is a little faster with an id that nobody has than with one
 * that has a record to be read.
 */
const LOOK_UP_REFUSED_MS = 20;

/** Look-ups that find nothing (6.8). One that does is not counted, so that keys come into memory as fast as they can. */
const FRUITLESS_PER_SECOND = 1_000;
const FRUITLESS_AT_ONCE = 2_000;

const MISSING: Refusal = { code: "MISSING" };
const MALFORMED: Refusal = { code: "MALFORMED" };
const NOT_FOUND: Refusal = { code: "NOT_FOUND" };
const TOO_MANY_UNKNOWN: Refusal = {
  code: "UNDECIDED",
  message: "Too many unknown credentials are being looked up just now. Ask again.",
  retryAfterSeconds: 1,
};

/** Whatever else is a secret here, calls are not made with it. */
const KINDS: Readonly<Partial<Record<SecretKind, CredentialRecord["kind"]>>> = { key: "API_KEY", at: "ACCESS_TOKEN" };

const LETTER_T = "t".charCodeAt(0);

type Recognised = KnownCredential | Refusal;

/**
 * Tells whose secret a text is. Until it has matched, the answer tells nothing about any credential, and takes the same
 * work whether nobody has its lookup id or somebody has it with another secret: at first a look-up, then for a while none.
 */
export class Recogniser {
  private readonly fruitless = new TokenBucket();
  private readonly loaders: Readonly<Record<CredentialRecord["kind"], CredentialLoader>>;
  private readonly importedUnderWay = new Map<string, Promise<KnownCredential | undefined>>();

  constructor(private readonly options: RecogniserOptions) {
    const loaderOf = (kind: CredentialRecord["kind"]) =>
      new CredentialLoader(kind, options.pool, options.cache, options.loads);
    this.loaders = { API_KEY: loaderOf("API_KEY"), ACCESS_TOKEN: loaderOf("ACCESS_TOKEN") };
  }

  recognise(credential: Credentials, nowMs: number): Recognised | Promise<Recognised> {
    if (credential === undefined) return MISSING;
    if (typeof credential !== "string") return { code: "MALFORMED", message: credential.problem };
    const { brand, cache } = this.options;
    const known = cache.get(placeIn(credential));
    // A text that has matched is well-formed: its shape and checksum need not be judged again.
    const fingerprint = fingerprintOf(credential);
    if (known?.fingerprint === fingerprint) return known;

    const parsed = parseSecret(brand, credential);
    if (!parsed) return this.recogniseImported(credential, nowMs);
    const kind = KINDS[parsed.kind];
    return kind ? this.recogniseOwn(kind, parsed.lookupId, credential, nowMs) : this.refuse(credential);
  }

  private recogniseOwn(
    kind: CredentialRecord["kind"],
    lookupId: string,
    text: string,
    nowMs: number,
  ): Recognised | Promise<Recognised> {
    const { cache } = this.options;
    const place = placeOf(kind, lookupId);
    if (cache.isAbsent(place)) return this.refuse(text);
    const known = cache.get(place);
    if (known) {
      // It may have been loaded by a text that did not match, and this be the right one.
      if (known.fingerprint === undefined && this.matches(known, text)) return known;
      if (nowMs < known.refusalKnownUntilMs) return known.fingerprint === undefined ? NOT_FOUND : this.refuse(text);
    }
    if (!this.mayLookUp(nowMs)) return TOO_MANY_UNKNOWN;
    return this.judge(this.loaders[kind].load(lookupId), text, nowMs);
  }

  private recogniseImported(text: string, nowMs: number): Recognised | Promise<Recognised> {
    const { brand, cache, importedPrefixes } = this.options;
    if (!mayBeImported(brand, text)) return MALFORMED;
    const prefixes = importedPrefixes.get();
    if (prefixes instanceof Promise) return prefixes.then(() => this.recogniseImported(text, nowMs));
    if (prefixes.length === 0) return MALFORMED;
    const key = fingerprintOf(text);
    const known = cache.get(key);
    if (known) return known;
    if (cache.isAbsent(key)) return this.refuse(text);
    if (!this.mayLookUp(nowMs)) return TOO_MANY_UNKNOWN;
    return this.judge(this.loadImported(key, text, prefixes), text, nowMs);
  }

  private loadImported(key: string, text: string, prefixes: readonly string[]): Promise<KnownCredential | undefined> {
    const underWay = this.importedUnderWay.get(key);
    if (underWay) return underWay;
    const { pool, keyRing, cache, loads } = this.options;
    const load = loads
      .load(
        () => findImportedKey(pool, importedDigests(keyRing, text, prefixes)),
        (record, change) => change.kind === "IMPORT" || (record !== undefined && isAbout(record, change)),
        (record) => {
          if (record) return cache.put(key, record);
          cache.putAbsent(key);
          return undefined;
        },
      )
      .finally(() => this.importedUnderWay.delete(key));
    this.importedUnderWay.set(key, load);
    return load;
  }

  private async judge(load: Promise<KnownCredential | undefined>, text: string, nowMs: number): Promise<Recognised> {
    const refuseAtMs = performance.now() + LOOK_UP_REFUSED_MS;
    const loaded = await load;
    if (loaded && (loaded.fingerprint === fingerprintOf(text) || this.matches(loaded, text))) {
      this.fruitless.giveBack();
      return loaded;
    }
    if (loaded) loaded.refusalKnownUntilMs = nowMs + REFUSAL_KNOWN_MS;
    await delay(refuseAtMs - performance.now());
    return NOT_FOUND;
  }

  private matches(known: KnownCredential, text: string): boolean {
    const { keyRing, digestUpgrades } = this.options;
    if (!matchesStored(keyRing, known.record, text)) return false;
    known.fingerprint = fingerprintOf(text);
    if (known.record.kind === "API_KEY") digestUpgrades.note(known.record.secretId, known.record, text);
    return true;
  }

  /** With the same work as when a text is held against a digest. */
  private refuse(text: string): Refusal {
    digestSecret(this.options.keyRing, text);
    return NOT_FOUND;
  }

  private mayLookUp(nowMs: number): boolean {
    return this.fruitless.take(FRUITLESS_PER_SECOND, nowMs, FRUITLESS_AT_ONCE);
  }
}

/** What a text of our form would be kept under; whether it is of our form is judged elsewhere. */
function placeIn(text: string): string {
  // `..._key_` and `..._at_` before the 50 letters of the body.
  const isToken = text.charCodeAt(text.length - 52) === LETTER_T;
  const lookupId = text.slice(-50, -38);
  return isToken ? placeOf("ACCESS_TOKEN", lookupId) : lookupId;
}
