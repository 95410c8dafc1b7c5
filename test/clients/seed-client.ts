import type { AuthorityGroup, Client, CreateAuthorityGroupInput, CreateClientInput } from "@latchkey/sdk";
import type { World } from "../support/world.js";

let seeded = 0;

/** Names that no other client of this run has. */
export function named(fields: Partial<CreateClientInput> = {}): CreateClientInput {
  const name = `client-${++seeded}`;
  return { clientId: name, name, displayName: `Client ${seeded}`, note: "seeded", ...fields };
}

/** An authority group that grants `GET /<its name>`, in a collection of its own. */
export async function seedGroup(
  world: World,
  { name = `group-${++seeded}`, securityLevel }: Partial<CreateAuthorityGroupInput> = {},
): Promise<AuthorityGroup> {
  const region = await world.latchkey.regions.create({ code: `r${++seeded}`, name: `Region ${seeded}` });
  const server = { name: "server", serverName: "server", baseUrl: "https://server.example.com" };
  const { id: collectionId } = await world.latchkey.collections.create({ regionId: region.id, ...server });
  const operation = { kind: "REST", name: "Read", method: "GET", path: `/${name}` } as const;
  const { id } = await world.latchkey.apis.create({ collectionId, ...operation });
  return world.latchkey.groups.create({ name, apiIds: [id], ...(securityLevel && { securityLevel }) });
}

/** A client with these fields, and the secret of a key that it holds. */
export async function seedClientWithKey(
  world: World,
  fields: Partial<CreateClientInput> = {},
): Promise<{ client: Client; secret: string }> {
  const group = await seedGroup(world);
  const client = await world.latchkey.clients.create(named({ tpsPerNode: 0, ...fields, groupIds: [group.id] }));
  const key = { clientId: client.id, name: "key", expiresAt: "2099-12-31", groupIds: [group.id] };
  const { secret } = await world.latchkey.keys.create(key);
  return { client, secret };
}
