import { ArgsType, Field, ObjectType } from "type-graphql";
import type { Api } from "../catalogue/api.entity.js";
import { Client } from "../clients/client.entity.js";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "../database/paginate.js";
import { connectionOf } from "../graphql/connection.js";
import { IdField, IntegerField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";

@ObjectType({
  description:
    "A client that has the right to call an API. It tells of rights alone: a client that is disabled, locked or outside of its dates has them still, and its calls are refused all the same.",
})
export class ApiCaller {
  @Field(() => Client)
  client!: Client;

  api!: Api;
}

export const ApiCallerConnection = connectionOf(ApiCaller);

@ArgsType()
export class ApiCallerArgs extends SearchArgs {
  @IdField({ description: "The API." })
  apiId!: string;
}

@ArgsType()
export class FirstCallingKeysArgs {
  @IntegerField({
    min: 0,
    max: PAGE_SIZE_MAX,
    optional: true,
    description: `How many, newest first; default ${PAGE_SIZE_DEFAULT}.`,
  })
  first?: number;
}
