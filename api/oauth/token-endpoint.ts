import type { DataSource } from "typeorm";
import type { ClientAuthentication } from "../tokens/authenticate-client.js";
import { GrantType } from "../tokens/grant-type.js";
import type { TokenMint, Writer } from "../tokens/issue-tokens.js";
import { settingsOf } from "../tokens/token-limits.js";
import { authenticateClient } from "./calling-client.js";
import { invalidClient } from "./client-credentials.js";
import { AuthorizationCodeGrant } from "./grants/authorization-code-grant.js";
import { ClientCredentialsGrant } from "./grants/client-credentials-grant.js";
import { type Grant, type Granted, TOKEN_PARAMETERS } from "./grants/grant.js";
import { PasswordGrant } from "./grants/password-grant.js";
import { RefreshTokenGrant } from "./grants/refresh-token-grant.js";
import { OAuthError } from "./oauth-error.js";
import type { OAuthRequest } from "./oauth-request.js";
import { readForm } from "./parameters.js";

export interface TokenEndpointOptions {
  readonly database: DataSource;
  /** Of the hot path. */
  readonly writer: Writer;
  readonly mint: TokenMint;
  readonly authentication: ClientAuthentication;
  readonly allowLegacyGrants: boolean;
  /** Waits until every node is bound by what was changed. */
  readonly everywhere: () => Promise<void>;
}

interface NamedGrant {
  readonly type: GrantType;
  readonly grant: Grant;
}

/** `POST /oauth/token` (RFC 6749 section 3.2). */
export class TokenEndpoint {
  private readonly grants: ReadonlyMap<string, NamedGrant>;

  constructor(private readonly options: TokenEndpointOptions) {
    const { database, writer, mint, everywhere, allowLegacyGrants } = options;
    const password = { type: GrantType.PASSWORD, grant: new PasswordGrant(database, mint) };
    this.grants = new Map<string, NamedGrant>([
      [
        "authorization_code",
        { type: GrantType.AUTHORIZATION_CODE, grant: new AuthorizationCodeGrant(database, mint, everywhere) },
      ],
      ["client_credentials", { type: GrantType.CLIENT_CREDENTIALS, grant: new ClientCredentialsGrant(writer, mint) }],
      ["refresh_token", { type: GrantType.REFRESH_TOKEN, grant: new RefreshTokenGrant(database, mint, everywhere) }],
      ...(allowLegacyGrants ? ([["password", password]] as const) : []),
    ]);
  }

  /** As RFC 8414 names them. */
  get grantTypes(): readonly string[] {
    return [...this.grants.keys()];
  }

  async answer(request: OAuthRequest): Promise<object> {
    const parameters = readForm(request.contentType, request.body, TOKEN_PARAMETERS).check();
    const caller = await authenticateClient(this.options.authentication, request, parameters);
    const named = this.grants.get(parameters.need("grant_type"));
    if (!named) throw new OAuthError("unsupported_grant_type", `Served are ${this.grantTypes.join(", ")}.`);
    if (!settingsOf(caller.client).grantTypes.includes(named.type))
      throw new OAuthError("unauthorized_client", "The client's token settings do not include this grant type.");
    const granted = await named.grant.grant({ ...caller, parameters }).catch(refuseWhoIsGone);
    return tokenResponse(granted, request.origin.now);
  }
}

/** RFC 6749 section 5.1. A scope is one name at least, so that none is left out. */
export function tokenResponse({ issued: { access, refresh }, scope }: Granted, now: Date): object {
  return {
    access_token: access.text,
    token_type: "Bearer",
    expires_in: Math.floor((access.expiresAt.getTime() - now.getTime()) / 1_000),
    ...(scope.names.length > 0 && { scope: scope.names.join(" ") }),
    ...(refresh && { refresh_token: refresh.text }),
  };
}

/** PostgreSQL's foreign_key_violation: the client was deleted while it was given tokens. */
function refuseWhoIsGone(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "23503")
    throw invalidClient("The client's id or its password is wrong.");
  throw error;
}
