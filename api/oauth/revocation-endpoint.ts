import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import type { ClientAuthentication } from "../tokens/authenticate-client.js";
import { lockFamily, revokeFamily } from "../tokens/revoke-family.js";
import { revokeToken } from "../tokens/revoke-token.js";
import { Token, TokenKind } from "../tokens/token.entity.js";
import { authenticateClient } from "./calling-client.js";
import type { OAuthRequest } from "./oauth-request.js";
import { readForm } from "./parameters.js";

const PARAMETERS = ["client_id", "client_secret", "token", "token_type_hint"] as const;
const KINDS = { at: TokenKind.ACCESS, rt: TokenKind.REFRESH } as const;
const REASON = "its client gave it back";

export interface RevocationEndpointOptions {
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly authentication: ClientAuthentication;
  readonly everywhere: () => Promise<void>;
}

/**
 * `POST /oauth/revoke` (RFC 7009). What kind of token it is, its text tells: the hint is not needed. A token that is not
 * the client's, or none at all, is answered like one that has been revoked.
 */
export class RevocationEndpoint {
  constructor(private readonly options: RevocationEndpointOptions) {}

  async answer(request: OAuthRequest): Promise<object> {
    const { database, authentication, everywhere } = this.options;
    const parameters = readForm(request.contentType, request.body, PARAMETERS).check();
    const { call } = await authenticateClient(authentication, request, parameters);
    const text = parameters.need("token");
    const isRevoked = await database.transaction((manager) => this.revoke(manager, call, text));
    if (isRevoked) await everywhere();
    return {};
  }

  /** Whether there is such a token of the client, which is revoked now. */
  private async revoke(manager: EntityManager, call: Call, text: string): Promise<boolean> {
    const { keyRing, brand } = this.options;
    const parsed = parseSecret(brand, text);
    if (parsed?.kind !== "at" && parsed?.kind !== "rt") return false;
    const where = { lookupId: parsed.lookupId, kind: KINDS[parsed.kind] };
    const seen = await manager.findOneBy(Token, where);
    if (!seen || !matchesDigest(keyRing, seen, text)) return false;
    const family = await lockFamily(manager, seen.familyId);
    if (family?.clientId !== call.actor.id) return false;
    if (seen.kind === TokenKind.REFRESH) await revokeFamily(manager, call, family, REASON);
    else {
      const token = await manager.findOne(Token, { where: { id: seen.id }, lock: { mode: "pessimistic_write" } });
      if (token) await revokeToken(manager, call, token, REASON);
    }
    return true;
  }
}
