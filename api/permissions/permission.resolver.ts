import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { PAGE_SIZE_DEFAULT } from "../database/paginate.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { Token } from "../tokens/token.entity.js";
import type { PermissionService } from "./permission.service.js";
import {
  EffectivePermission,
  EffectivePermissionArgs,
  EffectivePermissionConnection,
  FirstPermissionsArgs,
  Grant,
} from "./permission.types.js";

@Resolver(() => EffectivePermission)
export class PermissionResolver {
  constructor(private readonly service: PermissionService) {}

  @Policy("keys:read")
  @Query(() => EffectivePermissionConnection, {
    description:
      "The listed APIs that a client, a key or a token may call, by name, each with what grants it. A key has its own groups, of its client's; a client has its groups and, for its tokens, those of its scopes; a token has of these what it was granted; a user's key has none, and may call what is open to all. The search finds what the search of `apis` finds. A client sees APIs for its audience only. Errors: INVALID_INPUT (not exactly one of `clientId`, `apiKeyId` and `tokenId`), NOT_FOUND, FORBIDDEN (for a client, without `clients:read`; for a token, without `tokens:read`).",
  })
  effectivePermissions(@CurrentCall() call: Call, @Args(() => EffectivePermissionArgs) args: EffectivePermissionArgs) {
    return this.service.list(call, args);
  }

  @FieldResolver(() => [Grant], {
    description: "What grants it: OPEN_TO_ALL, then the groups and the scopes by name. At least one.",
  })
  grantedBy(@Root() permission: EffectivePermission, @Ctx() { loaders }: Context) {
    return loaders.grants.load(permission);
  }
}

@Resolver(() => ApiKey)
export class PermissionsOfKeyResolver {
  @FieldResolver(() => EffectivePermissionConnection, {
    description: "The listed APIs that it may call by its rights, REST and SOAP, by name.",
  })
  effectivePermissions(
    @Root() key: ApiKey,
    @Args(() => FirstPermissionsArgs) { first = PAGE_SIZE_DEFAULT }: FirstPermissionsArgs,
    @CurrentCall() { actor }: Call,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.permissionsOf({ holders: "API_KEY", first, sight: actor.sight }).load(key.id);
  }
}

@Resolver(() => Token)
export class PermissionsOfTokenResolver {
  @FieldResolver(() => EffectivePermissionConnection, {
    description:
      "The listed APIs that may be called with it by its rights, REST and SOAP, by name. Of a refresh token: with what it may be exchanged for.",
  })
  effectivePermissions(
    @Root() token: Token,
    @Args(() => FirstPermissionsArgs) { first = PAGE_SIZE_DEFAULT }: FirstPermissionsArgs,
    @CurrentCall() { actor }: Call,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.permissionsOf({ holders: "TOKEN", first, sight: actor.sight }).load(token.id);
  }
}
