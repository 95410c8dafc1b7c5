import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { seesApi } from "../access/reach.js";
import { Api } from "../catalogue/api.entity.js";
import { Client } from "../clients/client.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { RecentCall } from "./recent-call.entity.js";
import type { RecentCallService } from "./recent-call.service.js";
import { RecentCallArgs, RecentCallConnection } from "./recent-call.types.js";

@Resolver(() => RecentCall)
export class RecentCallResolver {
  constructor(private readonly service: RecentCallService) {}

  @Policy("usage:read")
  @Query(() => RecentCallConnection, {
    description:
      "Single calls, newest first, as long as they are kept. `totalCount` counts up to 10,000. A client sees its own calls, a member those with own keys. Under more load than can be written some are left out here; `usage` counts them all the same. Errors: INVALID_INPUT.",
  })
  recentCalls(@CurrentCall() call: Call, @Args(() => RecentCallArgs) args: RecentCallArgs) {
    return this.service.list(call, args);
  }

  @FieldResolver(() => Client, {
    nullable: true,
    description: "Null: none, none that was recognised, it is gone, or not for the caller to see.",
  })
  client(@Root() { clientId }: RecentCall, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return clientId !== null && actor.permissions.has("clients:read") ? loaders.client.load(clientId) : null;
  }

  @FieldResolver(() => ApiKey, {
    nullable: true,
    description: "Null: it was another credential, none that was recognised, it is gone, or not for the caller to see.",
  })
  apiKey(@Root() { apiKeyId }: RecentCall, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return apiKeyId !== null && actor.permissions.has("keys:read") ? loaders.apiKey.load(apiKeyId) : null;
  }

  @FieldResolver(() => Api, {
    nullable: true,
    description: "Null: none that was recognised, it is gone, or not for the caller to see.",
  })
  async api(@Root() { apiId }: RecentCall, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    if (apiId === null || !actor.permissions.has("catalogue:read")) return null;
    const api = await loaders.api.load(apiId);
    return api && seesApi(actor, api) ? api : null;
  }
}
