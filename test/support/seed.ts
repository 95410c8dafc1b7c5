import { randomBytes } from "node:crypto";
import {
  type Api,
  type AuthorityGroup,
  type Client,
  type CreatedApiKey,
  Latchkey,
  type Role,
  type User,
} from "@latchkey/sdk";
import type { World } from "./world.js";

export const PASSWORD = "a-good-pass-phrase";
/** Far enough to be in the future however far a test moves the clock. */
export const FAR = "2099-12-31";

/** A name that no other test has. */
export function unique(name: string): string {
  return `${name}-${randomBytes(5).toString("hex")}`;
}

export async function seedApi(
  { latchkey }: World,
  changes: Partial<Parameters<Latchkey["apis"]["create"]>[0]> = {},
): Promise<Api> {
  const collectionId = changes.collectionId ?? (await seedCollection(latchkey)).id;
  const path = `/${unique("orders")}/{id}`;
  return latchkey.apis.create({ collectionId, kind: "REST", name: unique("Read"), method: "GET", path, ...changes });
}

export async function seedCollection(latchkey: Latchkey) {
  const region = await latchkey.regions.create({ code: unique("r"), name: unique("Region") });
  const name = unique("collection");
  const collection = { regionId: region.id, name, serverName: "orders", baseUrl: "https://orders.example.com" };
  return { ...(await latchkey.collections.create(collection)), regionCode: region.code };
}

export async function seedGroup(
  world: World,
  changes: Partial<Parameters<Latchkey["groups"]["create"]>[0]> = {},
): Promise<AuthorityGroup> {
  const apiIds = changes.apiIds ?? [(await seedApi(world)).id];
  return world.latchkey.groups.create({ name: unique("group"), apiIds, ...changes });
}

export async function seedClient(
  { latchkey }: World,
  changes: Partial<Parameters<Latchkey["clients"]["create"]>[0]> = {},
): Promise<Client> {
  const name = unique("client");
  // Without a limit of calls in a second: tests ask as fast as they can.
  return latchkey.clients.create({
    clientId: name,
    name,
    displayName: name,
    note: "seeded",
    tpsPerNode: 0,
    ...changes,
  });
}

export interface SeededKey extends CreatedApiKey {
  readonly client: Client;
  readonly api: Api;
  readonly group: AuthorityGroup;
  /** A call that the key may make. */
  readonly call: { readonly method: string; readonly path: string };
}

/** A call that the REST API answers. */
export function callOf({ method, path }: Api): { readonly method: string; readonly path: string } {
  if (method === null || path === null) throw new Error("Only a REST API is called by method and path.");
  return { method, path: path.replace(/\{[^}]*\}/g, "7") };
}

/** A client's key with one group, which grants one API. */
export async function seedKey(
  world: World,
  changes: Partial<Parameters<Latchkey["keys"]["create"]>[0]> = {},
): Promise<SeededKey> {
  const api = await seedApi(world);
  const group = await seedGroup(world, { apiIds: [api.id] });
  const client = await seedClient(world, { groupIds: [group.id] });
  const input = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [group.id], ...changes };
  const created = await world.latchkey.keys.create(input);
  return { ...created, client, api, group, call: callOf(api) };
}

export interface SeededUser {
  readonly user: User;
  readonly token: string;
  readonly latchkey: Latchkey;
}

export async function seedUser(world: World, role: Role): Promise<SeededUser> {
  const userName = unique(role.toLowerCase());
  const user = await world.latchkey.users.create({ userName, password: PASSWORD, role });
  const latchkey = new Latchkey({ url: world.url });
  const { token } = await latchkey.signIn({ name: userName, password: PASSWORD });
  return { user, token, latchkey };
}

/** A client that has signed in. */
export async function seedSignedInClient(world: World) {
  const client = await seedClient(world, { password: PASSWORD, passwordConfirmation: PASSWORD });
  const latchkey = new Latchkey({ url: world.url });
  const { token } = await latchkey.signIn({ name: client.clientId, password: PASSWORD });
  return { client, token, latchkey };
}
