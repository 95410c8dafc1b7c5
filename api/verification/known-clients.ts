import { LRUCache } from "lru-cache";
import type pg from "pg";
import type { Change } from "../nodes/changes.js";
import { fingerprintOf } from "./known-credential.js";
import type { WatchedLoads } from "./watched-loads.js";

const CLIENTS_MAX = 10_000;

/** How a client may come by tokens, as somebody has set it. */
export interface KnownTokenSettings {
  readonly grantTypes: readonly string[];
  readonly accessAmount: number;
  readonly accessUnit: string;
  readonly refreshAmount: number;
  readonly refreshUnit: string;
  readonly accessUses: number;
  readonly refreshUses: number;
  readonly redirectUrls: readonly string[];
}

/** A client of OAuth in memory, until something about it changes. */
export class KnownClient {
  /** False once something about it may have changed. */
  current = true;
  private fingerprint: string | undefined;

  constructor(
    readonly id: string,
    readonly clientId: string,
    readonly displayName: string,
    readonly timeZone: string,
    /** Null: nobody has set any. */
    readonly settings: KnownTokenSettings | null,
    /** The ids of the scopes that it holds, by name. */
    readonly scopes: ReadonlyMap<string, string>,
    private readonly passwordChangeRequired: boolean,
    private readonly enabled: boolean,
    private readonly lockedUntilMs: number,
    private readonly startsAtMs: number,
    private readonly expiresAtMs: number,
  ) {}

  /** Whether its credentials are allowed, its status and dates considered. */
  isInForce(nowMs: number): boolean {
    return (
      this.enabled &&
      !this.passwordChangeRequired &&
      this.lockedUntilMs <= nowMs &&
      this.startsAtMs <= nowMs &&
      nowMs < this.expiresAtMs
    );
  }

  /** Whether this is the password that was found right before: then the slow digest need not be asked again. */
  hasProved(password: string): boolean {
    return this.fingerprint !== undefined && this.fingerprint === fingerprintOf(password);
  }

  /** To be told of a password that was found right. What was checked before a change proves nothing after it. */
  noteProof(password: string): void {
    if (this.current) this.fingerprint = fingerprintOf(password);
  }
}

/** Clients by client id, with what OAuth's endpoints need to know of them. Unknown ones are asked for each time. */
export class KnownClients {
  private readonly known = new LRUCache<string, KnownClient>({
    max: CLIENTS_MAX,
    dispose: (client) => {
      client.current = false;
    },
  });

  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly loads: WatchedLoads,
  ) {}

  find(clientId: string): KnownClient | Promise<KnownClient | undefined> {
    return this.known.get(clientId) ?? this.load(clientId);
  }

  forget({ kind, ids }: Change): void {
    if (kind === "ALL") this.known.clear();
    if (kind !== "CLIENT") return;
    for (const [clientId, { id }] of this.known.entries()) if (ids.includes(id)) this.known.delete(clientId);
  }

  private load(clientId: string): Promise<KnownClient | undefined> {
    return this.loads.load(
      async () => {
        const { rows } = await this.pool.query<Row>({ ...FIND_CLIENT, values: [clientId] });
        return rows[0];
      },
      (row, { kind, ids }) => kind === "ALL" || (kind === "CLIENT" && row !== undefined && ids.includes(row.id)),
      (row) => {
        if (!row) return undefined;
        const client = decode(row);
        this.known.set(clientId, client);
        return client;
      },
    );
  }
}

const FIND_CLIENT = {
  name: "find-oauth-client",
  text: `
    select c.id, c.client_id, c.display_name, c.time_zone, c.status, c.locked_at, c.lock_ends_at, c.starts_at, c.expires_at,
           c.password_change_required, t.grant_types, t.access_amount, t.access_unit, t.refresh_amount, t.refresh_unit,
           t.access_uses, t.refresh_uses, t.redirect_urls,
           coalesce((
             select jsonb_object_agg(s.name, s.id) from client_scopes cs join scopes s on s.id = cs.scope_id
             where cs.client_id = c.id
           ), '{}') as scopes
    from clients c left join token_settings t on t.client_id = c.id
    where c.client_id = $1`,
};

interface Row {
  readonly id: string;
  readonly client_id: string;
  readonly display_name: string;
  readonly time_zone: string;
  readonly status: string;
  readonly locked_at: Date | null;
  readonly lock_ends_at: Date | null;
  readonly starts_at: Date | null;
  readonly expires_at: Date | null;
  readonly password_change_required: boolean;
  readonly grant_types: string[] | null;
  readonly access_amount: number;
  readonly access_unit: string;
  readonly refresh_amount: number;
  readonly refresh_unit: string;
  readonly access_uses: number;
  readonly refresh_uses: number;
  readonly redirect_urls: string[];
  readonly scopes: Readonly<Record<string, string>>;
}

function decode(row: Row): KnownClient {
  const lockedUntilMs =
    row.locked_at === null ? Number.NEGATIVE_INFINITY : (row.lock_ends_at?.getTime() ?? Number.POSITIVE_INFINITY);
  return new KnownClient(
    row.id,
    row.client_id,
    row.display_name,
    row.time_zone,
    row.grant_types && settingsOf(row, row.grant_types),
    new Map(Object.entries(row.scopes)),
    row.password_change_required,
    row.status === "ENABLED",
    lockedUntilMs,
    row.starts_at?.getTime() ?? Number.NEGATIVE_INFINITY,
    row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
  );
}

function settingsOf(row: Row, grantTypes: readonly string[]): KnownTokenSettings {
  return {
    grantTypes,
    accessAmount: row.access_amount,
    accessUnit: row.access_unit,
    refreshAmount: row.refresh_amount,
    refreshUnit: row.refresh_unit,
    accessUses: row.access_uses,
    refreshUses: row.refresh_uses,
    redirectUrls: row.redirect_urls,
  };
}
