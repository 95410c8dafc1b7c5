import type { GrantedScope } from "../../tokens/granted-scope.js";
import type { Issued } from "../../tokens/issue-tokens.js";
import type { CallingClient } from "../calling-client.js";
import { OAuthError } from "../oauth-error.js";
import type { OAuthParameters } from "../parameters.js";

export const TOKEN_PARAMETERS = [
  "grant_type",
  "client_id",
  "client_secret",
  "scope",
  "code",
  "redirect_uri",
  "code_verifier",
  "refresh_token",
  "username",
  "password",
] as const;

export type TokenParameters = OAuthParameters<(typeof TOKEN_PARAMETERS)[number]>;

export interface GrantRequest extends CallingClient {
  readonly parameters: TokenParameters;
}

export interface Granted {
  readonly issued: Issued;
  /** Of the access token. */
  readonly scope: GrantedScope;
}

/** One way to come by tokens. Throws what stands in the way. */
export interface Grant {
  grant(request: GrantRequest): Promise<Granted>;
}

export function askedScope(parameters: TokenParameters): readonly string[] {
  return parameters.get("scope")?.split(" ") ?? [];
}

export function invalidGrant(description: string): OAuthError {
  return new OAuthError("invalid_grant", description);
}

export function invalidScope(): OAuthError {
  return new OAuthError("invalid_scope", "The client may not have one of the scopes that it asks for.");
}

/** Not thrown inside of a transaction: what it has revoked is to stay revoked. */
export type Outcome = Granted | { readonly refusal: OAuthError; readonly hasRevoked?: boolean };

/** `everywhere` waits until every node is bound by what was revoked. */
export async function settle(outcome: Outcome, everywhere: () => Promise<void>): Promise<Granted> {
  if ("issued" in outcome) return outcome;
  if (outcome.hasRevoked) await everywhere();
  throw outcome.refusal;
}
