import { Arg, Args, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { PageArgs } from "../graphql/connection.js";
import { CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import type { LimitsService } from "./limits.service.js";
import { ApiKeyLimitsConnection, ClientLimits } from "./limits.types.js";

@Resolver(() => ClientLimits)
export class LimitsResolver {
  constructor(private readonly service: LimitsService) {}

  @Policy("usage:read")
  @Query(() => ClientLimits, {
    description:
      "What a client and its keys may call, how much of it is used, and when it will be used up. A client sees itself. Errors: NOT_FOUND.",
  })
  limits(
    @CurrentCall() call: Call,
    @Arg("clientId", () => String, { description: "Its id, or its client id." }) clientId: string,
  ) {
    return this.service.get(call, clientId);
  }

  @Policy("keys:read")
  @FieldResolver(() => ApiKeyLimitsConnection, {
    description: "Its keys with a quota of their own, newest first; not those that are revoked or expired.",
  })
  apiKeys(@Root() { client }: ClientLimits, @CurrentCall() call: Call, @Args(() => PageArgs) args: PageArgs) {
    return this.service.ofKeys(call, client, args);
  }
}
