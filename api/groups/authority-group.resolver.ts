import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Api } from "../catalogue/api.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import type { AuthorityGroupService } from "./authority-group.service.js";
import {
  ApisOfGroupArgs,
  AuthorityGroupApisInput,
  AuthorityGroupArgs,
  AuthorityGroupConnection,
  CreateAuthorityGroupInput,
  DeleteAuthorityGroupInput,
  UpdateAuthorityGroupInput,
} from "./authority-group.types.js";

@Resolver(() => AuthorityGroup)
export class AuthorityGroupResolver {
  constructor(private readonly service: AuthorityGroupService) {}

  @Policy("groups:read")
  @Query(() => AuthorityGroupConnection, {
    description:
      "Authority groups by name. The search finds names and descriptions. A client sees those that it may hold.",
  })
  authorityGroups(@CurrentCall() call: Call, @Args(() => AuthorityGroupArgs) args: AuthorityGroupArgs) {
    return this.service.list(call, args);
  }

  @Policy("groups:read")
  @Query(() => AuthorityGroup, { description: "One authority group. Errors: NOT_FOUND." })
  authorityGroup(@CurrentCall() call: Call, @IdArg() id: string) {
    return this.service.get(call, id);
  }

  @Policy("groups:write")
  @Mutation(() => AuthorityGroup, {
    description: "Create an authority group of APIs. Errors: INVALID_INPUT, CONFLICT (the name is taken).",
  })
  createAuthorityGroup(
    @CurrentCall() call: Call,
    @Arg("input", () => CreateAuthorityGroupInput) input: CreateAuthorityGroupInput,
  ) {
    return this.service.create(call, input);
  }

  @Policy("groups:write")
  @Mutation(() => AuthorityGroup, {
    description:
      "Change an authority group; verdicts follow at once. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (the name is taken; a client below the new level holds it).",
  })
  updateAuthorityGroup(
    @CurrentCall() call: Call,
    @Arg("input", () => UpdateAuthorityGroupInput) input: UpdateAuthorityGroupInput,
  ) {
    return this.service.update(call, input);
  }

  @Policy("groups:write")
  @Mutation(() => AuthorityGroup, {
    description: "Add APIs to a group; those that it grants already stay. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  addGroupApis(@CurrentCall() call: Call, @Arg("input", () => AuthorityGroupApisInput) input: AuthorityGroupApisInput) {
    return this.service.addApis(call, input);
  }

  @Policy("groups:write")
  @Mutation(() => AuthorityGroup, {
    description:
      "Take APIs out of a group, which may be left with none; those that it does not grant are passed over. Errors: NOT_FOUND.",
  })
  removeGroupApis(
    @CurrentCall() call: Call,
    @Arg("input", () => AuthorityGroupApisInput) input: AuthorityGroupApisInput,
  ) {
    return this.service.removeApis(call, input);
  }

  @Policy("groups:write")
  @Mutation(() => AuthorityGroup, {
    description:
      "Delete an authority group. Errors: NOT_FOUND; INVALID_INPUT (clients hold it, how many, and `confirm` is not true); CONFLICT (a scope stands for it, which: change the scope first, since it would demand less of a key without it).",
  })
  deleteAuthorityGroup(
    @CurrentCall() call: Call,
    @Arg("input", () => DeleteAuthorityGroupInput) input: DeleteAuthorityGroupInput,
  ) {
    return this.service.delete(call, input);
  }

  @Policy("catalogue:read")
  @FieldResolver(() => [Api], { description: "The first of the APIs that it grants, by name." })
  apis(
    @Root() group: AuthorityGroup,
    @Args(() => ApisOfGroupArgs) { first }: ApisOfGroupArgs,
    @CurrentCall() { actor }: Call,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.apisOfGroup.load({ groupId: group.id, first, sight: actor.sight });
  }

  @Policy("catalogue:read")
  @FieldResolver(() => Int, { description: "How many APIs it grants." })
  apiCount(@Root() group: AuthorityGroup, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return loaders.apiCountOfGroup.load({ groupId: group.id, sight: actor.sight });
  }
}
