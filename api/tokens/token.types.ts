import { IsOptional, IsUUID, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "../database/paginate.js";
import { connectionOf, OrderDirection } from "../graphql/connection.js";
import {
  IdentifierField,
  IdField,
  InputField,
  IntegerField,
  PasswordField,
  TextField,
  TextListField,
} from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { GrantType } from "./grant-type.js";
import { Token, TokenKind } from "./token.entity.js";
import { TokenStatus } from "./token-status.js";

@InputType()
export class GenerateTokenInput {
  @IdentifierField({ description: "The client's `id` or its client id." })
  clientId!: string;

  @PasswordField({ description: "The client's password. Send it as a variable; it is neither logged nor kept." })
  clientSecret!: string;

  @TextListField({
    max: 100,
    length: 100,
    optional: true,
    description:
      "Names of the client's scopes that the token is for. Left out or empty: all of them, with the client's own groups besides.",
  })
  scopes?: string[];

  @InputField(() => Boolean, {
    optional: true,
    description:
      "Whether the token is kept, encrypted under the key ring (AES-256-GCM), so that `revealToken` can show it again. Default false. It cannot be changed later.",
  })
  save?: boolean;
}

@ObjectType()
export class TokenSecretPayload {
  @Field(() => Token)
  token!: Token;

  @Field(() => String, {
    description:
      "The full text: of an access token, to send as `Authorization: Bearer`. Unless it is saved, shown this once.",
  })
  secret!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The full text of the refresh token that came with it; null: none did, or a saved token is shown again, each for itself.",
  })
  refreshSecret!: string | null;
}

@InputType()
export class RevealTokenInput {
  @IdField({ description: "The token." })
  id!: string;

  @TextField({ max: 500, description: "Why; the audit keeps it." })
  reason!: string;
}

@InputType()
export class RevokeTokenInput {
  @IdField({ description: "The token." })
  id!: string;

  @TextField({ max: 500, optional: true, description: "Why; it stays with the token." })
  reason?: string;
}

@InputType()
export class RevokeTokensInput {
  @IdentifierField({
    optional: true,
    description: "All of this client, by `id` or client id. Give this or `familyId`.",
  })
  clientId?: string;

  @IdField({ optional: true, description: "All that came of one grant. Give this or `clientId`." })
  familyId?: string;

  @TextField({ max: 500, optional: true, description: "Why; it stays with the tokens." })
  reason?: string;

  @IntegerField({
    min: 0,
    max: 2_147_483_647,
    optional: true,
    description: "How many tokens in force you expect to revoke. If it is another number, nothing is changed.",
  })
  expectedCount?: number;
}

@ObjectType()
export class RevokeTokensPayload {
  @Field(() => Int, { description: "How many were in force." })
  revokedCount!: number;
}

export enum TokenOrderField {
  CREATED_AT = "CREATED_AT",
  EXPIRES_AT = "EXPIRES_AT",
  LAST_ACCESSED_AT = "LAST_ACCESSED_AT",
}

registerEnumType(TokenOrderField, {
  name: "TokenOrderField",
  valuesConfig: { LAST_ACCESSED_AT: { description: "One that was never used stands where it was created." } },
});

@InputType()
export class TokenOrder {
  @Field(() => TokenOrderField)
  field!: TokenOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@InputType({ description: "All given conditions hold together." })
export class TokenFilter {
  @Field(() => TokenStatus, { nullable: true, description: "Default: all." })
  @IsOptional()
  status?: TokenStatus | null;

  @Field(() => TokenKind, { nullable: true, description: "Default: all." })
  @IsOptional()
  kind?: TokenKind | null;

  @Field(() => GrantType, { nullable: true, description: "How they were granted. Default: all." })
  @IsOptional()
  grantType?: GrantType | null;

  @Field(() => ID, { nullable: true, description: "Those that came of one grant." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  familyId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether they can be revealed. Default: all." })
  @IsOptional()
  saved?: boolean | null;
}

@ArgsType()
export class TokenArgs extends SearchArgs {
  @IdentifierField({ clearable: true, description: "Tokens of this client, by `id` or client id. Default: of all." })
  clientId?: string | null;

  @Field(() => TokenFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: TokenFilter | null;

  @Field(() => TokenOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: TokenOrder | null;
}

@ArgsType()
export class FirstTokensArgs {
  @IntegerField({
    min: 0,
    max: PAGE_SIZE_MAX,
    optional: true,
    description: `How many; default ${PAGE_SIZE_DEFAULT}. Go on with \`tokens(clientId, after: endCursor)\`.`,
  })
  first?: number;
}

export const TokenConnection = connectionOf(Token);
