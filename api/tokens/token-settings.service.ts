import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { difference, record } from "../audit/record.js";
import { findClient } from "../clients/find-client.js";
import { type FieldProblem, invalidInput } from "../errors.js";
import { GrantType, LEGACY_GRANT_TYPES } from "./grant-type.js";
import { redirectUrlProblem } from "./redirect-url.js";
import { defaultTokenSettings, TokenSettings } from "./token-settings.entity.js";
import {
  ACCESS_DAYS_MAX,
  REFRESH_DAYS_MAX,
  type UpdateTokenSettingsInput,
  type ValidityInput,
} from "./token-settings.types.js";
import { ValidityUnit, validityMs } from "./validity.js";

/** How clients may come by tokens (5.1). */
export class TokenSettingsService {
  constructor(
    private readonly database: DataSource,
    private readonly allowLegacyGrants: boolean,
  ) {}

  async update(call: Call, { clientId, ...input }: UpdateTokenSettingsInput): Promise<TokenSettings> {
    refuseBad([
      ...this.problemsOfGrantTypes(input),
      ...problemsOfValidity("accessTokenValidity", input.accessTokenValidity, ACCESS_DAYS_MAX),
      ...problemsOfValidity("refreshTokenValidity", input.refreshTokenValidity, REFRESH_DAYS_MAX),
      ...problemsOfRedirects(input),
    ]);
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, clientId, "for_no_key_update");
      const known = await manager.findOneBy(TokenSettings, { clientId: client.id });
      const settings = known ?? defaultTokenSettings(client.id);
      const { before, after } = difference(settings, changesOf(input));
      if (Object.keys(after).length === 0) return settings;

      Object.assign(settings, after, { updatedAt: call.now });
      refuseNoRedirect(settings);
      await manager.save(TokenSettings, settings);
      const about = { event: "client.tokenSettingsUpdated", targetKind: "Client", targetId: client.id };
      await record(manager, call, { ...about, before, after });
      return settings;
    });
  }

  private problemsOfGrantTypes({ grantTypes = [] }: Pick<UpdateTokenSettingsInput, "grantTypes">): FieldProblem[] {
    if (this.allowLegacyGrants) return [];
    const legacy = grantTypes.filter((each) => LEGACY_GRANT_TYPES.includes(each));
    if (legacy.length === 0) return [];
    const message = `${legacy.join(" and ")} must not be used: RFC 9700 advises against it, and this deployment does not allow it (ALLOW_LEGACY_GRANTS)`;
    return [{ path: "grantTypes", message }];
  }
}

function problemsOfValidity(path: string, validity: ValidityInput | undefined, daysMax: number): FieldProblem[] {
  if (!validity) return [];
  const { amount, unit } = validity;
  if (validityMs(amount, unit) <= validityMs(daysMax, ValidityUnit.DAY)) return [];
  return [{ path: `${path}.amount`, message: `must not make more than ${daysMax} days` }];
}

function problemsOfRedirects({ redirectUrls = [] }: Pick<UpdateTokenSettingsInput, "redirectUrls">): FieldProblem[] {
  return redirectUrls.flatMap((url, index) => {
    const message = redirectUrlProblem(url);
    return message === undefined ? [] : [{ path: `redirectUrls.${index}`, message }];
  });
}

function refuseNoRedirect({ grantTypes, redirectUrls }: TokenSettings): void {
  const needs = [GrantType.AUTHORIZATION_CODE, GrantType.IMPLICIT].filter((each) => grantTypes.includes(each));
  if (needs.length === 0 || redirectUrls.length > 0) return;
  throw invalidInput({ path: "redirectUrls", message: `must have at least one entry for ${needs.join(" and ")}` });
}

function refuseBad([first, ...rest]: readonly FieldProblem[]): void {
  if (first) throw invalidInput(first, ...rest);
}

/** The columns that an input sets. */
function changesOf(input: Omit<UpdateTokenSettingsInput, "clientId">): Partial<TokenSettings> {
  const { grantTypes, accessTokenValidity: access, refreshTokenValidity: refresh, redirectUrls } = input;
  return {
    ...(grantTypes && { grantTypes }),
    ...(access && { accessAmount: access.amount, accessUnit: access.unit }),
    ...(refresh && { refreshAmount: refresh.amount, refreshUnit: refresh.unit }),
    ...(input.accessTokenUses !== undefined && { accessUses: input.accessTokenUses }),
    ...(input.refreshTokenUses !== undefined && { refreshUses: input.refreshTokenUses }),
    ...(redirectUrls && { redirectUrls }),
  };
}
