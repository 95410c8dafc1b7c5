import type pg from "pg";
import { CompiledServiceTime, type ServiceTime } from "../conditions/service-time.js";
import type { ClientRecord, CredentialRecord, Quota } from "./credential-record.js";
import { HostBindings } from "./host-bindings.js";

const CLIENT_COLUMNS = `
           c.id as client_pk, c.client_id, c.display_name, c.priority, c.status as client_status,
           c.locked_at, c.lock_ends_at, c.tps_per_node,
           c.quota_limit as client_quota_limit, c.quota_period as client_quota_period,
           c.starts_at as client_starts_at, c.expires_at as client_expires_at, c.service_time, c.host_bindings`;

/**
 * Keys with everything that their verdicts need, in one round trip. The left joins keep a key whose groups are gone: it is
 * refused for the group it lacks, not reported as unknown.
 */
const SELECT_API_KEYS = `
    select k.id, k.name, x.lookup_id, x.id as secret_id, x.place, x.digest, x.pepper_version,
           x.imported, x.prefix, k.rotation_ends_at, k.effective_at, k.expires_at, k.revoked_at,
           k.disabled_at, k.draft, k.metadata, k.permissions, k.quota_limit, k.quota_period,${CLIENT_COLUMNS},
           u.id as user_pk, u.user_name, coalesce(c.time_zone, u.time_zone) as time_zone,
           coalesce(g.ids, '{}') as group_ids, coalesce(g.names, '{}') as group_names,
           coalesce(s.names, '{}') as scope_names
    from api_key_secrets x
    join api_keys k on k.id = x.api_key_id
    left join clients c on c.id = k.client_id
    left join users u on u.id = k.user_id
    left join lateral (
      select array_agg(a.id::text) as ids, array_agg(a.name order by a.name) as names
      from api_key_groups kg join authority_groups a on a.id = kg.group_id
      where kg.api_key_id = k.id
    ) g on true
    left join lateral (
      select array_agg(sc.name order by sc.name) as names
      from client_scopes cs join scopes sc on sc.id = cs.scope_id
      where cs.client_id = k.client_id and not exists (
        select 1 from scope_groups sg where sg.scope_id = sc.id and not exists (
          select 1 from api_key_groups kg where kg.api_key_id = k.id and kg.group_id = sg.group_id
        )
      )
    ) s on true
    where `;

const FIND_API_KEYS = { name: "find-api-keys", text: `${SELECT_API_KEYS} x.lookup_id = any($1::text[])` };

/** Ones that another system made, by all digests that they may be stored under. */
const FIND_IMPORTED_KEYS = {
  name: "find-imported-keys",
  text: `${SELECT_API_KEYS} x.imported and x.digest = any($1::bytea[])`,
};

/** By id, to explain what is refused to whom without its secret: its current one. */
const FIND_API_KEY_BY_ID = {
  name: "find-api-key-by-id",
  text: `${SELECT_API_KEYS} k.id = $1 and x.place = 'CURRENT'`,
};

/**
 * Access tokens likewise. A token has what it was granted, as far as its client still holds it: of the scopes that it
 * names, and of the client's own groups when it named none. Its user is who consented.
 */
const FIND_ACCESS_TOKENS = {
  name: "find-access-tokens",
  text: `
    select t.id, t.family_id, t.lookup_id, t.digest, t.pepper_version, t.created_at, t.expires_at, t.uses_max,
           coalesce(t.revoked_at, f.revoked_at) as revoked_at, f.grant_type,${CLIENT_COLUMNS},
           u.id as user_pk, u.user_name, c.time_zone,
           coalesce(g.ids, '{}') as group_ids, coalesce(g.names, '{}') as group_names,
           coalesce(s.names, '{}') as scope_names
    from tokens t
    join token_families f on f.id = t.family_id
    join clients c on c.id = f.client_id
    left join users u on u.id = f.user_id
    left join lateral (
      select array_agg(a.id::text) as ids, array_agg(a.name order by a.name) as names
      from authority_groups a where a.id in (
        select cg.group_id from client_groups cg where t.own_groups and cg.client_id = c.id
        union
        select sg.group_id from client_scopes cs join scope_groups sg on sg.scope_id = cs.scope_id
        where cs.client_id = c.id and cs.scope_id = any(t.scope_ids)
      )
    ) g on true
    left join lateral (
      select array_agg(sc.name order by sc.name) as names
      from client_scopes cs join scopes sc on sc.id = cs.scope_id
      where cs.client_id = c.id and cs.scope_id = any(t.scope_ids)
    ) s on true
    where t.kind = 'ACCESS' and t.lookup_id = any($1::text[])`,
};

type Queryable = Pick<pg.Pool, "query">;

export async function findAccessTokens(pool: Queryable, lookupIds: readonly string[]): Promise<CredentialRecord[]> {
  const { rows } = await pool.query<TokenRow>({ ...FIND_ACCESS_TOKENS, values: [lookupIds] });
  return rows.map(decodeToken);
}

export async function findApiKeys(pool: Queryable, lookupIds: readonly string[]): Promise<CredentialRecord[]> {
  const { rows } = await pool.query<Row>({ ...FIND_API_KEYS, values: [lookupIds] });
  return rows.map(decode);
}

export async function findImportedKey(
  pool: Queryable,
  digests: readonly Buffer[],
): Promise<CredentialRecord | undefined> {
  const { rows } = await pool.query<Row>({ ...FIND_IMPORTED_KEYS, values: [digests] });
  return rows[0] && decode(rows[0]);
}

export async function findApiKeyById(pool: Queryable, id: string): Promise<CredentialRecord | undefined> {
  const { rows } = await pool.query<Row>({ ...FIND_API_KEY_BY_ID, values: [id] });
  return rows[0] && decode(rows[0]);
}

interface ClientColumns {
  client_id: string;
  display_name: string;
  priority: number;
  client_status: string;
  locked_at: Date | null;
  lock_ends_at: Date | null;
  tps_per_node: number;
  client_quota_limit: number | null;
  client_quota_period: Quota["period"] | null;
  client_starts_at: Date | null;
  client_expires_at: Date | null;
  service_time: ServiceTime | null;
  host_bindings: { match: string }[];
  time_zone: string;
}

interface TokenRow extends ClientColumns {
  id: string;
  family_id: string;
  lookup_id: string;
  digest: Buffer;
  pepper_version: number;
  created_at: Date;
  expires_at: Date;
  uses_max: number;
  revoked_at: Date | null;
  grant_type: string;
  client_pk: string;
  user_pk: string | null;
  user_name: string;
  group_ids: string[];
  group_names: string[];
  scope_names: string[];
}

interface Row extends ClientColumns {
  id: string;
  name: string;
  lookup_id: string;
  secret_id: string;
  place: string;
  rotation_ends_at: Date | null;
  digest: Buffer;
  pepper_version: number | null;
  imported: boolean;
  prefix: string | null;
  effective_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  disabled_at: Date | null;
  draft: boolean;
  metadata: object;
  permissions: string[] | null;
  quota_limit: number | null;
  quota_period: Quota["period"] | null;
  client_pk: string | null;
  user_pk: string | null;
  user_name: string;
  group_ids: string[];
  group_names: string[];
  scope_names: string[];
}

function decode(row: Row): CredentialRecord {
  return {
    kind: "API_KEY",
    id: row.id,
    familyId: null,
    name: row.name,
    lookupId: row.lookup_id,
    secretId: row.secret_id,
    acceptedUntilMs: acceptedUntilMsOf(row),
    digest: row.digest,
    pepperVersion: row.pepper_version,
    imported: row.imported,
    prefix: row.prefix,
    effectiveAtMs: row.effective_at.getTime(),
    createdAtMs: null,
    expiresAtMs: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    revoked: row.revoked_at !== null,
    disabled: row.disabled_at !== null,
    draft: row.draft,
    metadata: row.metadata,
    client: row.client_pk === null ? null : decodeClient(row.client_pk, row),
    user: row.user_pk === null ? null : { id: row.user_pk, userName: row.user_name },
    groupIds: new Set(row.group_ids),
    groupNames: row.group_names,
    scopes: row.permissions ?? row.scope_names,
    quotas: quotasOf(row),
  };
}

function decodeToken(row: TokenRow): CredentialRecord {
  return {
    kind: "ACCESS_TOKEN",
    id: row.id,
    familyId: row.family_id,
    name: row.grant_type.toLowerCase(),
    lookupId: row.lookup_id,
    secretId: row.id,
    acceptedUntilMs: Number.POSITIVE_INFINITY,
    digest: row.digest,
    pepperVersion: row.pepper_version,
    imported: false,
    prefix: null,
    effectiveAtMs: Number.NEGATIVE_INFINITY,
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    revoked: row.revoked_at !== null,
    disabled: false,
    draft: false,
    metadata: {},
    client: decodeClient(row.client_pk, row),
    user: row.user_pk === null ? null : { id: row.user_pk, userName: row.user_name },
    groupIds: new Set(row.group_ids),
    groupNames: row.group_names,
    scopes: row.scope_names,
    quotas: [...clientQuotaOf(row.client_pk, row), ...usesOf(row)],
  };
}

function decodeClient(id: string, row: ClientColumns): ClientRecord {
  return {
    id,
    clientId: row.client_id,
    displayName: row.display_name,
    priority: row.priority,
    status: row.client_status,
    lockedUntilMs: lockedUntilMsOf(row),
    startsAtMs: row.client_starts_at?.getTime() ?? Number.NEGATIVE_INFINITY,
    expiresAtMs: row.client_expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    serviceTime: row.service_time && new CompiledServiceTime(row.service_time),
    hostBindings: HostBindings.compile(row.host_bindings),
    tpsPerNode: row.tps_per_node,
  };
}

function quotasOf(row: Row): Quota[] {
  const { id: subjectId, quota_limit: limit, quota_period: period, time_zone: timeZone } = row;
  const own = limit === null || period === null ? [] : [{ subjectId, isUses: false, limit, period, timeZone }];
  return [...clientQuotaOf(row.client_pk, row), ...own];
}

function clientQuotaOf(subjectId: string | null, row: ClientColumns): Quota[] {
  const { client_quota_limit: limit, client_quota_period: period, time_zone: timeZone } = row;
  if (subjectId === null || limit === null || period === null) return [];
  return [{ subjectId, isUses: false, limit, period, timeZone }];
}

function usesOf({ id: subjectId, uses_max: limit }: TokenRow): Quota[] {
  return limit === 0 ? [] : [{ subjectId, isUses: true, limit, period: "TOTAL", timeZone: "UTC" }];
}

function acceptedUntilMsOf({ place, rotation_ends_at: endsAt }: Row): number {
  if (place === "CURRENT") return Number.POSITIVE_INFINITY;
  return place === "PREVIOUS" && endsAt !== null ? endsAt.getTime() : Number.NEGATIVE_INFINITY;
}

function lockedUntilMsOf({ locked_at: lockedAt, lock_ends_at: lockEndsAt }: ClientColumns): number {
  if (lockedAt === null) return Number.NEGATIVE_INFINITY;
  return lockEndsAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
