import { Matches } from "class-validator";
import { Args, ArgsType, Field, ID, Resolver, Root, Subscription } from "type-graphql";
import type { LiveContext } from "../graphql/live-context.js";
import { Policy } from "../graphql/policy.js";
import { UsageUpdate } from "./usage-updated.types.js";

@ArgsType()
class UsageUpdatedArgs {
  @Field(() => ID, { description: "The client, by its id or its client id." })
  @Matches(/^[A-Za-z0-9_-]{1,50}$/, { message: "must be an id or a client id" })
  clientId!: string;
}

function updatedUsage({ args, context }: { readonly args: UsageUpdatedArgs; readonly context: LiveContext }) {
  return context.live.usage.follow(context, args.clientId);
}

@Resolver()
export class UsageUpdatedResolver {
  @Policy("usage:read")
  @Subscription(() => UsageUpdate, {
    subscribe: updatedUsage,
    description:
      "A client has called, on whichever node: its calls in this minute, or the one before, as far as they are counted; at most once a second. Errors: INVALID_INPUT, NOT_FOUND, for an absent client and for one that the caller may not see. It ends with UNAVAILABLE where counts may have been missed: read `usage`, and subscribe again.",
  })
  usageUpdated(@Root() update: UsageUpdate, @Args(() => UsageUpdatedArgs) _args: UsageUpdatedArgs): UsageUpdate {
    return update;
  }
}
