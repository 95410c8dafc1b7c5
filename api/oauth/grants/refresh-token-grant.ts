import { type DataSource, type EntityManager, IsNull } from "typeorm";
import type { Call } from "../../access/call.js";
import { matchesDigest } from "../../secrets/digest.js";
import { parseSecret } from "../../secrets/secret-format.js";
import { type GrantedScope, narrowScope } from "../../tokens/granted-scope.js";
import { issueTokens, type TokenMint } from "../../tokens/issue-tokens.js";
import { lockFamily, revokeFamily } from "../../tokens/revoke-family.js";
import { revokeToken } from "../../tokens/revoke-token.js";
import { Token, TokenKind } from "../../tokens/token.entity.js";
import { TokenFamily } from "../../tokens/token-family.entity.js";
import { accessLimits, refreshLimits, settingsOf } from "../../tokens/token-limits.js";
import type { KnownClient } from "../../verification/known-clients.js";
import {
  askedScope,
  type Grant,
  type Granted,
  type GrantRequest,
  invalidGrant,
  invalidScope,
  type Outcome,
  settle,
} from "./grant.js";

/** So long after it was replaced a token may come again: the answer was lost on its way, and the client knows nothing newer. */
const LOST_ANSWER_MS = 30_000;

const REFUSED = invalidGrant("The refresh token is unknown, expired, revoked or used, or was given to another client.");

/** A token and its family, locked. */
interface Held {
  readonly token: Token;
  readonly family: TokenFamily;
}

/**
 * RFC 6749 section 6, with rotation (RFC 9700 section 4.14.2): each use gives a new refresh token for the old one. An old
 * one that comes back is in two hands, and ends its family.
 */
export class RefreshTokenGrant implements Grant {
  constructor(
    private readonly database: DataSource,
    private readonly mint: TokenMint,
    private readonly everywhere: () => Promise<void>,
  ) {}

  async grant({ client, call, parameters }: GrantRequest): Promise<Granted> {
    const text = parameters.need("refresh_token");
    const asked = askedScope(parameters);
    const outcome = await this.database.transaction(async (manager): Promise<Outcome> => {
      const held = await this.lock(manager, text, client);
      if (!held || held.family.revokedAt) return { refusal: REFUSED };
      const { token, family } = held;
      const lost = await findLost(manager, token, call.now);
      if (token.replacedAt && !lost) {
        await revokeFamily(manager, call, family, "one of its refresh tokens was used twice");
        return { refusal: REFUSED, hasRevoked: true };
      }
      if (token.revokedAt || token.expiresAt <= call.now) return { refusal: REFUSED };
      const isUsedUp = !lost && token.usesMax > 0 && family.refreshes >= token.usesMax;
      if (isUsedUp) return { refusal: invalidGrant("The refresh token was used as often as it may be.") };
      const accessScope = narrowScope(client.scopes, { ids: token.scopeIds, ownGroups: token.ownGroups }, asked);
      if (!accessScope) return { refusal: invalidScope() };
      if (lost) await revokeLost(manager, call, lost);
      return this.replace(manager, call, client, held, { accessScope, isLost: lost !== undefined });
    });
    return settle(outcome, this.everywhere);
  }

  /** The family's row before the token's, as whoever revokes it locks them. */
  private async lock(manager: EntityManager, text: string, client: KnownClient): Promise<Held | undefined> {
    const { keyRing, brand } = this.mint;
    const parsed = parseSecret(brand, text);
    if (parsed?.kind !== "rt") return undefined;
    const where = { lookupId: parsed.lookupId, kind: TokenKind.REFRESH };
    const seen = await manager.findOneBy(Token, where);
    if (!seen || !matchesDigest(keyRing, seen, text)) return undefined;
    const family = await lockFamily(manager, seen.familyId);
    if (family?.clientId !== client.id) return undefined;
    const token = await manager.findOne(Token, { where, lock: { mode: "pessimistic_write" } });
    return token ? { token, family } : undefined;
  }

  private async replace(
    manager: EntityManager,
    call: Call,
    client: KnownClient,
    { token, family }: Held,
    { accessScope, isLost }: { readonly accessScope: GrantedScope; readonly isLost: boolean },
  ): Promise<Granted> {
    const settings = settingsOf(client);
    const issued = await issueTokens(manager, this.mint, call, {
      clientId: client.id,
      grantType: family.grantType,
      userId: family.userId,
      // RFC 6749 section 6: the new refresh token has the scope of the old one.
      scope: { ids: token.scopeIds, names: accessScope.names, ownGroups: token.ownGroups },
      accessScope,
      access: accessLimits(settings),
      refresh: refreshLimits(settings),
      familyId: family.id,
    });
    const replacedAt = token.replacedAt ?? call.now;
    const lastUse = { lastAccessedAt: call.now, lastAccessedFrom: call.address };
    await manager.update(Token, { id: token.id }, { replacedAt, replacedBy: issued.refresh?.id ?? null, ...lastUse });
    if (!isLost) await manager.increment(TokenFamily, { id: family.id }, "refreshes", 1);
    return { issued, scope: accessScope };
  }
}

/** What a token was replaced by, if that was a moment ago and nobody has used it since. */
async function findLost(
  manager: EntityManager,
  { replacedAt, replacedBy }: Token,
  now: Date,
): Promise<Token | undefined> {
  if (replacedAt === null || replacedBy === null) return undefined;
  if (now.getTime() - replacedAt.getTime() > LOST_ANSWER_MS) return undefined;
  const successor = await manager.findOneBy(Token, { id: replacedBy, replacedAt: IsNull(), revokedAt: IsNull() });
  return successor ?? undefined;
}

/**
 * Ends what came with the lost answer: a refresh token, and the access token of the same moment. Who uses the one after all
 * is a second holder, as of any that was replaced.
 */
async function revokeLost(manager: EntityManager, call: Call, { familyId, createdAt }: Token): Promise<void> {
  const reason = "the answer that it came with was lost";
  const lost = await manager.findBy(Token, { familyId, createdAt, revokedAt: IsNull(), replacedAt: IsNull() });
  for (const token of lost) {
    await revokeToken(manager, call, token, reason);
    if (token.kind === TokenKind.REFRESH) await manager.update(Token, { id: token.id }, { replacedAt: call.now });
  }
}
