import { type Actor, SYSTEM_ACTOR } from "../access/actor.js";
import type { Call } from "../access/call.js";
import type { ClientAuthentication } from "../tokens/authenticate-client.js";
import type { KnownClient } from "../verification/known-clients.js";
import { credentialsIn, invalidClient } from "./client-credentials.js";
import type { OAuthRequest } from "./oauth-request.js";
import type { OAuthParameters } from "./parameters.js";

/** A client that has authenticated, and its call. */
export interface CallingClient {
  readonly client: KnownClient;
  readonly call: Call;
}

/** Refuses with one answer, after the same work, an unknown client, a wrong password and a client that is not in force. */
export async function authenticateClient(
  authentication: ClientAuthentication,
  { origin, authorization }: OAuthRequest,
  parameters: Pick<OAuthParameters<"client_id" | "client_secret">, "get">,
): Promise<CallingClient> {
  const { clientId, secret } = credentialsIn(authorization, parameters);
  const client = await authentication.authenticate(origin, clientId, secret);
  if (!client) throw invalidClient("The client's id or its password is wrong.");
  return { client, call: { ...origin, actor: actorOf(client) } };
}

function actorOf({ id, clientId, timeZone }: KnownClient): Actor {
  return { ...SYSTEM_ACTOR, kind: "CLIENT", id, name: clientId, timeZone };
}
