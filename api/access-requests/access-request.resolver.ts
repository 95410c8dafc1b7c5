import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { AccessRequest } from "./access-request.entity.js";
import type { AccessRequestService } from "./access-request.service.js";
import {
  AccessRequestArgs,
  AccessRequestConnection,
  DecideAccessRequestInput,
  RequestAccessInput,
} from "./access-request.types.js";

@Resolver(() => AccessRequest)
export class AccessRequestResolver {
  constructor(private readonly service: AccessRequestService) {}

  @Policy("access:read")
  @Query(() => AccessRequestConnection, {
    description: "Requests for access, newest first. The search finds reasons and group names. A client sees its own.",
  })
  accessRequests(@CurrentCall() call: Call, @Args(() => AccessRequestArgs) args: AccessRequestArgs) {
    return this.service.list(call, args);
  }

  @Policy("access:request")
  @Mutation(() => AccessRequest, {
    description:
      "Ask, as a client that has signed in, for an authority group. Those who may decide get a mail. Errors: INVALID_INPUT, CONFLICT (held already, or asked for).",
  })
  requestAccess(@CurrentCall() call: Call, @Arg("input", () => RequestAccessInput) input: RequestAccessInput) {
    return this.service.request(call, input);
  }

  @Policy("access:decide")
  @Mutation(() => AccessRequest, {
    description:
      "Approve or deny a request; approving gives the group. The client gets a mail. Errors: NOT_FOUND, CONFLICT (decided already), INVALID_INPUT (the group is above the client's level by now).",
  })
  decideAccessRequest(
    @CurrentCall() call: Call,
    @Arg("input", () => DecideAccessRequestInput) input: DecideAccessRequestInput,
  ) {
    return this.service.decide(call, input);
  }

  @FieldResolver(() => Client, { description: "Who asks." })
  client(@Root() request: AccessRequest, @Ctx() { loaders }: Context) {
    return loaders.client.load(request.clientId);
  }

  @FieldResolver(() => AuthorityGroup, { description: "What is asked for." })
  group(@Root() request: AccessRequest, @Ctx() { loaders }: Context) {
    return loaders.group.load(request.groupId);
  }
}
