import { randomBytes } from "node:crypto";
import type {
  Api,
  AuthorityGroup,
  Client,
  Collection,
  CreateClientInput,
  CreatedApiKey,
  Latchkey,
  Region,
} from "@latchkey/sdk";

export interface Seeded extends CreatedApiKey {
  readonly region: Region;
  readonly collection: Collection;
  readonly api: Api;
  readonly group: AuthorityGroup;
  readonly client: Client;
}

/** A name that no other test has. */
export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString("hex")}`;
}

/** Everything from a region down to a client's key in force, which may GET one path. Made with the SDK. */
export async function seedKey(
  latchkey: Latchkey,
  path = "/orders/{id}",
  ofClient: Partial<CreateClientInput> = {},
): Promise<Seeded> {
  const name = unique("seed");
  const region = await latchkey.regions.create({ code: name, name });
  const collection = await latchkey.collections.create({
    regionId: region.id,
    name,
    serverName: "orders",
    baseUrl: "https://orders.example.com",
  });
  const api = await latchkey.apis.create({
    collectionId: collection.id,
    kind: "REST",
    name,
    method: "GET",
    path,
  });
  const group = await latchkey.groups.create({ name, apiIds: [api.id] });
  const client = await latchkey.clients.create({
    clientId: name,
    name,
    displayName: name,
    note: "Seeded",
    groupIds: [group.id],
    ...ofClient,
  });
  const created = await latchkey.keys.create({
    clientId: client.id,
    name: "production",
    expiresAt: "2099-12-31",
    groupIds: [group.id],
    metadata: { plan: "gold" },
  });
  return { region, collection, api, group, client, ...created };
}
