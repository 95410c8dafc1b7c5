import { registerEnumType } from "type-graphql";
import type { GatewayKey } from "./gateway-key.entity.js";

export enum GatewayKeyStatus {
  ACTIVE = "ACTIVE",
  EXPIRED = "EXPIRED",
  REVOKED = "REVOKED",
}

registerEnumType(GatewayKeyStatus, {
  name: "GatewayKeyStatus",
  description: "Derived from the key's dates at the moment of asking, so it is never out of date.",
  valuesConfig: {
    ACTIVE: { description: "In force." },
    EXPIRED: { description: "Its expiry date has passed." },
    REVOKED: { description: "Ended by somebody, for good." },
  },
});

/** The first that holds, from the one that weighs most. */
export function statusOf({ revokedAt, expiresAt }: GatewayKey, now: Date): GatewayKeyStatus {
  if (revokedAt) return GatewayKeyStatus.REVOKED;
  return expiresAt && expiresAt <= now ? GatewayKeyStatus.EXPIRED : GatewayKeyStatus.ACTIVE;
}

/** The same derivation for lists, over the alias `key` and the parameter `now`. */
export const STATUS_CONDITIONS: Readonly<Record<GatewayKeyStatus, string>> = {
  [GatewayKeyStatus.REVOKED]: `key.revokedAt is not null`,
  [GatewayKeyStatus.EXPIRED]: `key.revokedAt is null and key.expiresAt <= :now`,
  [GatewayKeyStatus.ACTIVE]: `key.revokedAt is null and (key.expiresAt is null or key.expiresAt > :now)`,
};
