import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { GatewayKey } from "./gateway-key.entity.js";
import type { GatewayKeyService } from "./gateway-key.service.js";
import {
  CreateGatewayKeyInput,
  GatewayKeyArgs,
  GatewayKeyConnection,
  GatewayKeySecretPayload,
  RevokeGatewayKeyInput,
} from "./gateway-key.types.js";
import { GatewayKeyStatus, statusOf } from "./gateway-key-status.js";

@Resolver(() => GatewayKey)
export class GatewayKeyResolver {
  constructor(private readonly service: GatewayKeyService) {}

  @Policy("gateways:read")
  @Query(() => GatewayKeyConnection, {
    description: "Gateway keys, newest first. The search finds names, descriptions and lookup ids.",
  })
  gatewayKeys(@CurrentCall() call: Call, @Args(() => GatewayKeyArgs) args: GatewayKeyArgs) {
    return this.service.list(call, args);
  }

  @Policy("gateways:read")
  @Query(() => GatewayKey, { description: "One gateway key. Errors: NOT_FOUND." })
  gatewayKey(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("gateways:write")
  @Mutation(() => GatewayKeySecretPayload, {
    description:
      "Create a key for a gateway outside of `VERIFY_NETWORKS`, to send as `X-Latchkey-Gateway-Key` with each call for a verdict. Errors: INVALID_INPUT, CONFLICT (a gateway key in force has this name; there are 10,000 in force).",
  })
  createGatewayKey(@CurrentCall() call: Call, @Arg("input", () => CreateGatewayKeyInput) input: CreateGatewayKeyInput) {
    return this.service.create(call, input);
  }

  @Policy("gateways:write")
  @Mutation(() => GatewayKey, {
    description: "End a gateway key for good; its row stays. Revoking it again changes nothing. Errors: NOT_FOUND.",
  })
  revokeGatewayKey(@CurrentCall() call: Call, @Arg("input", () => RevokeGatewayKeyInput) input: RevokeGatewayKeyInput) {
    return this.service.revoke(call, input);
  }

  @FieldResolver(() => GatewayKeyStatus)
  status(@Root() gatewayKey: GatewayKey, @Ctx() { now }: Context) {
    return statusOf(gatewayKey, now);
  }
}
