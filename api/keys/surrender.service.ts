import type { DataSource } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { notFound } from "../errors.js";
import { findTokenByText, tokenKindOf } from "../tokens/find-token.js";
import type { RevokeTokensService } from "../tokens/revoke-tokens.service.js";
import { statusOf as statusOfToken } from "../tokens/token-status.js";
import type { ApiKeyService } from "./api-key.service.js";
import type { SurrenderSecretInput } from "./api-key.types.js";
import { statusOf } from "./api-key-status.js";
import type { SecretReader } from "./find-by-secret.js";
import { LookedUpKind } from "./secret-lookup.types.js";
import type { SurrenderedSecret } from "./surrender.types.js";

/** Whoever holds a secret may give it up, signed in or not (4.5). */
export class SurrenderService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly keys: ApiKeyService,
    private readonly tokens: RevokeTokensService,
  ) {}

  surrender(origin: CallOrigin, input: SurrenderSecretInput): Promise<SurrenderedSecret> {
    const kind = tokenKindOf(this.secrets.brand, input.secret);
    return kind ? this.surrenderToken(origin, input) : this.surrenderKey(origin, input);
  }

  private async surrenderKey(origin: CallOrigin, input: SurrenderSecretInput): Promise<SurrenderedSecret> {
    const apiKey = await this.keys.surrender(origin, input);
    const kind = LookedUpKind.API_KEY;
    return { kind, ...factsOf(apiKey, apiKey), status: statusOf(apiKey, origin.now), apiKey, token: null };
  }

  private async surrenderToken(
    origin: CallOrigin,
    { secret, reason }: SurrenderSecretInput,
  ): Promise<SurrenderedSecret> {
    const found = await findTokenByText(this.database.manager, this.secrets, secret);
    // One that was replaced says nothing about who holds the next.
    if (!found || found.token.replacedAt) throw notFound("secret", "surrender of an unknown token");
    const { token, family } = await this.tokens.surrender(origin, found, reason);
    const kind = LookedUpKind[`${token.kind}_TOKEN`];
    const revocation = token.revokedAt ? token : family;
    // How often it was used does not matter: it is revoked, or has expired.
    const status = statusOfToken(token, family, 0, origin.now);
    return { kind, ...factsOf(token, revocation), status, apiKey: null, token };
  }
}

type Facts = "id" | "lookupId" | "revokedAt" | "revokedBy" | "revocationReason";

function factsOf(
  { id, lookupId }: Pick<SurrenderedSecret, "id" | "lookupId">,
  { revokedAt, revokedBy, revocationReason }: Pick<SurrenderedSecret, "revokedAt" | "revokedBy" | "revocationReason">,
): Pick<SurrenderedSecret, Facts> {
  return { id, lookupId, revokedAt, revokedBy, revocationReason };
}
