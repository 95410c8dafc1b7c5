import { Arg, Query, Resolver } from "type-graphql";
import { Policy } from "../../graphql/policy.js";
import type { RecipeService } from "./recipe.service.js";
import { GatewayRecipe, GatewayRecipesInput } from "./recipe.types.js";

@Resolver(() => GatewayRecipe)
export class RecipeResolver {
  constructor(private readonly service: RecipeService) {}

  @Policy("gateways:read")
  @Query(() => [GatewayRecipe], {
    description:
      "Configurations of gateways that ask about every call, ready to use: one for each gateway, with this installation's values. Errors: INVALID_INPUT (an address that cannot stand in all of them), NOT_FOUND (the collection).",
  })
  gatewayRecipes(@Arg("input", () => GatewayRecipesInput) input: GatewayRecipesInput) {
    return this.service.list(input);
  }
}
