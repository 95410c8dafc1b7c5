import { GrantType } from "../../tokens/grant-type.js";
import { grantScope } from "../../tokens/granted-scope.js";
import { issueTokens, type TokenMint, type Writer } from "../../tokens/issue-tokens.js";
import { accessLimits, settingsOf } from "../../tokens/token-limits.js";
import { askedScope, type Grant, type Granted, type GrantRequest, invalidScope } from "./grant.js";

/** RFC 6749 section 4.4. A client that is known costs one statement. It can ask again at any time: no refresh token. */
export class ClientCredentialsGrant implements Grant {
  constructor(
    private readonly writer: Writer,
    private readonly mint: TokenMint,
  ) {}

  async grant({ client, call, parameters }: GrantRequest): Promise<Granted> {
    const scope = grantScope(client.scopes, askedScope(parameters));
    if (!scope) throw invalidScope();
    const issued = await issueTokens(this.writer, this.mint, call, {
      clientId: client.id,
      grantType: GrantType.CLIENT_CREDENTIALS,
      userId: null,
      scope,
      access: accessLimits(settingsOf(client)),
      refresh: null,
    });
    return { issued, scope };
  }
}
