import { GrantType } from "../../tokens/grant-type.js";
import { type GrantedScope, grantScope } from "../../tokens/granted-scope.js";
import type { KnownClient } from "../../verification/known-clients.js";
import { invalidRequest, OAuthError } from "../oauth-error.js";
import type { OAuthParameters } from "../parameters.js";
import { CODE_CHALLENGE_METHOD, isCodeChallenge } from "../pkce.js";
import { isRegisteredRedirect } from "../redirect-match.js";
import type { WayBack } from "./way-back.js";

/** Others are ignored (RFC 6749 section 3.1). */
export const REQUEST_NAMES = [
  "client_id",
  "redirect_uri",
  "response_type",
  "response_mode",
  "scope",
  "state",
  "code_challenge",
  "code_challenge_method",
] as const;

export type RequestParameters = OAuthParameters<(typeof REQUEST_NAMES)[number]>;

/** What a client asks its user for. */
export interface AuthorizationRequest {
  readonly client: KnownClient;
  readonly way: WayBack;
  readonly scope: GrantedScope;
  /** Null: for a token at once, by the implicit grant. */
  readonly codeChallenge: string | null;
}

/** Who is refused here is not sent anywhere: where to is what is wrong (RFC 6749 section 4.1.2.1). */
export function findWayBack(client: KnownClient, parameters: RequestParameters): WayBack {
  const registered = client.settings?.redirectUrls ?? [];
  const given = parameters.get("redirect_uri");
  const [only, ...others] = registered;
  if (only === undefined) throw invalidRequest("The client has no redirect URL registered.");
  if (given === undefined && others.length > 0) {
    throw invalidRequest("The client has several redirect URLs, so redirect_uri must name one of them.");
  }
  if (given !== undefined && !isRegisteredRedirect(registered, given)) {
    throw invalidRequest("The redirect_uri is none of those that the client has registered, to the letter.");
  }
  return {
    redirectUrl: given ?? only,
    redirectUrlGiven: given !== undefined,
    state: unlessBad(() => parameters.get("state")),
    inFragment: unlessBad(() => parameters.get("response_type")) === "token",
  };
}

export interface Terms {
  readonly nowMs: number;
  readonly allowLegacyGrants: boolean;
}

/** Refuses with what the client is told. */
export function readRequest(
  client: KnownClient,
  way: WayBack,
  parameters: RequestParameters,
  terms: Terms,
): AuthorizationRequest {
  parameters.check();
  const responseType = parameters.need("response_type");
  const grantType = grantTypeOf(responseType, terms);
  if (!client.isInForce(terms.nowMs)) throw unauthorized("The client is not enabled, or outside of its dates.");
  if (!client.settings?.grantTypes.includes(grantType)) {
    throw unauthorized(`The client may not use the grant type ${grantType}.`);
  }
  refuseResponseMode(parameters.get("response_mode"), way);
  const codeChallenge = responseType === "code" ? challengeIn(parameters) : null;
  const scope = grantScope(client.scopes, parameters.get("scope")?.split(" ") ?? []);
  if (!scope) throw new OAuthError("invalid_scope", "The client does not hold every scope that it asks for.");
  return { client, way, scope, codeChallenge };
}

function grantTypeOf(responseType: string, { allowLegacyGrants }: Terms): GrantType {
  if (responseType === "code") return GrantType.AUTHORIZATION_CODE;
  if (responseType === "token" && allowLegacyGrants) return GrantType.IMPLICIT;
  const known = allowLegacyGrants ? "code or token" : "code";
  throw new OAuthError("unsupported_response_type", `The response_type must be ${known}.`);
}

/** OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1. */
function refuseResponseMode(mode: string | undefined, { inFragment }: WayBack): void {
  const served = inFragment ? "fragment" : "query";
  if (mode !== undefined && mode !== served) throw invalidRequest(`The response_mode must be ${served}, or left out.`);
}

/** RFC 9700 section 2.1.1: also of clients that have a password. Without a method it would be the plain one. */
function challengeIn(parameters: RequestParameters): string {
  const challenge = parameters.get("code_challenge");
  if (challenge === undefined) throw invalidRequest("The code_challenge is missing: PKCE (RFC 7636) is required.");
  if (parameters.get("code_challenge_method") !== CODE_CHALLENGE_METHOD) {
    throw invalidRequest(`The code_challenge_method must be ${CODE_CHALLENGE_METHOD}.`);
  }
  if (!isCodeChallenge(challenge)) {
    throw invalidRequest("The code_challenge must be the SHA-256 of the verifier in base64url, 43 characters.");
  }
  return challenge;
}

function unauthorized(description: string): OAuthError {
  return new OAuthError("unauthorized_client", description);
}

/** A bad parameter is refused later, when it is known where to send the refusal. */
function unlessBad<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
