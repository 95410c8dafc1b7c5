import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { Scope } from "./scope.entity.js";
import type { ScopeService } from "./scope.service.js";
import { CreateScopeInput, DeleteScopeInput, ScopeArgs, ScopeConnection, UpdateScopeInput } from "./scope.types.js";

@Resolver(() => Scope)
export class ScopeResolver {
  constructor(private readonly service: ScopeService) {}

  @Policy("scopes:read")
  @Query(() => ScopeConnection, { description: "Scopes by name. The search finds names and descriptions." })
  scopes(@Args(() => ScopeArgs) args: ScopeArgs) {
    return this.service.list(args);
  }

  @Policy("scopes:read")
  @Query(() => Scope, { description: "One scope. Errors: NOT_FOUND." })
  scope(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("scopes:write")
  @Mutation(() => Scope, {
    description: "Create a scope of authority groups. Errors: INVALID_INPUT, CONFLICT (the name is taken).",
  })
  createScope(@CurrentCall() call: Call, @Arg("input", () => CreateScopeInput) input: CreateScopeInput) {
    return this.service.create(call, input);
  }

  @Policy("scopes:write")
  @Mutation(() => Scope, {
    description:
      "Change a scope; verdicts follow at once. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (the name is taken, or a holder is below the level of a group).",
  })
  updateScope(@CurrentCall() call: Call, @Arg("input", () => UpdateScopeInput) input: UpdateScopeInput) {
    return this.service.update(call, input);
  }

  @Policy("scopes:write")
  @Mutation(() => Scope, {
    description:
      "Delete a scope, for good, and take it from its holders. Errors: INVALID_INPUT (not confirmed: says how many clients hold it), NOT_FOUND.",
  })
  deleteScope(@CurrentCall() call: Call, @Arg("input", () => DeleteScopeInput) input: DeleteScopeInput) {
    return this.service.delete(call, input);
  }

  @FieldResolver(() => [AuthorityGroup], { description: "The groups that it stands for, by name." })
  groups(@Root() scope: Scope, @Ctx() { loaders }: Context) {
    return loaders.groupsOfScope.load(scope.id);
  }
}
