import {
  EndSessionDocument,
  type SessionFragment,
  SessionsDocument,
  type SessionsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A signed-in user or client. */
export type Session = SessionFragment;

/** Sessions in force: one's own, or with a filter those of an account in reach. */
export class Sessions {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** One page, newest first. */
  async list(query: SessionsQueryVariables = {}, options?: CallOptions): Promise<Page<Session>> {
    return pageOf((await this.graphql.run(SessionsDocument, query, options)).sessions);
  }

  /** Every session, page after page. */
  all(query: WithoutPage<SessionsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Session> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Ending a session again changes nothing. Errors: `NOT_FOUND`. */
  async end(id: string, options?: CallOptions): Promise<Session> {
    return (await this.graphql.run(EndSessionDocument, { input: { id } }, options)).endSession;
  }
}
