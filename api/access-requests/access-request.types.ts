import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { IdentifierField, IdField, InputField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { AccessRequest, AccessRequestStatus } from "./access-request.entity.js";

export enum AccessDecision {
  APPROVE = "APPROVE",
  DENY = "DENY",
}

registerEnumType(AccessDecision, { name: "AccessDecision" });

@InputType()
export class RequestAccessInput {
  @IdField({ description: "The authority group that the caller would like to hold." })
  groupId!: string;

  @TextField({ max: 2_000, multiline: true, description: "Why, for whoever decides." })
  reason!: string;
}

@InputType()
export class DecideAccessRequestInput {
  @IdField({ description: "The request." })
  id!: string;

  @InputField(() => AccessDecision, { description: "Approving gives the group at once." })
  decision!: AccessDecision;

  @TextField({ max: 2_000, multiline: true, description: "Why, for the client." })
  reason!: string;
}

@InputType({ description: "All given conditions hold together." })
export class AccessRequestFilter {
  @Field(() => AccessRequestStatus, { nullable: true, description: "Default: all." })
  @IsOptional()
  status?: AccessRequestStatus | null;

  @IdentifierField({ clearable: true, description: "Requests of this client, by `id` or client id." })
  clientId?: string | null;
}

@ArgsType()
export class AccessRequestArgs extends SearchArgs {
  @Field(() => AccessRequestFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AccessRequestFilter | null;
}

export const AccessRequestConnection = connectionOf(AccessRequest);
