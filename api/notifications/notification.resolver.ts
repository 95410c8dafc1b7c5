import { Args, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { Notification } from "./notification.entity.js";
import type { NotificationService } from "./notification.service.js";
import { NotificationArgs, NotificationConnection } from "./notification.types.js";

@Resolver(() => Notification)
export class NotificationResolver {
  constructor(private readonly service: NotificationService) {}

  @Policy("notifications:read")
  @Query(() => NotificationConnection, {
    description: "Mails, newest first: sent, waiting, or kept to be read. The search finds subjects and addresses.",
  })
  notifications(@Args(() => NotificationArgs) args: NotificationArgs) {
    return this.service.list(args);
  }

  @FieldResolver(() => String, {
    description:
      "The text. A link that lets its reader in is masked, except for a `SYSTEM_ADMIN` where no mail server is configured.",
  })
  body(@Root() mail: Notification, @CurrentCall() call: Call) {
    return this.service.bodyFor(call, mail);
  }
}
