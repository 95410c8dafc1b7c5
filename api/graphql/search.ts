import { IsOptional, Length } from "class-validator";
import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "./connection.js";

/** A list that can be searched by keyword. */
@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: "A keyword, found anywhere in the text, in upper or lower case. Up to 200 characters.",
  })
  @IsOptional()
  @Length(0, 200, { message: "must have at most 200 characters" })
  search?: string | null;
}
