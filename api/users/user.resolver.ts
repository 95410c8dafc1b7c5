import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import type { SessionService } from "./session.service.js";
import { User } from "./user.entity.js";
import type { UserService } from "./user.service.js";
import { CreateUserInput, SignedInActor, SignInInput, SignInPayload, UserArgs, UserConnection } from "./user.types.js";

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly service: UserService,
    private readonly sessions: SessionService,
  ) {}

  @Policy("signed-in")
  @Query(() => SignedInActor, { description: "Who is calling." })
  me(@CurrentCall() { actor }: Call): SignedInActor {
    return present(actor);
  }

  @Policy("users:read")
  @Query(() => UserConnection, { description: "Users by name. The search finds user names." })
  users(@Args(() => UserArgs) args: UserArgs) {
    return this.service.list(args);
  }

  @Policy("users:read")
  @Query(() => User, { description: "One user. Errors: NOT_FOUND." })
  user(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("anyone")
  @Mutation(() => SignInPayload, {
    description:
      "Sign in with a user's name or a client id and the password; the session lasts 12 hours. Errors: UNAUTHENTICATED.",
  })
  async signIn(@Ctx() context: Context, @Arg("input", () => SignInInput) input: SignInInput): Promise<SignInPayload> {
    const { token, expiresAt, actor } = await this.sessions.signIn(context, input);
    return { token, expiresAt, actor: present(actor) };
  }

  @Policy("signed-in")
  @Mutation(() => Boolean, {
    description: "End the session of this call. False when the call came with an API key, which has no session.",
  })
  signOut(@CurrentCall() call: Call) {
    return this.sessions.signOut(call);
  }

  @Policy("users:write")
  @Mutation(() => User, { description: "Create a user. Errors: INVALID_INPUT, CONFLICT (the name is taken)." })
  createUser(@CurrentCall() call: Call, @Arg("input", () => CreateUserInput) input: CreateUserInput) {
    return this.service.create(call, input);
  }
}

function present({ id, kind, name, role, permissions }: Actor): SignedInActor {
  return { id, kind, name, role, permissions: [...permissions] };
}
