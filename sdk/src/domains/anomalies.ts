import {
  AcknowledgeAnomalyDocument,
  type AcknowledgeAnomalyInput,
  AnomaliesDocument,
  type AnomaliesQueryVariables,
  type AnomalyFragment,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** An unusual use of a key, or of a client's tokens: what was seen, and what was expected. */
export type Anomaly = AnomalyFragment;

/** Unusual uses of keys and tokens. */
export class Anomalies {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** One page, newest first unless `orderBy` says otherwise. */
  async list(query: AnomaliesQueryVariables = {}, options?: CallOptions): Promise<Page<Anomaly>> {
    return pageOf((await this.graphql.run(AnomaliesDocument, query, options)).anomalies);
  }

  /** Every anomaly, page after page. */
  all(query: WithoutPage<AnomaliesQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Anomaly> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Says that somebody has seen to it, and what it was. Again changes nothing. Errors: `NOT_FOUND`. */
  async acknowledge(input: AcknowledgeAnomalyInput, options?: CallOptions): Promise<Anomaly> {
    return (await this.graphql.run(AcknowledgeAnomalyDocument, { input }, options)).acknowledgeAnomaly;
  }
}
