import { registerEnumType } from "type-graphql";

export enum ApiKeyStatus {
  SCHEDULED = "SCHEDULED",
  ACTIVE = "ACTIVE",
  DISABLED = "DISABLED",
  REVOKED = "REVOKED",
  EXPIRED = "EXPIRED",
}

registerEnumType(ApiKeyStatus, {
  name: "ApiKeyStatus",
  description: "Derived from the key's dates at the moment of asking, so it is never out of date.",
  valuesConfig: {
    SCHEDULED: { description: "Its effective date is still to come." },
    ACTIVE: { description: "In force." },
    DISABLED: { description: "Switched off; it can be enabled again." },
    REVOKED: { description: "Ended by somebody, for good." },
    EXPIRED: { description: "Its expiry date has passed." },
  },
});

interface KeyDates {
  readonly effectiveAt: Date;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly revokedAt: Date | null;
}

export function statusOf({ effectiveAt, expiresAt, disabledAt, revokedAt }: KeyDates, now: Date): ApiKeyStatus {
  if (revokedAt) return ApiKeyStatus.REVOKED;
  if (expiresAt && expiresAt <= now) return ApiKeyStatus.EXPIRED;
  if (disabledAt) return ApiKeyStatus.DISABLED;
  return effectiveAt > now ? ApiKeyStatus.SCHEDULED : ApiKeyStatus.ACTIVE;
}

const IN_FORCE = `key.revokedAt is null and (key.expiresAt is null or key.expiresAt > :now)`;

/** The same derivation for lists, over the alias `key` and the parameter `now`. */
export const STATUS_CONDITIONS: Readonly<Record<ApiKeyStatus, string>> = {
  [ApiKeyStatus.REVOKED]: `key.revokedAt is not null`,
  [ApiKeyStatus.EXPIRED]: `key.revokedAt is null and key.expiresAt <= :now`,
  [ApiKeyStatus.DISABLED]: `${IN_FORCE} and key.disabledAt is not null`,
  [ApiKeyStatus.SCHEDULED]: `${IN_FORCE} and key.disabledAt is null and key.effectiveAt > :now`,
  [ApiKeyStatus.ACTIVE]: `${IN_FORCE} and key.disabledAt is null and key.effectiveAt <= :now`,
};
