import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { refuseWithout } from "../access/refuse-without.js";
import { Client } from "../clients/client.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { User } from "../users/user.entity.js";
import type { SecretLookupService } from "./secret-lookup.service.js";
import { LookedUpSecret, LookupSecretArgs } from "./secret-lookup.types.js";

@Resolver(() => LookedUpSecret)
export class SecretLookupResolver {
  constructor(private readonly service: SecretLookupService) {}

  @Policy("keys:read")
  @Query(() => LookedUpSecret, {
    description:
      "Whose a key or token is and what it may do, within the caller's reach; an audit event tells that it was asked. Nothing is used up. Errors: INVALID_INPUT (no full secret: its shape or its checksum is wrong), NOT_FOUND (unknown, or somebody else's), FORBIDDEN (for a token, without `tokens:read`).",
  })
  lookupSecret(@CurrentCall() call: Call, @Args(() => LookupSecretArgs) { secret }: LookupSecretArgs) {
    return this.service.lookUp(call, secret);
  }

  @FieldResolver(() => Client, {
    nullable: true,
    description: "The client that the secret is of. Needs `clients:read`.",
  })
  client(@Root() { clientId }: LookedUpSecret, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    if (clientId === null) return null;
    refuseWithout(actor, "clients:read");
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      "The user that the secret is of, or who consented to the token. Of others than the caller it needs `users:read`.",
  })
  user(@Root() { userId }: LookedUpSecret, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    if (userId === null) return null;
    if (userId !== actor.id) refuseWithout(actor, "users:read");
    return loaders.user.load(userId);
  }
}
