import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { seesApi } from "../access/reach.js";
import { Api } from "../catalogue/api.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import type { AuthorityGroupService } from "./authority-group.service.js";
import { AuthorityGroupArgs, AuthorityGroupConnection, CreateAuthorityGroupInput } from "./authority-group.types.js";

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

  @Policy("catalogue:read")
  @FieldResolver(() => [Api], { description: "The APIs that it grants, by name." })
  async apis(@Root() group: AuthorityGroup, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return (await loaders.apisOfGroup.load(group.id)).filter((api) => seesApi(actor, api));
  }
}
