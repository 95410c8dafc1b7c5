import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { seesGroup } from "../access/reach.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { Api } from "./api.entity.js";
import type { ApiService } from "./api.service.js";
import { ApiArgs, ApiConnection, CreateApiInput, DeleteApiInput, UpdateApiInput } from "./api.types.js";
import { Collection } from "./collection.entity.js";

@Resolver(() => Api)
export class ApiResolver {
  constructor(private readonly service: ApiService) {}

  @Policy("catalogue:read")
  @Query(() => ApiConnection, {
    description:
      "APIs by name. The search finds names, descriptions, paths, SOAP actions and operations. A client sees the listed ones for its audience.",
  })
  apis(@CurrentCall() call: Call, @Args(() => ApiArgs) args: ApiArgs) {
    return this.service.list(call, args);
  }

  @Policy("catalogue:read")
  @Query(() => Api, { description: "One API. Errors: NOT_FOUND." })
  api(@CurrentCall() call: Call, @IdArg() id: string) {
    return this.service.get(call, id);
  }

  @Policy("catalogue:write")
  @Mutation(() => Api, {
    description:
      "Add an API to a collection. Errors: INVALID_INPUT, CONFLICT (the collection has this method and template, under any parameter names, or this SOAP action at this endpoint).",
  })
  createApi(@CurrentCall() call: Call, @Arg("input", () => CreateApiInput) input: CreateApiInput) {
    return this.service.create(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => Api, {
    description:
      "Change an API; it stays in its groups, and verdicts follow at once. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT as in `createApi`.",
  })
  updateApi(@CurrentCall() call: Call, @Arg("input", () => UpdateApiInput) input: UpdateApiInput) {
    return this.service.update(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => Api, {
    description: "Delete an API. Errors: NOT_FOUND, INVALID_INPUT (groups grant it, which, and `confirm` is not true).",
  })
  deleteApi(@CurrentCall() call: Call, @Arg("input", () => DeleteApiInput) input: DeleteApiInput) {
    return this.service.delete(call, input);
  }

  @FieldResolver(() => Collection)
  collection(@Root() api: Api, @Ctx() { loaders }: Context) {
    return loaders.collection.load(api.collectionId);
  }

  @Policy("groups:read")
  @FieldResolver(() => [AuthorityGroup], { description: "The groups that it is in, by name." })
  async groups(@Root() api: Api, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return (await loaders.groupsOfApi.load(api.id)).filter((group) => seesGroup(actor, group));
  }
}
