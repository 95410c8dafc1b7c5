import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { DayOrInstant } from "../clients/whole-day.js";
import { connectionOf, OrderDirection } from "../graphql/connection.js";
import { DayOrInstantScalar } from "../graphql/day-or-instant.js";
import { IdField, InputField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { GatewayKey } from "./gateway-key.entity.js";
import { GatewayKeyStatus } from "./gateway-key-status.js";

@InputType()
export class CreateGatewayKeyInput {
  @TextField({ max: 100, description: "Unique among the gateway keys in force, in upper and lower case." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => DayOrInstantScalar, {
    optional: true,
    description:
      "From when on it is refused; a day counts to its last instant, in the caller's time zone. Default never.",
  })
  expiresAt?: DayOrInstant;
}

@ObjectType()
export class GatewayKeySecretPayload {
  @Field(() => GatewayKey)
  gatewayKey!: GatewayKey;

  @Field(() => String, {
    description: "The full text to send as `X-Latchkey-Gateway-Key`. Shown this once: only a digest is kept.",
  })
  secret!: string;
}

@InputType()
export class RevokeGatewayKeyInput {
  @IdField({ description: "The gateway key." })
  id!: string;

  @TextField({ max: 500, optional: true, description: "Why; it stays with the key." })
  reason?: string;
}

export enum GatewayKeyOrderField {
  CREATED_AT = "CREATED_AT",
  NAME = "NAME",
  EXPIRES_AT = "EXPIRES_AT",
  LAST_ACCESSED_AT = "LAST_ACCESSED_AT",
}

registerEnumType(GatewayKeyOrderField, {
  name: "GatewayKeyOrderField",
  valuesConfig: {
    LAST_ACCESSED_AT: { description: "One that was never used stands where it was created." },
  },
});

@InputType()
export class GatewayKeyOrder {
  @Field(() => GatewayKeyOrderField)
  field!: GatewayKeyOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@InputType({ description: "All given conditions hold together." })
export class GatewayKeyFilter {
  @Field(() => GatewayKeyStatus, { nullable: true, description: "Default: all." })
  @IsOptional()
  status?: GatewayKeyStatus | null;
}

@ArgsType()
export class GatewayKeyArgs extends SearchArgs {
  @Field(() => GatewayKeyFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: GatewayKeyFilter | null;

  @Field(() => GatewayKeyOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: GatewayKeyOrder | null;
}

export const GatewayKeyConnection = connectionOf(GatewayKey);
