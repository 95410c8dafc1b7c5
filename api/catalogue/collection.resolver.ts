import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { Collection } from "./collection.entity.js";
import type { CollectionService } from "./collection.service.js";
import {
  CollectionArgs,
  CollectionConnection,
  CreateCollectionInput,
  DeleteCollectionInput,
  UpdateCollectionInput,
} from "./collection.types.js";
import { Region } from "./region.entity.js";

@Resolver(() => Collection)
export class CollectionResolver {
  constructor(private readonly service: CollectionService) {}

  @Policy("catalogue:read")
  @Query(() => CollectionConnection, { description: "Collections by name. The search finds names and server names." })
  collections(@Args(() => CollectionArgs) args: CollectionArgs) {
    return this.service.list(args);
  }

  @Policy("catalogue:read")
  @Query(() => Collection, { description: "One collection. Errors: NOT_FOUND." })
  collection(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("catalogue:write")
  @Mutation(() => Collection, {
    description: "Create a collection in a region. Errors: INVALID_INPUT, CONFLICT (the name is taken in the region).",
  })
  createCollection(@CurrentCall() call: Call, @Arg("input", () => CreateCollectionInput) input: CreateCollectionInput) {
    return this.service.create(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => Collection, {
    description: "Change a collection. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (the name is taken in the region).",
  })
  updateCollection(@CurrentCall() call: Call, @Arg("input", () => UpdateCollectionInput) input: UpdateCollectionInput) {
    return this.service.update(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => Collection, {
    description:
      "Delete a collection. Errors: NOT_FOUND, INVALID_INPUT (it has APIs, how many, in which groups, and `confirm` is not true).",
  })
  deleteCollection(@CurrentCall() call: Call, @Arg("input", () => DeleteCollectionInput) input: DeleteCollectionInput) {
    return this.service.delete(call, input);
  }

  @FieldResolver(() => Region)
  region(@Root() collection: Collection, @Ctx() { loaders }: Context) {
    return loaders.region.load(collection.regionId);
  }
}
