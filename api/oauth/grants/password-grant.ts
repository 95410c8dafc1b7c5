import type { DataSource } from "typeorm";
import { GrantType } from "../../tokens/grant-type.js";
import { grantScope } from "../../tokens/granted-scope.js";
import { issueTokens, type TokenMint } from "../../tokens/issue-tokens.js";
import { accessLimits, refreshLimits, settingsOf } from "../../tokens/token-limits.js";
import { authenticateUser } from "../../users/authenticate-user.js";
import { askedScope, type Grant, type Granted, type GrantRequest, invalidGrant, invalidScope } from "./grant.js";

/** RFC 6749 section 4.3, for systems that know nothing else. */
export class PasswordGrant implements Grant {
  constructor(
    private readonly database: DataSource,
    private readonly mint: TokenMint,
  ) {}

  async grant({ client, call, parameters }: GrantRequest): Promise<Granted> {
    const name = parameters.need("username");
    const password = parameters.need("password");
    const scope = grantScope(client.scopes, askedScope(parameters));
    if (!scope) throw invalidScope();
    const user = await authenticateUser(this.database, call, name, password);
    if (!user) throw invalidGrant("The user's name or password is wrong.");
    const settings = settingsOf(client);
    const issued = await issueTokens(this.database.manager, this.mint, call, {
      clientId: client.id,
      grantType: GrantType.PASSWORD,
      userId: user.id,
      scope,
      access: accessLimits(settings),
      refresh: refreshLimits(settings),
    });
    return { issued, scope };
  }
}
