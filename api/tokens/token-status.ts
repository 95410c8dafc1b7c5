import { registerEnumType } from "type-graphql";
import { type Token, TokenKind } from "./token.entity.js";
import type { TokenFamily } from "./token-family.entity.js";

export enum TokenStatus {
  ACTIVE = "ACTIVE",
  USES_EXHAUSTED = "USES_EXHAUSTED",
  EXPIRED = "EXPIRED",
  REPLACED = "REPLACED",
  REVOKED = "REVOKED",
}

registerEnumType(TokenStatus, {
  name: "TokenStatus",
  description: "Derived at the moment of asking, so it is never out of date.",
  valuesConfig: {
    ACTIVE: { description: "In force." },
    USES_EXHAUSTED: { description: "Used as often as it may be." },
    EXPIRED: { description: "Its validity is over." },
    REPLACED: { description: "A refresh token that was exchanged for the next one." },
    REVOKED: { description: "Ended by somebody, for good: by itself, or with its family." },
  },
});

type TokenFacts = Pick<Token, "kind" | "usesMax" | "expiresAt" | "revokedAt" | "replacedAt">;
type FamilyFacts = Pick<TokenFamily, "revokedAt" | "refreshes">;

/** Null: any number. `calls` are those that were made with it; a refresh token's uses are its family's refreshes. */
export function usesLeftOf(token: TokenFacts, { refreshes }: FamilyFacts, calls: number): number | null {
  if (token.usesMax === 0) return null;
  return Math.max(0, token.usesMax - (token.kind === TokenKind.REFRESH ? refreshes : calls));
}

/** The first that holds, from the one that weighs most. */
export function statusOf(token: TokenFacts, family: FamilyFacts, calls: number, now: Date): TokenStatus {
  if (token.revokedAt || family.revokedAt) return TokenStatus.REVOKED;
  if (token.replacedAt) return TokenStatus.REPLACED;
  if (token.expiresAt <= now) return TokenStatus.EXPIRED;
  return usesLeftOf(token, family, calls) === 0 ? TokenStatus.USES_EXHAUSTED : TokenStatus.ACTIVE;
}

const NOT_REVOKED = "token.revokedAt is null and family.revokedAt is null";
const NOT_REPLACED = `${NOT_REVOKED} and token.replacedAt is null`;
const NOT_ENDED = `${NOT_REPLACED} and token.expiresAt > :now`;
const USED_UP = `(token.usesMax > 0 and token.usesMax <= case
  when token.kind = 'REFRESH' then family.refreshes
  else coalesce((select counter.used from quota_counters counter where counter.subject_id = token.id ), 0) end)`;

/** The same derivation for lists, over the aliases `token` and `family` and the parameter `now`. */
export const STATUS_CONDITIONS: Readonly<Record<TokenStatus, string>> = {
  [TokenStatus.REVOKED]: "(token.revokedAt is not null or family.revokedAt is not null)",
  [TokenStatus.REPLACED]: `${NOT_REVOKED} and token.replacedAt is not null`,
  [TokenStatus.EXPIRED]: `${NOT_REPLACED} and token.expiresAt <= :now`,
  [TokenStatus.USES_EXHAUSTED]: `${NOT_ENDED} and ${USED_UP}`,
  [TokenStatus.ACTIVE]: `${NOT_ENDED} and not ${USED_UP}`,
};

/** Neither revoked nor replaced nor expired, in SQL: of `tokens t join token_families f`, with the time as `$1`. */
export const IN_FORCE = "t.revoked_at is null and f.revoked_at is null and t.replaced_at is null and t.expires_at > $1";
