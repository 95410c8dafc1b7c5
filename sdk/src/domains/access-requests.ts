import {
  type AccessRequestFragment,
  AccessRequestsDocument,
  type AccessRequestsQueryVariables,
  DecideAccessRequestDocument,
  type DecideAccessRequestInput,
  RequestAccessDocument,
  type RequestAccessInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A client's wish for an authority group, and what was decided. */
export type AccessRequest = AccessRequestFragment;

/** What clients ask for. */
export class AccessRequests {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Asks, as a client that has signed in, for a group. Errors: `INVALID_INPUT`, `CONFLICT` (held, or asked for already). */
  async request(input: RequestAccessInput, options?: CallOptions): Promise<AccessRequest> {
    return (await this.graphql.run(RequestAccessDocument, { input }, options)).requestAccess;
  }

  /** Approves, which gives the group, or denies. Errors: `NOT_FOUND`, `CONFLICT` (decided already). */
  async decide(input: DecideAccessRequestInput, options?: CallOptions): Promise<AccessRequest> {
    return (await this.graphql.run(DecideAccessRequestDocument, { input }, options)).decideAccessRequest;
  }

  /** One page, newest first. A client sees its own. */
  async list(query: AccessRequestsQueryVariables = {}, options?: CallOptions): Promise<Page<AccessRequest>> {
    return pageOf((await this.graphql.run(AccessRequestsDocument, query, options)).accessRequests);
  }

  /** Every request, page after page. */
  all(query: WithoutPage<AccessRequestsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<AccessRequest> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
