import { IsIn, IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { PERMISSIONS } from "../access/permissions.js";
import { QuotaInput } from "../clients/quota.types.js";
import type { DayOrInstant } from "../clients/whole-day.js";
import { connectionOf, OrderDirection } from "../graphql/connection.js";
import { DayOrInstantScalar } from "../graphql/day-or-instant.js";
import { IdentifierField, IdField, IdListField, InputField, TextField, TextListField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { IsSmallJson } from "../graphql/small-json.js";
import { ApiKey, ApiKeyKind } from "./api-key.entity.js";
import { ApiKeyStatus } from "./api-key-status.js";

@InputType()
export class CreateApiKeyInput {
  @IdentifierField({
    optional: true,
    description: "The client to own it, by `id` or client id. Not together with `userId`.",
  })
  clientId?: string;

  @IdField({ optional: true, description: "The user to own it; left out together with `clientId`: the caller." })
  userId?: string;

  @TextField({ max: 100, description: "Unique among the owner's keys in force, in upper and lower case." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => DayOrInstantScalar, {
    optional: true,
    description: "From when on it is allowed; a day counts from its first instant. Default now.",
  })
  effectiveAt?: DayOrInstant;

  @InputField(() => DayOrInstantScalar, {
    optional: true,
    description: "From when on it is refused; a day counts to its last instant. Required for a client's key.",
  })
  expiresAt?: DayOrInstant;

  @IdListField({
    max: 100,
    optional: true,
    description: "Authority groups out of its client's; at least one for a client's key, none for a user's.",
  })
  groupIds?: string[];

  @TextListField({
    max: PERMISSIONS.length,
    length: 50,
    optional: true,
    description: `Narrows a user's key to these management permissions; left out, it may all that its creator may. Known: ${PERMISSIONS.join(", ")}.`,
  })
  @IsIn(PERMISSIONS, { each: true, message: `must be out of ${PERMISSIONS.join(", ")}` })
  scopes?: string[];

  @InputField(() => Boolean, {
    optional: true,
    description:
      "Whether its secret is kept, encrypted under the key ring (AES-256-GCM), so that `revealApiKey` can show it again. Default false. It cannot be changed later.",
  })
  recoverable?: boolean;

  @InputField(() => QuotaInput, { optional: true, description: "Its own limit, beside its client's. Default none." })
  @ValidateNested()
  quota?: QuotaInput;

  @TextListField({ max: 20, length: 50, optional: true, description: "To find it by." })
  tags?: string[];

  @InputField(() => GraphQLJSONObject, {
    optional: true,
    description:
      "Passed on with every verdict about this key. Up to 4096 characters of JSON. No secrets: gateways see it.",
  })
  @IsSmallJson(4_096)
  metadata?: object;
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateApiKeyInput {
  @IdField({ description: "The key." })
  id!: string;

  @TextField({
    max: 100,
    optional: true,
    description: "Unique among the owner's keys in force, in upper and lower case.",
  })
  name?: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => DayOrInstantScalar, {
    optional: true,
    description: "From when on it is allowed; a day counts from its first instant.",
  })
  effectiveAt?: DayOrInstant;

  @InputField(() => DayOrInstantScalar, {
    clearable: true,
    description: "From when on it is refused; a day counts to its last instant. Null: never, for a user's key.",
  })
  expiresAt?: DayOrInstant | null;

  @IdListField({
    max: 100,
    optional: true,
    description: "All the authority groups that a client's key holds from now on, at least one.",
  })
  groupIds?: string[];

  @TextListField({
    max: PERMISSIONS.length,
    length: 50,
    clearable: true,
    description: "The management permissions that a user's key is narrowed to; null: all that its user's role has.",
  })
  @IsIn(PERMISSIONS, { each: true, message: `must be out of ${PERMISSIONS.join(", ")}` })
  scopes?: string[] | null;

  @InputField(() => QuotaInput, { clearable: true, description: "Its own limit, beside its client's; null: none." })
  @ValidateNested()
  quota?: QuotaInput | null;

  @TextListField({ max: 20, length: 50, optional: true, description: "To find it by." })
  tags?: string[];

  @InputField(() => GraphQLJSONObject, {
    optional: true,
    description: "Passed on with every verdict about this key. Up to 4096 characters of JSON.",
  })
  @IsSmallJson(4_096)
  metadata?: object;
}

@ObjectType()
export class ApiKeySecretPayload {
  @Field(() => ApiKey)
  apiKey!: ApiKey;

  @Field(() => String, {
    description:
      "The full text to send as `X-API-Key`. Shown this once: unless the key is recoverable, only a digest is kept.",
  })
  secret!: string;
}

@InputType()
export class RevealApiKeyInput {
  @IdField({ description: "The key." })
  id!: string;

  @TextField({ max: 500, description: "Why; the audit keeps it." })
  reason!: string;
}

@InputType()
export class RevokeApiKeyInput {
  @IdField({ description: "The key." })
  id!: string;

  @TextField({ max: 500, optional: true, description: "Why; it stays with the key." })
  reason?: string;
}

@InputType()
export class SurrenderSecretInput {
  @TextField({ max: 500, description: "The full text of the key or token to give up." })
  secret!: string;

  @TextField({ max: 500, optional: true, description: "Why; it stays with the key or token." })
  reason?: string;
}

@InputType()
export class ApiKeyReference {
  @IdField({ description: "The key." })
  id!: string;
}

@ObjectType({ description: "The client or user that a key belongs to." })
export class ApiKeyOwner {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "`CLIENT` or `USER`." })
  kind!: "CLIENT" | "USER";

  @Field(() => String, { description: "Client id or user name." })
  name!: string;
}

export enum ApiKeyOrderField {
  CREATED_AT = "CREATED_AT",
  NAME = "NAME",
  EFFECTIVE_AT = "EFFECTIVE_AT",
  EXPIRES_AT = "EXPIRES_AT",
  LAST_ACCESSED_AT = "LAST_ACCESSED_AT",
}

registerEnumType(ApiKeyOrderField, { name: "ApiKeyOrderField" });

@InputType()
export class ApiKeyOrder {
  @Field(() => ApiKeyOrderField)
  field!: ApiKeyOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@InputType({ description: "All given conditions hold together." })
export class ApiKeyFilter {
  @Field(() => ApiKeyStatus, { nullable: true, description: "Default: all." })
  @IsOptional()
  status?: ApiKeyStatus | null;

  @Field(() => ApiKeyKind, { nullable: true, description: "Default: all." })
  @IsOptional()
  kind?: ApiKeyKind | null;

  @IdentifierField({ clearable: true, description: "Keys of this client, by `id` or client id." })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: "Keys of this user." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: "Keys that hold this authority group." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  groupId?: string | null;

  @Field(() => String, { nullable: true, description: "Keys with this tag." })
  @IsOptional()
  @Length(1, 50, { message: "must have 1 to 50 characters" })
  tag?: string | null;

  @Field(() => Date, { nullable: true, description: "Keys in force that expire before this instant." })
  @IsOptional()
  expiringBefore?: Date | null;

  @Field(() => Date, { nullable: true, description: "Keys not used since this instant." })
  @IsOptional()
  unusedSince?: Date | null;
}

@ArgsType()
export class ApiKeyArgs extends SearchArgs {
  @Field(() => ApiKeyFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: ApiKeyFilter | null;

  @Field(() => ApiKeyOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: ApiKeyOrder | null;
}

export const ApiKeyConnection = connectionOf(ApiKey);
