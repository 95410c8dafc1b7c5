import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { SurrenderSecretInput } from "./api-key.types.js";
import type { SurrenderService } from "./surrender.service.js";
import { SurrenderedSecret } from "./surrender.types.js";

@Resolver()
export class SurrenderResolver {
  constructor(private readonly service: SurrenderService) {}

  @Policy("anyone")
  @Mutation(() => SurrenderedSecret, {
    description:
      "Revoke a key or a token by presenting it, for whoever holds or finds one. With a refresh token goes all that came of its grant. Errors: NOT_FOUND.",
  })
  surrenderSecret(@Ctx() context: Context, @Arg("input", () => SurrenderSecretInput) input: SurrenderSecretInput) {
    return this.service.surrender(context, input);
  }
}
