import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroupConnection } from "../groups/authority-group.types.js";
import { Scope } from "../scopes/scope.entity.js";
import { Client } from "./client.entity.js";
import type { ClientRightsService } from "./client-rights.service.js";
import { AssignableGroupArgs, ClientScopesInput, SetClientSecurityLevelInput } from "./client-rights.types.js";

@Resolver(() => Client)
export class ClientRightsResolver {
  constructor(private readonly service: ClientRightsService) {}

  @Policy("clients:read")
  @Query(() => AuthorityGroupConnection, {
    description:
      "The pick list for a client: groups within its security level that it does not hold yet, by name. The search finds names and descriptions. Errors: NOT_FOUND.",
  })
  assignableGroups(@CurrentCall() call: Call, @Args(() => AssignableGroupArgs) args: AssignableGroupArgs) {
    return this.service.assignableGroups(call, args);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Set how far a client is trusted. Lowering it while higher groups, or scopes with such, are held names what is in the way, or with `detach` takes them from the client and its keys. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT.",
  })
  setClientSecurityLevel(
    @CurrentCall() call: Call,
    @Arg("input", () => SetClientSecurityLevelInput) input: SetClientSecurityLevelInput,
  ) {
    return this.service.setSecurityLevel(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description: "Give scopes to a client; those it holds already stay. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  addClientScopes(@CurrentCall() call: Call, @Arg("input", () => ClientScopesInput) input: ClientScopesInput) {
    return this.service.addScopes(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Take scopes from a client and, at once, from its tokens; those it does not hold change nothing. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  removeClientScopes(@CurrentCall() call: Call, @Arg("input", () => ClientScopesInput) input: ClientScopesInput) {
    return this.service.removeScopes(call, input);
  }

  @FieldResolver(() => [Scope], { description: "The scopes that it holds, by name." })
  scopes(@Root() client: Client, @Ctx() { loaders }: Context) {
    return loaders.scopesOfClient.load(client.id);
  }
}
