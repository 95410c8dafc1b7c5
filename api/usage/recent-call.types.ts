import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { connectionOf, PageArgs } from "../graphql/connection.js";
import { VerdictCode } from "../graphql/verify-credential.types.js";
import { RecentCall } from "./recent-call.entity.js";

@InputType({ description: "All given conditions hold together." })
export class RecentCallFilter {
  @Field(() => String, { nullable: true, description: "Calls of this client, by its id or its client id." })
  @IsOptional()
  @Length(1, 50, { message: "must have 1 to 50 characters" })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: "Calls with this API key." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  apiKeyId?: string | null;

  @Field(() => ID, { nullable: true, description: "Calls of this API." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  apiId?: string | null;

  @Field(() => VerdictCode, { nullable: true })
  @IsOptional()
  code?: string | null;

  @Field(() => Date, { nullable: true, description: "Calls at this instant or later." })
  @IsOptional()
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "Calls before this instant." })
  @IsOptional()
  until?: Date | null;
}

@ArgsType()
export class RecentCallArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: "A request id or a transaction reference, in full. Up to 128 characters.",
  })
  @IsOptional()
  @Length(0, 128, { message: "must have at most 128 characters" })
  search?: string | null;

  @Field(() => RecentCallFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: RecentCallFilter | null;
}

export const RecentCallConnection = connectionOf(RecentCall);
