import type pg from "pg";

/** For so long a key of a kind that was never imported before may stay unknown to a node. */
const KNOWN_MS = 1_000;

/**
 * The prefixes of imported keys. With none, texts that are not ours cost no look-up at all; a flood of them costs one
 * small statement a second.
 */
export class ImportedPrefixes {
  private loading: Promise<readonly string[]> | undefined;
  private loadedAtMs = 0;

  constructor(private readonly pool: pg.Pool) {}

  get(nowMs: number): Promise<readonly string[]> {
    // Also when the clock was moved back.
    if (!this.loading || Math.abs(nowMs - this.loadedAtMs) >= KNOWN_MS) {
      this.loadedAtMs = nowMs;
      const loading = this.load();
      this.loading = loading;
      loading.catch(() => {
        if (this.loading === loading) this.loading = undefined;
      });
    }
    return this.loading;
  }

  private async load(): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ prefix: string }>(PREFIXES);
    return rows.map(({ prefix }) => prefix);
  }
}

const PREFIXES = { name: "imported-key-prefixes", text: "select prefix from imported_key_prefixes" };
