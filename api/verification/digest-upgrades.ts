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

  constructor(
    private readonly pool: pg.Pool,
    private readonly keyRing: KeyRing,
  ) {}

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
      ...WRITE_DIGESTS,
      values: [
        batch.map(([id]) => id),
        batch.map(([, { from }]) => from),
        batch.map(([, { to }]) => to.digest),
        batch.map(([, { to }]) => to.pepperVersion),
      ],
    });
  }
}

/** What another node has upgraded meanwhile, or somebody is changing, is left as it is: its next use comes here again. */
const WRITE_DIGESTS = {
  name: "write-digests",
  text: `
    with noted as (
      select u.* from unnest($1::uuid[], $2::smallint[], $3::bytea[], $4::smallint[]) as u(id, old, digest, version)
      join api_key_secrets s on s.id = u.id and s.pepper_version is not distinct from u.old and s.place <> 'RETIRED'
      order by u.id for no key update of s skip locked
    )
    update api_key_secrets s set digest = noted.digest, pepper_version = noted.version, prefix = null
    from noted where s.id = noted.id`,
};
