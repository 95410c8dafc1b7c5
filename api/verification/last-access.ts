import type pg from "pg";

interface Access {
  readonly atMs: number;
  readonly address: string | null;
  /** The API that was called, where the call named one. Kept of keys and tokens only. */
  readonly apiId?: string | null;
}

/** Collects when each key, secret, token or session was last used and writes it in batches, so that no call waits for it. */
export class LastAccess {
  private pending = new Map<string, Access>();
  private readonly write: { readonly name: string; readonly text: string };

  constructor(
    private readonly pool: pg.Pool,
    table: "api_keys" | "api_key_secrets" | "tokens" | "sessions" | "gateway_keys",
  ) {
    this.write = { name: `write-last-access-${table}`, text: writeLastAccess(table) };
  }

  touch(id: string, access: Access): void {
    this.pending.set(id, access);
  }

  async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const batch = [...this.pending];
    this.pending = new Map();
    try {
      await this.pool.query({ ...this.write, values: columnsOf(batch) });
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
    batch.map(([, { apiId }]) => apiId ?? null),
  ];
}

/**
 * Nodes write in any order: the later use stays. A row that is being changed is left out rather than waited for, so that
 * a batch never deadlocks with a change of many rows; its next use is written again.
 */
function writeLastAccess(table: string): string {
  const api = table === "api_keys" || table === "tokens" ? ", last_accessed_api_id = used.api_id" : "";
  return `
    with used as (
      select u.* from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[]) as u(id, at, address, api_id)
      join ${table} t on t.id = u.id order by u.id for no key update of t skip locked
    )
    update ${table} t set last_accessed_at = used.at, last_accessed_from = used.address${api}
    from used where t.id = used.id and (t.last_accessed_at is null or t.last_accessed_at < used.at)`;
}
