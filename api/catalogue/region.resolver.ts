import { Arg, Args, Mutation, Query, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { SearchArgs } from "../graphql/search.js";
import { Region } from "./region.entity.js";
import type { RegionService } from "./region.service.js";
import { CreateRegionInput, DeleteRegionInput, RegionConnection, UpdateRegionInput } from "./region.types.js";

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

  @Policy("catalogue:write")
  @Mutation(() => Region, {
    description: "Change a region. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (code or name is taken).",
  })
  updateRegion(@CurrentCall() call: Call, @Arg("input", () => UpdateRegionInput) input: UpdateRegionInput) {
    return this.service.update(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => Region, {
    description:
      "Delete a region. Errors: NOT_FOUND, INVALID_INPUT (it is in use, by what, and `confirm` is not true).",
  })
  deleteRegion(@CurrentCall() call: Call, @Arg("input", () => DeleteRegionInput) input: DeleteRegionInput) {
    return this.service.delete(call, input);
  }
}
