import { IsOptional, IsUUID, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { IdField, IdListField, InputField, ScopeTokenField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Scope } from "./scope.entity.js";

@InputType()
export class CreateScopeInput {
  @ScopeTokenField({ description: "Unique." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @IdListField({ min: 1, max: 100, description: "The authority groups that it stands for." })
  groupIds!: string[];
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateScopeInput {
  @IdField({ description: "The scope." })
  id!: string;

  @ScopeTokenField({ optional: true, description: "Unique." })
  name?: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @IdListField({ min: 1, max: 100, optional: true, description: "All the groups that it stands for from now on." })
  groupIds?: string[];
}

@InputType()
export class DeleteScopeInput {
  @IdField({ description: "The scope." })
  id!: string;

  @InputField(() => Boolean, {
    optional: true,
    description: "Must be true. Without it the answer says how many clients would lose the scope.",
  })
  confirm?: boolean;
}

@InputType({ description: "All given conditions hold together." })
export class ScopeFilter {
  @Field(() => ID, { nullable: true, description: "Scopes with this authority group." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  groupId?: string | null;
}

@ArgsType()
export class ScopeArgs extends SearchArgs {
  @Field(() => ScopeFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: ScopeFilter | null;
}

export const ScopeConnection = connectionOf(Scope);
