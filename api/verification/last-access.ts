import type pg from "pg";

interface Access {
  readonly atMs: number;
  readonly address: string | null;
}

/** Collects when each key was last used and writes it in batches, so that no verdict waits for it. */
export class LastAccess {
  private pending = new Map<string, Access>();

  constructor(private readonly pool: pg.Pool) {}

  touch(apiKeyId: string, access: Access): void {
    this.pending.set(apiKeyId, access);
  }

  async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const batch = [...this.pending];
    this.pending = new Map();
    try {
      await this.pool.query({ ...WRITE_LAST_ACCESS, values: columnsOf(batch) });
    } catch (error) {
      // Kept for the next flush, unless a later use has come in since.
      for (const [id, access] of batch) if (!this.pending.has(id)) this.pending.set(id, access);
      throw error;
    }
  }
}

function columnsOf(batch: readonly (readonly [string, Access])[]): unknown[] {
  return [
    batch.map(([id]) => id),
    batch.map(([, { atMs }]) => new Date(atMs)),
    batch.map(([, { address }]) => address),
  ];
}

/** Nodes write in any order: the later use stays. Rows are locked in order of id, so that two nodes never deadlock. */
const WRITE_LAST_ACCESS = {
  name: "write-last-access",
  text: `
    with used as (
      select u.* from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as u(id, at, address)
      join api_keys k on k.id = u.id order by u.id for no key update of k
    )
    update api_keys k set last_accessed_at = used.at, last_accessed_from = used.address
    from used where k.id = used.id and k.last_accessed_at < used.at`,
};
