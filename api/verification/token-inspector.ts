import type pg from "pg";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { type Case, standing } from "./checks.js";
import type { HostNames } from "./host-names.js";
import type { KnownClients } from "./known-clients.js";
import type { KnownCredential } from "./known-credential.js";
import type { Recogniser } from "./recogniser.js";

/** A token that is in force. */
export interface InspectedToken {
  readonly kind: "ACCESS" | "REFRESH";
  readonly id: string;
  readonly client: { readonly id: string; readonly clientId: string };
  /** Who consented, or signed in; null: the client for itself. */
  readonly user: { readonly id: string; readonly userName: string } | null;
  /** As far as its client still holds them. */
  readonly scopes: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface TokenInspectorOptions {
  readonly pool: Pick<pg.Pool, "query">;
  readonly lease: { holds(): boolean };
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly recogniser: Recogniser;
  readonly clients: KnownClients;
}

const ATTEMPTS_MAX = 5;

/** This node cannot know just now. */
export class Undecided extends Error {
  override readonly name = "Undecided";
}

/** Tells what a token is and whether it is in force, wherever it is used. Uses nothing up. */
export class TokenInspector {
  constructor(private readonly options: TokenInspectorOptions) {}

  /** Undefined for whatever is not in force. An access token that is in memory costs no look-up. */
  async inspect(text: string, nowMs: number): Promise<InspectedToken | undefined> {
    const kind = parseSecret(this.options.brand, text)?.kind;
    if (!this.options.lease.holds()) throw new Undecided("This node has lost its lease.");
    if (kind === "at") return this.accessToken(text, nowMs);
    return kind === "rt" ? this.refreshToken(text, nowMs) : undefined;
  }

  private async accessToken(text: string, nowMs: number): Promise<InspectedToken | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const known = await this.options.recogniser.recognise(text, nowMs);
      if ("code" in known) {
        if (known.code === "UNDECIDED") throw new Undecided(known.message);
        return undefined;
      }
      const isInForce = stands(known, nowMs) && (await this.hasUsesLeft(known));
      // What has changed meanwhile is judged anew.
      if (known.current && this.options.lease.holds()) return isInForce ? inspected(known) : undefined;
    }
    throw new Undecided("It changes faster than it can be judged.");
  }

  private async hasUsesLeft({ record }: KnownCredential): Promise<boolean> {
    const uses = record.quotas.find(({ isUses }) => isUses);
    if (!uses) return true;
    const { rows } = await this.options.pool.query<{ used: string }>({ ...FIND_USES, values: [uses.subjectId] });
    return Number(rows[0]?.used ?? 0) < uses.limit;
  }

  /** Exchanged seldom, and changed by every exchange: it is looked up each time. */
  private async refreshToken(text: string, nowMs: number): Promise<InspectedToken | undefined> {
    const { pool, keyRing, brand, clients, lease } = this.options;
    const lookupId = parseSecret(brand, text)?.lookupId;
    const { rows } = await pool.query<RefreshRow>({ ...FIND_REFRESH_TOKEN, values: [lookupId] });
    const [row] = rows;
    if (!row || !matchesDigest(keyRing, { digest: row.digest, pepperVersion: row.pepper_version }, text)) {
      return undefined;
    }
    const client = await clients.find(row.client_id);
    if (!lease.holds()) throw new Undecided("This node has lost its lease.");
    const isUsedUp = row.uses_max > 0 && row.refreshes >= row.uses_max;
    if (row.is_over || isUsedUp || row.expires_at.getTime() <= nowMs || !client?.isInForce(nowMs)) return undefined;
    const scopes = [...client.scopes].filter(([, id]) => row.scope_ids.includes(id)).map(([name]) => name);
    return {
      kind: "REFRESH",
      id: row.id,
      client,
      user: row.user_id === null ? null : { id: row.user_id, userName: row.user_name },
      scopes: scopes.sort(),
      createdAtMs: row.created_at.getTime(),
      expiresAtMs: row.expires_at.getTime(),
    };
  }
}

function stands({ record }: KnownCredential, nowMs: number): boolean {
  const judged: Case = { record, demand: NO_DEMAND, found: undefined, granted: undefined, nowMs, hostNames: NO_NAMES };
  return standing.every(({ judge }) => judge(judged) === undefined);
}

const NO_DEMAND = { credential: undefined };
/** None of the checks asks for one. */
const NO_NAMES: Pick<HostNames, "addressesOf"> = { addressesOf: () => [] };

function inspected({ record }: KnownCredential): InspectedToken | undefined {
  const { id, client, user, scopes, createdAtMs, expiresAtMs } = record;
  if (!client || createdAtMs === null) return undefined;
  return { kind: "ACCESS", id, client, user, scopes, createdAtMs, expiresAtMs };
}

/** Uses are counted for good, in one period. */
const FIND_USES = { name: "find-token-uses", text: "select used from quota_counters where subject_id = $1" };

const FIND_REFRESH_TOKEN = {
  name: "find-refresh-token",
  text: `
    select t.id, t.digest, t.pepper_version, t.scope_ids, t.uses_max, t.created_at, t.expires_at, f.refreshes,
           coalesce(t.revoked_at, f.revoked_at, t.replaced_at) is not null as is_over,
           c.client_id, u.id as user_id, u.user_name
    from tokens t
    join token_families f on f.id = t.family_id
    join clients c on c.id = f.client_id
    left join users u on u.id = f.user_id
    where t.kind = 'REFRESH' and t.lookup_id = $1`,
};

interface RefreshRow {
  readonly id: string;
  readonly digest: Buffer;
  readonly pepper_version: number;
  readonly scope_ids: readonly string[];
  readonly uses_max: number;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly refreshes: number;
  readonly is_over: boolean;
  readonly client_id: string;
  readonly user_id: string | null;
  readonly user_name: string;
}
