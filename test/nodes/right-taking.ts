import type { VerifyRequest } from "@latchkey/sdk";
import { failSignIns } from "../support/accounts.js";
import { type SeededKey, seedKey, unique } from "../support/seed.js";
import type { World } from "../support/world.js";

/** A key that is allowed something, and what of it is asked. */
export interface Holder extends SeededKey {
  readonly request: VerifyRequest;
}

/** A change after which something is refused that was allowed before. */
export interface RightTaking {
  readonly name: string;
  /** Of the refusal. */
  readonly code: string;
  /** Gives the right that will be taken, where a seeded key has not got it. */
  readonly give?: (world: World, key: SeededKey) => Promise<Partial<VerifyRequest>>;
  readonly take: (world: World, holder: Holder) => Promise<unknown>;
}

/** The same behind the back of all nodes; the first parameter is what `of` names. */
export interface RightTakingStatement {
  readonly code: string;
  readonly of: "apiKey" | "client" | "group" | "api" | "token" | "family";
  readonly sql: string;
  readonly give?: RightTaking["give"];
}

export async function seedHolder(world: World, give?: RightTaking["give"]): Promise<Holder> {
  const key = await seedKey(world);
  return { ...key, request: { credential: key.secret, api: key.call, ...(await give?.(world, key)) } };
}

/** A token of the client takes the place of the key. Its password is the administrator's. */
async function giveToken({ database, latchkey, admin }: World, { client }: SeededKey): Promise<Partial<VerifyRequest>> {
  await database.query(
    "update clients set password_digest = (select password_digest from users where user_name = $2) where id = $1",
    [client.id, admin.name],
  );
  const credentials = { clientId: client.id, clientSecret: admin.password };
  return { credential: (await latchkey.tokens.generate(credentials)).secret };
}

async function tokenOf({ database }: World, { request }: Holder): Promise<{ id: string; familyId: string }> {
  const { rows } = await database.query('select id, family_id as "familyId" from tokens where lookup_id = $1', [
    request.credential?.slice(6, 18),
  ]);
  return rows[0];
}

/** The id of what a statement is about. */
export async function subjectOf(world: World, holder: Holder, of: RightTakingStatement["of"]): Promise<string> {
  if (of === "token") return (await tokenOf(world, holder)).id;
  return of === "family" ? (await tokenOf(world, holder)).familyId : holder[of].id;
}

const DAY_MS = 86_400_000;
const ALMOST_FAR = "2099-12-30";
const WEEK = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

function dayAfterTomorrow(): (typeof WEEK)[number] {
  return WEEK[new Date(Date.now() + 2 * DAY_MS).getUTCDay()] ?? "SUNDAY";
}

export const MUTATIONS: readonly RightTaking[] = [
  {
    name: "a key is revoked",
    code: "REVOKED",
    take: ({ latchkey }, { apiKey }) => latchkey.keys.revoke({ id: apiKey.id, reason: "leaked" }),
  },
  {
    name: "a key is surrendered by its holder",
    code: "REVOKED",
    take: ({ latchkey }, { secret }) => latchkey.keys.surrender({ secret }),
  },
  {
    name: "keys are revoked by a filter",
    code: "REVOKED",
    take: ({ latchkey }, { client }) =>
      latchkey.keys.revokeMany({ filter: { clientId: client.id }, expectedCount: 1, reason: "leaked" }),
  },
  {
    name: "a key is disabled",
    code: "DISABLED",
    take: ({ latchkey }, { apiKey }) => latchkey.keys.disable(apiKey.id),
  },
  {
    name: "a key's effective date is put off",
    code: "NOT_YET_EFFECTIVE",
    take: ({ latchkey }, { apiKey }) => latchkey.keys.update({ id: apiKey.id, effectiveAt: ALMOST_FAR }),
  },
  {
    name: "a key is rotated without a grace",
    code: "ROTATED_OUT",
    take: ({ latchkey }, { apiKey }) => latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 0 }),
  },
  {
    name: "the grace of a rotation is ended",
    code: "ROTATED_OUT",
    give: async ({ latchkey }, { apiKey }) => {
      await latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 3_600 });
      return {};
    },
    take: ({ latchkey }, { apiKey }) => latchkey.keys.finishRotation(apiKey.id),
  },
  {
    name: "a client is disabled",
    code: "OWNER_DISABLED",
    take: ({ latchkey }, { client }) => latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" }),
  },
  {
    name: "a client is locked by failed sign-ins",
    code: "OWNER_LOCKED",
    give: async ({ database }, { client }) => {
      await database.query(
        "update clients set password_digest = (select password_digest from users limit 1) where id = $1",
        [client.id],
      );
      return {};
    },
    take: (world, { client }) => failSignIns(world, client.clientId, 3),
  },
  {
    name: "a client's start is put off",
    code: "OWNER_NOT_IN_FORCE",
    take: ({ latchkey }, { client }) => latchkey.clients.update({ id: client.id, startsAt: ALMOST_FAR }),
  },
  {
    name: "a client's service time is narrowed",
    code: "OUTSIDE_SERVICE_TIME",
    take: ({ latchkey }, { client }) =>
      latchkey.clients.update({
        id: client.id,
        serviceTime: { timeZone: "UTC", windows: [{ days: [dayAfterTomorrow()], opens: "10:00", closes: "11:00" }] },
      }),
  },
  {
    name: "a client is bound to a host",
    code: "ADDRESS_NOT_ALLOWED",
    give: async () => ({ address: "198.51.100.1" }),
    take: ({ latchkey }, { client }) =>
      latchkey.clients.update({ id: client.id, hostBindings: [{ name: "office", match: "203.0.113.9" }] }),
  },
  {
    name: "groups are taken from a client",
    code: "GROUP_DENIED",
    take: ({ latchkey }, { client, group }) =>
      latchkey.clients.removeGroups({ clientId: client.id, groupIds: [group.id] }),
  },
  {
    name: "a client's security level is lowered with what is above it",
    code: "GROUP_DENIED",
    give: async ({ latchkey }, { client, group }) => {
      await latchkey.clients.setSecurityLevel({ clientId: client.id, securityLevel: "A" });
      await latchkey.groups.update({ id: group.id, securityLevel: "A" });
      return {};
    },
    take: ({ latchkey }, { client }) =>
      latchkey.clients.setSecurityLevel({ clientId: client.id, securityLevel: "C", detach: true }),
  },
  {
    name: "scopes are taken from a client",
    code: "SCOPE_DENIED",
    give: async ({ latchkey }, { client, group }) => {
      const name = unique("scope");
      const { id } = await latchkey.scopes.create({ name, groupIds: [group.id] });
      await latchkey.clients.addScopes({ clientId: client.id, scopeIds: [id] });
      return { scopes: [name] };
    },
    take: async ({ latchkey, database }, { client }) => {
      const { rows } = await database.query<{ scope_id: string }>(
        "select scope_id from client_scopes where client_id = $1",
        [client.id],
      );
      await latchkey.clients.removeScopes({ clientId: client.id, scopeIds: rows.map((row) => row.scope_id) });
    },
  },
  {
    name: "APIs are taken from a group",
    code: "GROUP_DENIED",
    take: ({ latchkey }, { group, api }) => latchkey.groups.removeApis({ groupId: group.id, apiIds: [api.id] }),
  },
  {
    name: "an API is delisted",
    code: "API_UNKNOWN",
    take: ({ latchkey }, { api }) => latchkey.apis.update({ id: api.id, status: "DELISTED" }),
  },
  {
    name: "a token is revoked",
    code: "REVOKED",
    give: giveToken,
    take: async (world, holder) => world.latchkey.tokens.revoke({ id: (await tokenOf(world, holder)).id }),
  },
  {
    name: "all tokens of a client are revoked",
    code: "REVOKED",
    give: giveToken,
    take: ({ latchkey }, { client }) => latchkey.tokens.revokeAll({ clientId: client.id, expectedCount: 1 }),
  },
  {
    name: "all that came of a grant is revoked",
    code: "REVOKED",
    give: giveToken,
    take: async (world, holder) => {
      const { familyId } = await tokenOf(world, holder);
      return world.latchkey.tokens.revokeAll({ familyId });
    },
  },
  {
    name: "a token is surrendered by its holder",
    code: "REVOKED",
    give: giveToken,
    take: ({ latchkey }, { request }) => latchkey.keys.surrender({ secret: request.credential ?? "" }),
  },
  {
    name: "groups are taken from the client of a token",
    code: "GROUP_DENIED",
    give: giveToken,
    take: ({ latchkey }, { client, group }) =>
      latchkey.clients.removeGroups({ clientId: client.id, groupIds: [group.id] }),
  },
  {
    name: "the client of a token is disabled",
    code: "OWNER_DISABLED",
    give: giveToken,
    take: ({ latchkey }, { client }) => latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" }),
  },
  {
    name: "the client of a token is deleted",
    code: "NOT_FOUND",
    give: giveToken,
    take: ({ latchkey }, { client }) => latchkey.clients.delete({ id: client.id, confirm: true }),
  },
  {
    name: "a client is deleted",
    code: "NOT_FOUND",
    take: ({ latchkey }, { client }) => latchkey.clients.delete({ id: client.id, confirm: true }),
  },
];

export const STATEMENTS: readonly RightTakingStatement[] = [
  { code: "REVOKED", of: "apiKey", sql: "update api_keys set revoked_at = now() where id = $1" },
  { code: "DISABLED", of: "apiKey", sql: "update api_keys set disabled_at = now() where id = $1" },
  {
    code: "EXPIRED",
    of: "apiKey",
    sql: `update api_keys set created_at = now() - interval '2 days', effective_at = now() - interval '2 days',
          named_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
  },
  { code: "ROTATED_OUT", of: "apiKey", sql: "update api_key_secrets set place = 'RETIRED' where api_key_id = $1" },
  { code: "NOT_FOUND", of: "apiKey", sql: "update api_key_secrets set digest = sha256('other') where api_key_id = $1" },
  { code: "NOT_FOUND", of: "apiKey", sql: "delete from api_keys where id = $1" },
  { code: "OWNER_DISABLED", of: "client", sql: "update clients set status = 'DISABLED' where id = $1" },
  {
    code: "OWNER_LOCKED",
    of: "client",
    sql: "update clients set password_digest = 'unmatched', locked_at = now() where id = $1",
  },
  { code: "OWNER_NOT_IN_FORCE", of: "client", sql: "update clients set expires_at = now() where id = $1" },
  { code: "GROUP_DENIED", of: "client", sql: "delete from client_groups where client_id = $1" },
  { code: "GROUP_DENIED", of: "apiKey", sql: "delete from api_key_groups where api_key_id = $1" },
  { code: "GROUP_DENIED", of: "group", sql: "delete from group_apis where group_id = $1" },
  { code: "API_UNKNOWN", of: "api", sql: "update apis set status = 'DELISTED' where id = $1" },
  { code: "API_UNKNOWN", of: "api", sql: "update apis set path_shape = path_shape || '/other' where id = $1" },
  { code: "NOT_FOUND", of: "client", sql: "delete from clients where id = $1" },
  { code: "REVOKED", of: "token", sql: "update tokens set revoked_at = now() where id = $1", give: giveToken },
  { code: "REVOKED", of: "family", sql: "update token_families set revoked_at = now() where id = $1", give: giveToken },
  {
    code: "EXPIRED",
    of: "token",
    sql: "update tokens set created_at = now() - interval '1 day', expires_at = now() where id = $1",
    give: giveToken,
  },
  { code: "NOT_FOUND", of: "token", sql: "update tokens set digest = sha256('other') where id = $1", give: giveToken },
  { code: "GROUP_DENIED", of: "token", sql: "update tokens set own_groups = false where id = $1", give: giveToken },
  { code: "NOT_FOUND", of: "token", sql: "delete from tokens where id = $1", give: giveToken },
  { code: "NOT_FOUND", of: "family", sql: "delete from token_families where id = $1", give: giveToken },
];
