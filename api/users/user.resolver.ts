import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { SignInPolicy, signInPolicyOf } from "./sign-in-policy.types.js";
import { User } from "./user.entity.js";
import type { UserService } from "./user.service.js";
import {
  CreateUserInput,
  DeleteUserInput,
  SignedInActor,
  UpdateUserInput,
  UserArgs,
  UserConnection,
} from "./user.types.js";

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly service: UserService) {}

  @Policy("signed-in", { beforePasswordChange: true })
  @Query(() => SignedInActor, { description: "Who is calling." })
  me(@CurrentCall() { actor }: Call): SignedInActor {
    return SignedInActor.of(actor);
  }

  @Policy("users:read")
  @Query(() => UserConnection, { description: "Users by name. The search finds user names and e-mail addresses." })
  users(@Args(() => UserArgs) args: UserArgs) {
    return this.service.list(args);
  }

  @Policy("users:read")
  @Query(() => User, { description: "One user. Errors: NOT_FOUND." })
  user(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("users:write")
  @Mutation(() => User, { description: "Create a user. Errors: INVALID_INPUT, CONFLICT (the name is taken)." })
  createUser(@CurrentCall() call: Call, @Arg("input", () => CreateUserInput) input: CreateUserInput) {
    return this.service.create(call, input);
  }

  @Policy("users:write")
  @Mutation(() => User, {
    description: "Change a user. The last SYSTEM_ADMIN keeps the role. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  updateUser(@CurrentCall() call: Call, @Arg("input", () => UpdateUserInput) input: UpdateUserInput) {
    return this.service.update(call, input);
  }

  @Policy("users:write")
  @Mutation(() => User, {
    description:
      "Delete a user with their keys and sessions, for good. Answers the user as they were. The last SYSTEM_ADMIN stays. Errors: INVALID_INPUT (not confirmed: says what would go with them), NOT_FOUND.",
  })
  deleteUser(@CurrentCall() call: Call, @Arg("input", () => DeleteUserInput) input: DeleteUserInput) {
    return this.service.delete(call, input);
  }

  @FieldResolver(() => SignInPolicy, { description: "How failed sign-ins are counted, and what they have led to." })
  signInPolicy(@Root() user: User, @Ctx() { now }: Context): SignInPolicy {
    return signInPolicyOf(user, now);
  }
}
