import {
  LimitsDocument,
  type LimitsQuery,
  type LimitsQueryVariables,
  type RecentCallFragment,
  RecentCallsDocument,
  type RecentCallsQueryVariables,
  UsageDocument,
  type UsageQuery,
  type UsageQueryVariables,
  UsageUpdatedDocument,
  type UsageUpdatedSubscription,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** Calls of a range of time: totals, a series, and the top lists that were asked for. */
export type UsageReport = UsageQuery["usage"];

/** A call as it was judged. */
export type RecentCall = RecentCallFragment;

/** What a client may call, and how much of it is used, with the first of its keys that have a quota of their own. */
export interface ClientLimits extends Omit<LimitsQuery["limits"], "apiKeys"> {
  readonly apiKeys: Page<LimitsQuery["limits"]["apiKeys"]["edges"][number]["node"]>;
}

/** A client's calls in one minute, as far as they are counted. */
export type UsageUpdate = UsageUpdatedSubscription["usageUpdated"];

/** How often was called, by whom, and with which outcome. */
export class Usage {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * Totals and the series, which `series: false` leaves out; with `topClients`, `topApiKeys`, `topApis`, `topCollections` or
   * `topRegions` the `first` (default 10) that had the most calls. Errors: `INVALID_INPUT`.
   */
  async read(query: UsageQueryVariables, options?: CallOptions): Promise<UsageReport> {
    return (await this.graphql.run(UsageDocument, query, options)).usage;
  }

  /**
   * Of a client by its id or client id, with a page of its keys that have a quota of their own. `exhaustedAt` is when a quota
   * will be used up if calls go on as they do; null: not before it is full again. Errors: `NOT_FOUND`.
   */
  async limits(query: LimitsQueryVariables, options?: CallOptions): Promise<ClientLimits> {
    const { limits } = await this.graphql.run(LimitsDocument, query, options);
    return { ...limits, apiKeys: pageOf(limits.apiKeys) };
  }

  /** One page of single calls, newest first, as long as they are kept. `totalCount` counts up to 10,000. */
  async listCalls(query: RecentCallsQueryVariables = {}, options?: CallOptions): Promise<Page<RecentCall>> {
    return pageOf((await this.graphql.run(RecentCallsDocument, query, options)).recentCalls);
  }

  /** Every call that is kept, page after page. */
  allCalls(query: WithoutPage<RecentCallsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<RecentCall> {
    return everyNode((page, each) => this.listCalls(page, each), query, options);
  }

  /**
   * A client's calls by the minute, as they are counted, until you leave the loop; `clientId` is its id or client id. At most
   * once a second. Errors: `NOT_FOUND`; `UNAVAILABLE` or `NETWORK` when counts may have been missed: read the usage again,
   * and follow again.
   */
  async *updates(clientId: string, options?: CallOptions): AsyncGenerator<UsageUpdate> {
    for await (const { usageUpdated } of this.graphql.follow(UsageUpdatedDocument, { clientId }, options))
      yield usageUpdated;
  }
}
