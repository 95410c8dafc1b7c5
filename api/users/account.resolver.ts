import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import type { AccountService } from "./account.service.js";
import {
  AccountPayload,
  ChangePasswordInput,
  OneTimePasswordInput,
  OneTimePasswordPayload,
  payloadOf,
} from "./account.types.js";
import { SetSignInPolicyInput } from "./sign-in-policy.types.js";
import { SignedInActor } from "./user.types.js";

@Resolver()
export class AccountResolver {
  constructor(private readonly service: AccountService) {}

  @Policy("clients:write")
  @Mutation(() => AccountPayload, {
    description:
      "Set how failed sign-ins lock a client or a user, reset their count, or lift a lock. For a user this needs `users:write` besides. Errors: INVALID_INPUT, FORBIDDEN, NOT_FOUND.",
  })
  async setSignInPolicy(
    @CurrentCall() call: Call,
    @Arg("input", () => SetSignInPolicyInput) input: SetSignInPolicyInput,
  ): Promise<AccountPayload> {
    return payloadOf(await this.service.setSignInPolicy(call, input));
  }

  @Policy("signed-in", { beforePasswordChange: true })
  @Mutation(() => SignedInActor, {
    description:
      "Change the caller's own password. Its other sessions end; API keys stay. A wrong old password counts as a failed sign-in. Errors: INVALID_INPUT, FORBIDDEN (called with an API key), RATE_LIMITED.",
  })
  async changePassword(
    @CurrentCall() call: Call,
    @Arg("input", () => ChangePasswordInput) input: ChangePasswordInput,
  ): Promise<SignedInActor> {
    input.refuseMismatch();
    await this.service.changePassword(call, input);
    return SignedInActor.of({ ...call.actor, passwordChangeRequired: false });
  }

  @Policy("clients:write")
  @Mutation(() => OneTimePasswordPayload, {
    description:
      "Give a client or a user a password that must be changed at the next sign-in: until then a session may only run `me`, `changePassword` and `signOut`. Its sessions end, a lock by failed sign-ins is lifted. For a user this needs `users:write` besides. Errors: INVALID_INPUT, FORBIDDEN, NOT_FOUND, RATE_LIMITED.",
  })
  async setOneTimePassword(
    @CurrentCall() call: Call,
    @Arg("input", () => OneTimePasswordInput) input: OneTimePasswordInput,
  ): Promise<OneTimePasswordPayload> {
    const { account, password } = await this.service.setOneTimePassword(call, input);
    return { ...payloadOf(account), password };
  }
}
