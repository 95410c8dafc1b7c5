import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { CallOrigin } from "../access/call.js";
import type { Context } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { RequestPasswordResetInput, ResetPasswordInput } from "./password-reset.types.js";
import type { PasswordResetRequests } from "./request-password-reset.js";
import type { NewPasswordByLink } from "./reset-password-by-link.js";

@Resolver()
export class PasswordResetResolver {
  constructor(
    private readonly requests: PasswordResetRequests,
    private readonly resetByLink: (origin: CallOrigin, input: NewPasswordByLink) => Promise<void>,
  ) {}

  @Policy("anyone")
  @Mutation(() => Boolean, {
    description:
      "Ask for a mail with a link that sets a new password: single-use, for one hour, one in five minutes. Always true, whether the account exists and has an address or not. Errors: RATE_LIMITED.",
  })
  requestPasswordReset(
    @Ctx() context: Context,
    @Arg("input", () => RequestPasswordResetInput) { name }: RequestPasswordResetInput,
  ): boolean {
    this.requests.request(context, name);
    return true;
  }

  @Policy("anyone")
  @Mutation(() => Boolean, {
    description: "Set a new password with the token of a link. Ends all sessions; a lock stays. Errors: INVALID_INPUT.",
  })
  async resetPassword(
    @Ctx() context: Context,
    @Arg("input", () => ResetPasswordInput) input: ResetPasswordInput,
  ): Promise<boolean> {
    await this.resetByLink(context, input);
    return true;
  }
}
