import { IsOptional } from "class-validator";
import { ArgsType, Field, ID, ObjectType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { IdField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { ApiKeyOrder } from "../keys/api-key.types.js";

/** What the screen has chosen. Both may be left out; together, the collection must lie in the region. */
export interface Place {
  readonly regionId: string | null;
  readonly collectionId: string | null;
}

@ObjectType({
  description:
    "One row of the operations screen: a client's key that an authority group gives something to call in the chosen place.",
})
export class AccessRecord {
  @Field(() => ID, { description: "That of the key." })
  id!: string;

  @Field(() => ApiKey)
  apiKey!: ApiKey;

  @Field(() => String, { description: "User name or client id of who created the key." })
  userName!: string;

  @Field(() => String, { description: "The key's secret as lists may show it: up to its lookup id." })
  maskedKey!: string;

  @Field(() => Date, { description: "When a verdict was last asked about it; at first the time of its creation." })
  lastAccessedAt!: Date;

  place!: Place;
}

export const AccessRecordConnection = connectionOf(AccessRecord);

@ArgsType()
export class AccessRecordArgs extends SearchArgs {
  @IdField({ clearable: true, description: "Only what may be called in this region." })
  regionId?: string | null;

  @IdField({
    clearable: true,
    description: "Only what may be called of this collection. One that is not in the region has no rows.",
  })
  collectionId?: string | null;

  @Field(() => ApiKeyOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: ApiKeyOrder | null;
}
