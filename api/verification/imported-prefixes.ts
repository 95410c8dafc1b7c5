import type pg from "pg";
import type { Change } from "../nodes/changes.js";
import type { WatchedLoads } from "./watched-loads.js";

const PREFIXES = { name: "imported-key-prefixes", text: "select prefix from imported_key_prefixes" };

/** The prefixes of imported keys. With none, texts that are not ours cost no look-up at all. */
export class ImportedPrefixes {
  private known: readonly string[] | undefined;
  private loading: Promise<readonly string[]> | undefined;

  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly loads: WatchedLoads,
  ) {}

  get(): readonly string[] | Promise<readonly string[]> {
    if (this.known) return this.known;
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  forget({ kind }: Change): void {
    if (kind === "IMPORT" || kind === "ALL") this.known = undefined;
  }

  private load(): Promise<readonly string[]> {
    return this.loads.load(
      async () => (await this.pool.query<{ prefix: string }>(PREFIXES)).rows.map(({ prefix }) => prefix),
      (_, { kind }) => kind === "IMPORT" || kind === "ALL",
      (prefixes) => {
        this.known = prefixes;
        return prefixes;
      },
    );
  }
}
