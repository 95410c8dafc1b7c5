import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A client's calls in one minute, as far as they are counted." })
export class UsageUpdate {
  @Field(() => Date, { description: "When the minute began, in UTC." })
  minute!: Date;

  @Field(() => Int)
  calls!: number;

  @Field(() => Int)
  allowed!: number;

  @Field(() => Int)
  refused!: number;
}
