import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { TokenSettings } from "./token-settings.entity.js";
import type { TokenSettingsService } from "./token-settings.service.js";
import { UpdateTokenSettingsInput } from "./token-settings.types.js";

@Resolver(() => TokenSettings)
export class TokenSettingsResolver {
  constructor(private readonly service: TokenSettingsService) {}

  @Policy("clients:write")
  @Mutation(() => TokenSettings, {
    description:
      "Say how a client may come by tokens, how long and how often they can be used, and where browsers may be sent back to. Its scopes are given with `addClientScopes`. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  updateTokenSettings(
    @CurrentCall() call: Call,
    @Arg("input", () => UpdateTokenSettingsInput) input: UpdateTokenSettingsInput,
  ) {
    return this.service.update(call, input);
  }

  @Policy("clients:read")
  @FieldResolver(() => Client, { description: "Whose they are." })
  client(@Root() { clientId }: TokenSettings, @Ctx() { loaders }: Context) {
    return loaders.client.load(clientId);
  }
}

@Resolver(() => Client)
export class TokenSettingsOfClientResolver {
  @FieldResolver(() => TokenSettings, {
    description:
      "How it may come by tokens. Until somebody has set it: with CLIENT_CREDENTIALS, valid for a day, used any number of times.",
  })
  tokenSettings(@Root() client: Client, @Ctx() { loaders }: Context) {
    return loaders.tokenSettings.load(client.id);
  }
}
