import type pg from "pg";
import type { Change } from "../nodes/changes.js";
import { matchesDigest, type StoredDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { DigestUpgrades } from "./digest-upgrades.js";
import { fingerprintOf } from "./known-credential.js";
import { LastAccess } from "./last-access.js";
import type { WatchedLoads } from "./watched-loads.js";

export interface GatewayKeysOptions {
  readonly pool: pg.Pool;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly loads: WatchedLoads;
}

interface GatewayKeyRecord {
  readonly id: string;
  readonly stored: StoredDigest;
  readonly expiresAtMs: number;
  /** Of the text that has matched its digest. */
  fingerprint: string | undefined;
}

/** By lookup id. */
type Records = ReadonlyMap<string, GatewayKeyRecord>;

/** Who asks, with what and when. */
interface Asker {
  readonly text: string;
  readonly lookupId: string;
  readonly nowMs: number;
  readonly address: string | null;
}

/**
 * The gateway keys in force. They are few: all of them are loaded in one statement at the first need and kept until
 * one changes, so that an unknown one costs no look-up at all.
 */
export class GatewayKeys {
  private records: Records | undefined;
  private loading: Promise<Records> | undefined;
  private readonly lastAccess: LastAccess;
  private readonly digestUpgrades: DigestUpgrades;

  constructor(private readonly options: GatewayKeysOptions) {
    const { pool, keyRing } = options;
    this.lastAccess = new LastAccess(pool, "gateway_keys");
    this.digestUpgrades = new DigestUpgrades(pool, keyRing, "gateway_keys");
  }

  /** Whether a text is a gateway key in force. Throws, or rejects, when this node cannot know. */
  admits(text: string, nowMs: number, address: string | null): boolean | Promise<boolean> {
    const parsed = parseSecret(this.options.brand, text);
    if (parsed?.kind !== "gw") return false;
    const asker = { text, lookupId: parsed.lookupId, nowMs, address };
    if (this.records) return this.judge(this.records, asker);
    return this.load(nowMs).then((records) => this.judge(records, asker));
  }

  forget({ kind }: Change): void {
    if (kind === "GATEWAY_KEY" || kind === "ALL") this.records = undefined;
  }

  /** Writes what was noted of their use. */
  async flush(): Promise<void> {
    await Promise.all([this.lastAccess.flush(), this.digestUpgrades.flush()]);
  }

  private judge(records: Records, { text, lookupId, nowMs, address }: Asker): boolean {
    const record = records.get(lookupId);
    if (!record || !this.matches(record, text) || record.expiresAtMs <= nowMs) return false;
    this.lastAccess.touch(record.id, { atMs: nowMs, address });
    this.digestUpgrades.note(record.id, record.stored, text);
    return true;
  }

  private matches(record: GatewayKeyRecord, text: string): boolean {
    const fingerprint = fingerprintOf(text);
    if (record.fingerprint !== undefined) return fingerprint === record.fingerprint;
    if (!matchesDigest(this.options.keyRing, record.stored, text)) return false;
    record.fingerprint = fingerprint;
    return true;
  }

  /** One load at a time. */
  private load(nowMs: number): Promise<Records> {
    this.loading ??= this.options.loads
      .load(
        () => this.read(nowMs),
        (_, { kind }) => kind === "GATEWAY_KEY" || kind === "ALL",
        (records) => {
          this.records = records;
          return records;
        },
      )
      .finally(() => {
        this.loading = undefined;
      });
    return this.loading;
  }

  private async read(nowMs: number): Promise<Records> {
    const { rows } = await this.options.pool.query<GatewayKeyRow>({ ...FIND_IN_FORCE, values: [new Date(nowMs)] });
    return new Map(rows.map((row) => [row.lookup_id, recordOf(row)]));
  }
}

interface GatewayKeyRow {
  readonly id: string;
  readonly lookup_id: string;
  readonly digest: Buffer;
  readonly pepper_version: number;
  readonly expires_at: Date | null;
}

/** All that are in force: whoever creates one sees to it that they are not too many. */
const FIND_IN_FORCE = {
  name: "find-gateway-keys-in-force",
  text: `
    select id, lookup_id, digest, pepper_version, expires_at from gateway_keys
    where revoked_at is null and (expires_at is null or expires_at > $1)`,
};

function recordOf({ id, digest, pepper_version: pepperVersion, expires_at }: GatewayKeyRow): GatewayKeyRecord {
  const expiresAtMs = expires_at ? expires_at.getTime() : Number.POSITIVE_INFINITY;
  return { id, stored: { digest, pepperVersion }, expiresAtMs, fingerprint: undefined };
}
