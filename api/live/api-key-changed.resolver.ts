import { Resolver, Root, Subscription } from "type-graphql";
import type { LiveContext } from "../graphql/live-context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "../keys/api-key.entity.js";

function changedKeys({ context }: { readonly context: LiveContext }) {
  return context.live.keys.follow(context);
}

@Resolver()
export class ApiKeyChangedResolver {
  @Policy("keys:read")
  @Subscription(() => ApiKey, {
    subscribe: changedKeys,
    description:
      "A key that the caller reaches was created or changed, or what it may do was, on whichever node: the key as it is now. Several changes in a moment may come as one. Uses are no changes. It ends with UNAVAILABLE where changes may have been missed: read the list again, and subscribe again.",
  })
  apiKeyChanged(@Root() key: ApiKey): ApiKey {
    return key;
  }
}
