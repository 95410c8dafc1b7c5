import { Field, ID, Int, ObjectType } from "type-graphql";
import { Client } from "../clients/client.entity.js";
import { QuotaPeriod } from "../clients/quota.types.js";
import { connectionOf } from "../graphql/connection.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { QuotaUse } from "./quota-use.js";

@ObjectType({ description: "How much of a quota is used." })
export class QuotaUsage implements QuotaUse {
  @Field(() => Int)
  limit!: number;

  @Field(() => QuotaPeriod)
  period!: QuotaPeriod;

  @Field(() => Int, { description: "In the current period." })
  used!: number;

  @Field(() => Int)
  remaining!: number;

  @Field(() => Date, { nullable: true, description: "When it is full again. Null: never." })
  resetsAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      "When it will be used up, if calls go on as in this period or as in the last day, whichever is more; the present when it is. Null: not before it is full again.",
  })
  exhaustedAt!: Date | null;
}

@ObjectType({ description: "A key with a quota of its own." })
export class ApiKeyLimits {
  @Field(() => ID, { description: "That of the key." })
  id!: string;

  @Field(() => ApiKey)
  apiKey!: ApiKey;

  @Field(() => QuotaUsage)
  quota!: QuotaUsage;
}

export const ApiKeyLimitsConnection = connectionOf(ApiKeyLimits);

@ObjectType({ description: "What a client may call, and how much of it is used." })
export class ClientLimits {
  @Field(() => ID, { description: "That of the client." })
  id!: string;

  @Field(() => Client)
  client!: Client;

  @Field(() => Int, { nullable: true, description: "Calls in a second on each node. Null: without limit." })
  tpsPerNode!: number | null;

  @Field(() => QuotaUsage, { nullable: true, description: "Of all its credentials together. Null: without limit." })
  quota!: QuotaUsage | null;
}
