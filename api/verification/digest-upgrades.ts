import type pg from "pg";
import { digestSecret, type StoredDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";

interface Upgrade {
  /** Null: a plain hash, as it was imported. */
  readonly from: number | null;
  readonly to: StoredDigest;
}

/**
 * Digests secrets anew with the current pepper when they are used, and writes that in batches, so that no call waits for
 * it. Only whoever holds the secret can do so: a credential that nobody uses stays with its old pepper.
 */
export class DigestUpgrades {
  private pending = new Map<string, Upgrade>();
  private readonly write: { readonly name: string; readonly text: string };

  constructor(
    private readonly pool: pg.Pool,
    private readonly keyRing: KeyRing,
    table: keyof typeof TABLES = "api_key_secrets",
  ) {
    this.write = { name: `write-digests-${table}`, text: writeDigests(table) };
  }

  /** To be told of secrets that have matched their stored digest. */
  note(secretId: string, { pepperVersion }: { readonly pepperVersion: number | null }, text: string): void {
    if (pepperVersion === this.keyRing.currentVersion || this.pending.has(secretId)) return;
    this.pending.set(secretId, { from: pepperVersion, to: digestSecret(this.keyRing, text) });
  }

  async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const batch = [...this.pending];
    this.pending = new Map();
    await this.pool.query({
      ...this.write,
      values: [
        batch.map(([id]) => id),
        batch.map(([, { from }]) => from),
        batch.map(([, { to }]) => to.digest),
        batch.map(([, { to }]) => to.pepperVersion),
      ],
    });
  }
}

/** Of each table with digests: which rows are still compared, and what an upgrade changes beside the digest. */
const TABLES = {
  api_key_secrets: { compared: "s.place <> 'RETIRED'", changes: ", prefix = null" },
  gateway_keys: { compared: "s.revoked_at is null", changes: "" },
} as const;

/** What another node has upgraded meanwhile, or somebody is changing, is left as it is: its next use comes here again. */
function writeDigests(table: keyof typeof TABLES): string {
  const { compared, changes } = TABLES[table];
  return `
    with noted as (
      select u.* from unnest($1::uuid[], $2::smallint[], $3::bytea[], $4::smallint[]) as u(id, old, digest, version)
      join ${table} s on s.id = u.id and s.pepper_version is not distinct from u.old and ${compared}
      order by u.id for no key update of s skip locked
    )
    update ${table} s set digest = noted.digest, pepper_version = noted.version${changes}
    from noted where s.id = noted.id`;
}
