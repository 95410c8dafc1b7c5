import { createHash } from "node:crypto";
import type { Client } from "@latchkey/sdk";
import { setTokens } from "../support/oauth.js";
import { seedApi, seedClient, seedGroup, unique } from "../support/seed.js";
import type { World } from "../support/world.js";

export const VERIFIER = "a-verifier-of-at-least-forty-three-characters";
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
export const CALLBACK = "https://shop.example.com/callback";

/** A client that sends its users to sign in, and holds a scope. */
export interface Application {
  readonly client: Client;
  readonly scope: { readonly id: string; readonly name: string; readonly description: string };
  readonly call: { readonly method: string; readonly path: string };
  /** Where it sends a browser to; undefined leaves a parameter out. */
  url(changes?: Readonly<Record<string, string | undefined>>): string;
}

interface ApplicationOptions {
  readonly grantTypes?: readonly string[];
  readonly redirectUrls?: readonly string[];
  readonly changes?: Parameters<typeof seedClient>[1];
}

export async function seedApplication(world: World, options: ApplicationOptions = {}): Promise<Application> {
  const { grantTypes = ["AUTHORIZATION_CODE"], redirectUrls = [CALLBACK], changes = {} } = options;
  const api = await seedApi(world);
  const group = await seedGroup(world, { apiIds: [api.id] });
  const description = "Read your orders & what became of them";
  const scope = await world.latchkey.scopes.create({ name: unique("orders:read"), description, groupIds: [group.id] });
  const client = await seedClient(world, { groupIds: [group.id], ...changes });
  await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
  await setTokens(world, client.id, { grantTypes, redirectUrls });
  return {
    client,
    scope,
    call: { method: "GET", path: (api.path ?? "").replace("{id}", "7") },
    url: (asked = {}) => {
      const parameters = {
        response_type: "code",
        client_id: client.clientId,
        redirect_uri: redirectUrls[0],
        scope: scope.name,
        state: "a state",
        code_challenge: CHALLENGE,
        code_challenge_method: "S256",
        ...asked,
      };
      const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
      return `/oauth/authorize?${new URLSearchParams(given).toString()}`;
    },
  };
}
