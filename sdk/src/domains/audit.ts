import {
  type AuditEventFragment,
  AuditEventsDocument,
  type AuditEventsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** One thing that somebody did. */
export type AuditEvent = AuditEventFragment;

/** Who did what, when, from where and why. */
export class AuditEvents {
  constructor(private readonly graphql: Graphql) {}

  /** One page, newest first. */
  async list(query: AuditEventsQueryVariables = {}, options?: CallOptions): Promise<Page<AuditEvent>> {
    return pageOf((await this.graphql.run(AuditEventsDocument, query, options)).auditEvents);
  }

  /** Every event, page after page. */
  all(query: WithoutPage<AuditEventsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<AuditEvent> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
