import { ArrayMaxSize, ArrayUnique, ValidateNested } from "class-validator";
import { InputType } from "type-graphql";
import { IdentifierField, InputField, IntegerField, TextListField } from "../graphql/fields.js";
import { GrantType } from "./grant-type.js";
import { ValidityUnit } from "./validity.js";

const USES_MAX = 1_000_000;

/** More than any limit below, in the smallest unit. */
const AMOUNT_MAX = 400_000_000;

/** In days: an access token is sent with each call, and a refresh token is kept. */
export const ACCESS_DAYS_MAX = 366;
export const REFRESH_DAYS_MAX = 3_660;

@InputType()
export class ValidityInput {
  @IntegerField({ min: 1, max: AMOUNT_MAX, description: "How many of the unit." })
  amount!: number;

  @InputField(() => ValidityUnit, { description: "Of the amount." })
  unit!: ValidityUnit;
}

@InputType({
  description: "Fields left out stay as they are. Tokens that were issued keep what they were issued with.",
})
export class UpdateTokenSettingsInput {
  @IdentifierField({ description: "The client's `id` or its client id." })
  clientId!: string;

  @InputField(() => [GrantType], {
    optional: true,
    description:
      "All the ways by which it may come by tokens from now on. PASSWORD and IMPLICIT only where `ALLOW_LEGACY_GRANTS` is on. AUTHORIZATION_CODE and IMPLICIT need a redirect URL.",
  })
  @ArrayMaxSize(Object.keys(GrantType).length, { message: "must not repeat an entry" })
  @ArrayUnique({ message: "must not repeat an entry" })
  grantTypes?: GrantType[];

  @InputField(() => ValidityInput, {
    optional: true,
    description: `How long an access token can be used: 1 second to ${ACCESS_DAYS_MAX} days.`,
  })
  @ValidateNested()
  accessTokenValidity?: ValidityInput;

  @InputField(() => ValidityInput, {
    optional: true,
    description: `How long a refresh token can be exchanged: 1 second to ${REFRESH_DAYS_MAX} days.`,
  })
  @ValidateNested()
  refreshTokenValidity?: ValidityInput;

  @IntegerField({
    min: 0,
    max: USES_MAX,
    optional: true,
    description: "How many calls may be made with an access token; 0: any number.",
  })
  accessTokenUses?: number;

  @IntegerField({
    min: 0,
    max: USES_MAX,
    optional: true,
    description: "How often a grant can be refreshed; 0: any number.",
  })
  refreshTokenUses?: number;

  @TextListField({
    max: 6,
    length: 2_000,
    optional: true,
    description:
      "All the places that a user's browser may be sent back to, matched to the letter: absolute, without fragment, wildcard and user name; of https, of http at 127.0.0.1, [::1] or localhost, or of a program's own scheme with a dot, such as `com.example.app:/signed-in` (RFC 8252).",
  })
  redirectUrls?: string[];
}
