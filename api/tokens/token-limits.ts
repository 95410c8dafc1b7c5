import type { KnownClient, KnownTokenSettings } from "../verification/known-clients.js";
import { GrantType } from "./grant-type.js";
import type { TokenLimits } from "./issue-tokens.js";
import { defaultTokenSettings } from "./token-settings.entity.js";
import { type ValidityUnit, validityMs } from "./validity.js";

/** As somebody has set them, or else the defaults. */
export function settingsOf({ id, settings }: KnownClient): KnownTokenSettings {
  return settings ?? defaultTokenSettings(id);
}

export function accessLimits({ accessAmount, accessUnit, accessUses }: KnownTokenSettings): TokenLimits {
  return { validityMs: validityMs(accessAmount, accessUnit as ValidityUnit), usesMax: accessUses };
}

/** Null: the client is given no refresh tokens. */
export function refreshLimits(settings: KnownTokenSettings): TokenLimits | null {
  const { grantTypes, refreshAmount, refreshUnit, refreshUses } = settings;
  if (!grantTypes.includes(GrantType.REFRESH_TOKEN)) return null;
  return { validityMs: validityMs(refreshAmount, refreshUnit as ValidityUnit), usesMax: refreshUses };
}
