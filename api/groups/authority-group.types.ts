import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { IdListField, InputField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import { SecurityLevel } from "./security-level.js";

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

  @IdListField({ min: 1, max: 1_000, description: "The APIs that it grants." })
  apiIds!: string[];
}

@InputType({ description: "All given conditions hold together." })
export class AuthorityGroupFilter {
  @Field(() => SecurityLevel, { nullable: true })
  @IsOptional()
  securityLevel?: SecurityLevel | null;
}

@ArgsType()
export class AuthorityGroupArgs extends SearchArgs {
  @Field(() => AuthorityGroupFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AuthorityGroupFilter | null;
}

export const AuthorityGroupConnection = connectionOf(AuthorityGroup);
