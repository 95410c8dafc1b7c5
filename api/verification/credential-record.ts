import type pg from "pg";
import { CompiledServiceTime, type ServiceTime } from "../conditions/service-time.js";
import type { StoredSecret } from "../secrets/stored-secret.js";
import { HostBindings } from "./host-bindings.js";

/** Everything a verdict needs to know of a credential, flat and decoded once, when it is loaded. */
export interface CredentialRecord extends StoredSecret {
  readonly id: string;
  readonly name: string;
  readonly lookupId: string;
  readonly secretId: string;
  /** Until when this secret of the key is accepted. Infinity: it is the current one; -Infinity: it is retired. */
  readonly acceptedUntilMs: number;
  readonly effectiveAtMs: number;
  /** Infinity: never. */
  readonly expiresAtMs: number;
  readonly revoked: boolean;
  readonly disabled: boolean;
  /** Waits for its confirmation. */
  readonly draft: boolean;
  readonly metadata: object;
  readonly client: {
    readonly id: string;
    readonly clientId: string;
    readonly displayName: string;
    readonly priority: number;
    readonly status: string;
    /** Until when failed sign-ins lock it. Infinity: for good; -Infinity: not at all. */
    readonly lockedUntilMs: number;
    /** -Infinity: from ever. */
    readonly startsAtMs: number;
    /** Infinity: never. */
    readonly expiresAtMs: number;
    /** Null: always. */
    readonly serviceTime: CompiledServiceTime | null;
    /** Null: any address. */
    readonly hostBindings: HostBindings | null;
  } | null;
  readonly user: { readonly id: string; readonly userName: string } | null;
  readonly groupIds: ReadonlySet<string>;
  readonly groupNames: readonly string[];
  /** Of a client's key: the client's scopes whose groups it holds; of a user's key: its management permissions. */
  readonly scopes: readonly string[];
  /** The catalogue in force when it was loaded; a compiled one that is older must not judge it. */
  readonly catalogueEpoch: number;
}

/**
 * Finds a key by lookup id with everything its verdict needs, in one round trip. The left joins keep a key whose groups
 * are gone: it is refused for the group it lacks, not reported as unknown.
 */
const SELECT_API_KEY = `
    select k.id, k.name, x.lookup_id, x.id as secret_id, x.place, x.digest, x.pepper_version,
           x.imported, x.prefix, k.rotation_ends_at, k.effective_at, k.expires_at, k.revoked_at,
           k.disabled_at, k.draft, k.metadata, k.permissions,
           c.id as client_pk, c.client_id, c.display_name, c.priority, c.status as client_status,
           c.locked_at, c.lock_ends_at,
           c.starts_at as client_starts_at, c.expires_at as client_expires_at, c.service_time, c.host_bindings,
           u.id as user_pk, u.user_name,
           coalesce(g.ids, '{}') as group_ids, coalesce(g.names, '{}') as group_names,
           coalesce(s.names, '{}') as scope_names,
           (select epoch from catalogue_epoch) as catalogue_epoch
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

const FIND_API_KEY = { name: "find-api-key", text: `${SELECT_API_KEY} x.lookup_id = $1` };

/** One that another system made, by all digests that it may be stored under. */
const FIND_IMPORTED_KEY = {
  name: "find-imported-key",
  text: `${SELECT_API_KEY} x.imported and x.digest = any($1::bytea[])`,
};

interface Row {
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
  client_pk: string | null;
  client_id: string;
  display_name: string;
  priority: number;
  client_status: string;
  locked_at: Date | null;
  lock_ends_at: Date | null;
  client_starts_at: Date | null;
  client_expires_at: Date | null;
  service_time: ServiceTime | null;
  host_bindings: { match: string }[];
  user_pk: string | null;
  user_name: string;
  group_ids: string[];
  group_names: string[];
  scope_names: string[];
  catalogue_epoch: string;
}

export async function findApiKey(pool: pg.Pool, lookupId: string): Promise<CredentialRecord | undefined> {
  const { rows } = await pool.query<Row>({ ...FIND_API_KEY, values: [lookupId] });
  return rows[0] && decode(rows[0]);
}

export async function findImportedKey(
  pool: pg.Pool,
  digests: readonly Buffer[],
): Promise<CredentialRecord | undefined> {
  const { rows } = await pool.query<Row>({ ...FIND_IMPORTED_KEY, values: [digests] });
  return rows[0] && decode(rows[0]);
}

function decode(row: Row): CredentialRecord {
  return {
    id: row.id,
    name: row.name,
    lookupId: row.lookup_id,
    secretId: row.secret_id,
    acceptedUntilMs: acceptedUntilMsOf(row),
    digest: row.digest,
    pepperVersion: row.pepper_version,
    imported: row.imported,
    prefix: row.prefix,
    effectiveAtMs: row.effective_at.getTime(),
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
    catalogueEpoch: Number(row.catalogue_epoch),
  };
}

function decodeClient(id: string, row: Row): CredentialRecord["client"] {
  const { client_id: clientId, display_name: displayName, priority, client_status: status } = row;
  const conditions = decodeConditions(row);
  return { id, clientId, displayName, priority, status, lockedUntilMs: lockedUntilMsOf(row), ...conditions };
}

function acceptedUntilMsOf({ place, rotation_ends_at: endsAt }: Row): number {
  if (place === "CURRENT") return Number.POSITIVE_INFINITY;
  return place === "PREVIOUS" && endsAt !== null ? endsAt.getTime() : Number.NEGATIVE_INFINITY;
}

function lockedUntilMsOf({ locked_at: lockedAt, lock_ends_at: lockEndsAt }: Row): number {
  if (lockedAt === null) return Number.NEGATIVE_INFINITY;
  return lockEndsAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** When and from where a client's credentials are allowed. */
function decodeConditions(row: Row) {
  return {
    startsAtMs: row.client_starts_at?.getTime() ?? Number.NEGATIVE_INFINITY,
    expiresAtMs: row.client_expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    serviceTime: row.service_time && new CompiledServiceTime(row.service_time),
    hostBindings: HostBindings.compile(row.host_bindings),
  };
}
