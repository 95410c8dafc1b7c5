import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { Anomaly } from "./anomaly.entity.js";
import type { AnomalyService } from "./anomaly.service.js";
import { AcknowledgeAnomalyInput, AnomalyArgs, AnomalyConnection } from "./anomaly.types.js";

@Resolver(() => Anomaly)
export class AnomalyResolver {
  constructor(private readonly service: AnomalyService) {}

  @Policy("usage:read")
  @Query(() => AnomalyConnection, {
    description:
      "Unusual uses of keys and tokens, newest first. The search finds client ids, display names, names of keys, addresses and notes. A client sees its own, a member those of own keys. Errors: INVALID_INPUT.",
  })
  anomalies(@CurrentCall() call: Call, @Args(() => AnomalyArgs) args: AnomalyArgs) {
    return this.service.list(call, args);
  }

  @Policy("usage:write")
  @Mutation(() => Anomaly, {
    description:
      "Say that somebody has seen to an anomaly, and what it was. Acknowledging it again changes nothing. A member does so for own keys. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  acknowledgeAnomaly(
    @CurrentCall() call: Call,
    @Arg("input", () => AcknowledgeAnomalyInput) input: AcknowledgeAnomalyInput,
  ) {
    return this.service.acknowledge(call, input);
  }

  @FieldResolver(() => Client, {
    nullable: true,
    description: "Whose key or tokens it was. Null: a user's key, it is gone, or not for the caller to see.",
  })
  client(@Root() { clientId }: Anomaly, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return clientId !== null && actor.permissions.has("clients:read") ? loaders.client.load(clientId) : null;
  }

  @FieldResolver(() => ApiKey, {
    nullable: true,
    description: "Null: it was the client's tokens, the key is gone, or not for the caller to see.",
  })
  apiKey(@Root() { apiKeyId }: Anomaly, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return apiKeyId !== null && actor.permissions.has("keys:read") ? loaders.apiKey.load(apiKeyId) : null;
  }
}
