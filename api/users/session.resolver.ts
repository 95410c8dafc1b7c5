import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { Session } from "./session.entity.js";
import type { SessionService } from "./session.service.js";
import { EndSessionInput, SessionArgs, SessionConnection, SignInInput, SignInPayload } from "./session.types.js";
import { SignedInActor } from "./user.types.js";

@Resolver(() => Session)
export class SessionResolver {
  constructor(private readonly service: SessionService) {}

  @Policy("signed-in")
  @Query(() => SessionConnection, { description: "Sessions in force, newest first: the caller's own unless filtered." })
  sessions(@CurrentCall() call: Call, @Args(() => SessionArgs) args: SessionArgs) {
    return this.service.list(call, args);
  }

  @Policy("anyone")
  @Mutation(() => SignInPayload, {
    description:
      "Sign in with a user's name or a client id and the password; the session lasts 12 hours. Failed sign-ins in a row lock the account. Errors: UNAUTHENTICATED (one answer for a name that nobody has, a wrong password, and an account that is locked or not enabled), RATE_LIMITED (too many sign-ins at once: HTTP 429 with Retry-After).",
  })
  async signIn(@Ctx() context: Context, @Arg("input", () => SignInInput) input: SignInInput): Promise<SignInPayload> {
    const { token, expiresAt, actor } = await this.service.signIn(context, input);
    return { token, expiresAt, actor: SignedInActor.of(actor) };
  }

  @Policy("signed-in", { beforePasswordChange: true })
  @Mutation(() => Boolean, {
    description: "End the session of this call. False when the call came with an API key, which has no session.",
  })
  signOut(@CurrentCall() call: Call) {
    return this.service.signOut(call);
  }

  @Policy("signed-in")
  @Mutation(() => Session, {
    description:
      "End a session: one's own with a session, a user's with `users:write`, a client's with `clients:write`. Ending it again changes nothing. Errors: NOT_FOUND.",
  })
  endSession(@CurrentCall() call: Call, @Arg("input", () => EndSessionInput) { id }: EndSessionInput) {
    return this.service.end(call, id);
  }

  @FieldResolver(() => Boolean, { description: "Whether this call came with it." })
  current(@Root() session: Session, @Ctx() { actor }: Context) {
    return session.id === actor?.sessionId;
  }
}
