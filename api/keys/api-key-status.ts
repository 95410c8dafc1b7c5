import { registerEnumType } from "type-graphql";

export enum ApiKeyStatus {
  DRAFT = "DRAFT",
  SCHEDULED = "SCHEDULED",
  ACTIVE = "ACTIVE",
  ROTATING = "ROTATING",
  DISABLED = "DISABLED",
  REVOKED = "REVOKED",
  EXPIRED = "EXPIRED",
}

registerEnumType(ApiKeyStatus, {
  name: "ApiKeyStatus",
  description: "Derived from the key's dates at the moment of asking, so it is never out of date.",
  valuesConfig: {
    DRAFT: { description: "An integration token that waits for its confirmation." },
    SCHEDULED: { description: "Its effective date is still to come." },
    ACTIVE: { description: "In force." },
    ROTATING: { description: "In force, by two secrets: the one before the last rotation is accepted for a while." },
    DISABLED: { description: "Switched off; it can be enabled again." },
    REVOKED: { description: "Ended by somebody, for good." },
    EXPIRED: { description: "Its expiry date has passed." },
  },
});

interface KeyDates {
  readonly draft: boolean;
  readonly effectiveAt: Date;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly revokedAt: Date | null;
  readonly rotationEndsAt: Date | null;
}

/** The first that holds, from the one that weighs most. */
export function statusOf(key: KeyDates, now: Date): ApiKeyStatus {
  if (key.revokedAt) return ApiKeyStatus.REVOKED;
  if (key.expiresAt && key.expiresAt <= now) return ApiKeyStatus.EXPIRED;
  if (key.draft) return ApiKeyStatus.DRAFT;
  if (key.disabledAt) return ApiKeyStatus.DISABLED;
  if (key.effectiveAt > now) return ApiKeyStatus.SCHEDULED;
  return key.rotationEndsAt && key.rotationEndsAt > now ? ApiKeyStatus.ROTATING : ApiKeyStatus.ACTIVE;
}

/** Neither revoked nor expired, over the alias `key` and the parameter `now`. */
export const IN_FORCE = `key.revokedAt is null and (key.expiresAt is null or key.expiresAt > :now)`;
const CONFIRMED = `${IN_FORCE} and not key.draft`;
const WORKING = `${CONFIRMED} and key.disabledAt is null and key.effectiveAt <= :now`;

/** The same derivation for lists, over the alias `key` and the parameter `now`. */
export const STATUS_CONDITIONS: Readonly<Record<ApiKeyStatus, string>> = {
  [ApiKeyStatus.REVOKED]: `key.revokedAt is not null`,
  [ApiKeyStatus.EXPIRED]: `key.revokedAt is null and key.expiresAt <= :now`,
  [ApiKeyStatus.DRAFT]: `${IN_FORCE} and key.draft`,
  [ApiKeyStatus.DISABLED]: `${CONFIRMED} and key.disabledAt is not null`,
  [ApiKeyStatus.SCHEDULED]: `${CONFIRMED} and key.disabledAt is null and key.effectiveAt > :now`,
  [ApiKeyStatus.ACTIVE]: `${WORKING} and (key.rotationEndsAt is null or key.rotationEndsAt <= :now)`,
  [ApiKeyStatus.ROTATING]: `${WORKING} and key.rotationEndsAt > :now`,
};
