import type { Client, CreateClientInput } from "@latchkey/sdk";
import type { World } from "../support/world.js";

let seeded = 0;

/** Names that no other client of this run has. */
export function named(fields: Partial<CreateClientInput> = {}): CreateClientInput {
  const name = `client-${++seeded}`;
  return { clientId: name, name, displayName: `Client ${seeded}`, note: "seeded", ...fields };
}

/** A client with these fields, and the secret of a key that it holds. */
export async function seedClientWithKey(
  world: World,
  fields: Partial<CreateClientInput> = {},
): Promise<{ client: Client; secret: string }> {
  const group = await world.latchkey.groups.create({ name: `group-${++seeded}`, apiIds: [] });
  const client = await world.latchkey.clients.create(named({ ...fields, groupIds: [group.id] }));
  const key = { clientId: client.id, name: "key", expiresAt: "2099-12-31", groupIds: [group.id] };
  const { secret } = await world.latchkey.keys.create(key);
  return { client, secret };
}
