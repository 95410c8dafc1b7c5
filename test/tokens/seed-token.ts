import type { Api, AuthorityGroup, Client, GenerateTokenInput, Scope, UpdateTokenSettingsInput } from "@latchkey/sdk";
import { callOf, PASSWORD, seedApi, seedClient, seedGroup, unique } from "../support/seed.js";
import type { World } from "../support/world.js";

export type Settings = Omit<UpdateTokenSettingsInput, "clientId">;

/** A client that may come by tokens, with a group of its own and a scope, each with an API of its own. */
export interface TokenClient {
  readonly client: Client;
  readonly own: { readonly api: Api; readonly group: AuthorityGroup; readonly call: ReturnType<typeof callOf> };
  readonly scope: Scope & { readonly api: Api; readonly call: ReturnType<typeof callOf> };
  /** To generate a token with. */
  readonly credentials: Pick<GenerateTokenInput, "clientId" | "clientSecret">;
}

export async function seedTokenClient(
  world: World,
  settings?: Settings,
  changes: Parameters<typeof seedClient>[1] = {},
): Promise<TokenClient> {
  const [ownApi, scopeApi] = [await seedApi(world), await seedApi(world)];
  const group = await seedGroup(world, { apiIds: [ownApi.id] });
  const ofScope = await seedGroup(world, { apiIds: [scopeApi.id] });
  const scope = await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [ofScope.id] });
  const password = { password: PASSWORD, passwordConfirmation: PASSWORD };
  const made = await seedClient(world, { groupIds: [group.id], ...password, ...changes });
  const client = await world.latchkey.clients.addScopes({ clientId: made.id, scopeIds: [scope.id] });
  if (settings) await world.latchkey.clients.updateTokenSettings({ clientId: client.id, ...settings });
  return {
    client,
    own: { api: ownApi, group, call: callOf(ownApi) },
    scope: { ...scope, api: scopeApi, call: callOf(scopeApi) },
    credentials: { clientId: client.clientId, clientSecret: PASSWORD },
  };
}

/** Such a client with a token. */
export async function seedToken(world: World, settings?: Settings, input: Partial<GenerateTokenInput> = {}) {
  const seeded = await seedTokenClient(world, settings);
  const generated = await world.latchkey.tokens.generate({ ...seeded.credentials, ...input });
  return { ...seeded, ...generated };
}
