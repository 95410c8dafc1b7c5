import {
  type NotificationFragment,
  NotificationsDocument,
  type NotificationsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A mail: sent, waiting, or kept to be read where no mail server is configured. */
export type Notification = NotificationFragment;

/** The outbox. */
export class Notifications {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** One page, newest first. */
  async list(query: NotificationsQueryVariables = {}, options?: CallOptions): Promise<Page<Notification>> {
    return pageOf((await this.graphql.run(NotificationsDocument, query, options)).notifications);
  }

  /** Every mail, page after page. */
  all(query: WithoutPage<NotificationsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Notification> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
