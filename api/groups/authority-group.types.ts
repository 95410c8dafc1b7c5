import { IsOptional, IsUUID, Max, Min, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { ConfirmField, IdField, IdListField, InputField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import { SecurityLevel } from "./security-level.js";

/** Of one input list. A group may come to hold more by several additions. */
const APIS_MAX = 1_000;

@InputType()
export class CreateAuthorityGroupInput {
  @TextField({ max: 100, description: "Unique." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => SecurityLevel, {
    optional: true,
    description: "Clients of this level and of higher ones may hold it. Default C.",
  })
  securityLevel?: SecurityLevel;

  @IdListField({ min: 1, max: APIS_MAX, description: "The APIs that it grants." })
  apiIds!: string[];
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateAuthorityGroupInput {
  @IdField({ description: "The authority group." })
  id!: string;

  @TextField({ max: 100, optional: true, description: "Unique." })
  name?: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => SecurityLevel, {
    optional: true,
    description: "Clients below it must not hold the group, neither directly nor in a scope.",
  })
  securityLevel?: SecurityLevel;

  @IdListField({ min: 1, max: APIS_MAX, optional: true, description: "All the APIs that it grants from now on." })
  apiIds?: string[];
}

@InputType()
export class AuthorityGroupApisInput {
  @IdField({ description: "The authority group." })
  groupId!: string;

  @IdListField({ min: 1, max: APIS_MAX, description: "The APIs." })
  apiIds!: string[];
}

@InputType()
export class DeleteAuthorityGroupInput {
  @IdField({ description: "The authority group." })
  id!: string;

  @ConfirmField({ description: "Takes it from the clients and keys that hold it, and drops open requests for it." })
  confirm?: boolean;
}

@InputType({ description: "All given conditions hold together." })
export class AuthorityGroupFilter {
  @Field(() => SecurityLevel, { nullable: true })
  @IsOptional()
  securityLevel?: SecurityLevel | null;

  @Field(() => ID, { nullable: true, description: "Those that grant this API." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  apiId?: string | null;
}

@ArgsType()
export class AuthorityGroupArgs extends SearchArgs {
  @Field(() => AuthorityGroupFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AuthorityGroupFilter | null;
}

@ArgsType()
export class ApisOfGroupArgs {
  @Field(() => Int, {
    defaultValue: 100,
    description: `How many: 0 to ${APIS_MAX}. All of them, page by page: \`apis(filter: {groupId})\`.`,
  })
  @Min(0, { message: "must be at least 0" })
  @Max(APIS_MAX, { message: `must be at most ${APIS_MAX}` })
  first!: number;
}

export const AuthorityGroupConnection = connectionOf(AuthorityGroup);
