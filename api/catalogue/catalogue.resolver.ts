import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { seesGroup } from "../access/reach.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { SearchArgs } from "../graphql/search.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { Api } from "./api.entity.js";
import type { ApiService } from "./api.service.js";
import {
  ApiArgs,
  ApiConnection,
  CollectionArgs,
  CollectionConnection,
  CreateApiInput,
  CreateCollectionInput,
  CreateRegionInput,
  RegionConnection,
} from "./catalogue.types.js";
import { Collection } from "./collection.entity.js";
import type { CollectionService } from "./collection.service.js";
import { Region } from "./region.entity.js";
import type { RegionService } from "./region.service.js";

@Resolver(() => Region)
export class RegionResolver {
  constructor(private readonly service: RegionService) {}

  @Policy("catalogue:read")
  @Query(() => RegionConnection, { description: "Regions by code. The search finds codes and names." })
  regions(@Args(() => SearchArgs) args: SearchArgs) {
    return this.service.list(args);
  }

  @Policy("catalogue:read")
  @Query(() => Region, { description: "One region. Errors: NOT_FOUND." })
  region(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("catalogue:write")
  @Mutation(() => Region, { description: "Create a region. Errors: INVALID_INPUT, CONFLICT (code or name is taken)." })
  createRegion(@CurrentCall() call: Call, @Arg("input", () => CreateRegionInput) input: CreateRegionInput) {
    return this.service.create(call, input);
  }
}

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

  @FieldResolver(() => Region)
  region(@Root() collection: Collection, @Ctx() { loaders }: Context) {
    return loaders.region.load(collection.regionId);
  }
}

@Resolver(() => Api)
export class ApiResolver {
  constructor(private readonly service: ApiService) {}

  @Policy("catalogue:read")
  @Query(() => ApiConnection, {
    description:
      "APIs by name. The search finds names, paths and descriptions. A client sees the listed ones for its audience.",
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
      "Add an API to a collection. Errors: INVALID_INPUT, CONFLICT (the collection has this method and template, under any parameter names).",
  })
  createApi(@CurrentCall() call: Call, @Arg("input", () => CreateApiInput) input: CreateApiInput) {
    return this.service.create(call, input);
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
