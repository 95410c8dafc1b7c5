import { type AuditRecord, readExport } from "../audit-export.js";
import {
  AuditChainDocument,
  type AuditChainPointInput,
  type AuditChainQuery,
  type AuditChainQueryVariables,
  type AuditEventFilter,
  type AuditEventFragment,
  AuditEventsDocument,
  type AuditEventsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** One thing that somebody did. */
export type AuditEvent = AuditEventFragment;

/** What became of verifying the chain, or a part of it. */
export type AuditChain = AuditChainQuery["auditChain"];

/** Of one call of `verify`: a second or so of work. */
const EVENTS_MAX = 10_000;

/** Which events an export has. All given conditions hold together. */
export interface AuditExportQuery extends AuditEventFilter {
  /** A keyword, as of `list`. */
  readonly search?: string | null | undefined;
  /** Only events with higher numbers: to go on where an earlier export has ended. */
  readonly after?: number | null | undefined;
}

/** Who did what, when, from where and why. */
export class AuditEvents {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** One page, newest first. */
  async list(query: AuditEventsQueryVariables = {}, options?: CallOptions): Promise<Page<AuditEvent>> {
    return pageOf((await this.graphql.run(AuditEventsDocument, query, options)).auditEvents);
  }

  /** Every event, page after page. */
  all(query: WithoutPage<AuditEventsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<AuditEvent> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /**
   * Every event in the order of its number, streamed: of any size, read no faster than you take them. Ends by itself only
   * when all were received; a transfer that breaks off rejects with `NETWORK`, so that a part is never taken for the
   * whole. `timeoutMs` is for the beginning of the answer. Errors: `INVALID_INPUT`, `FORBIDDEN` without `audit:read`.
   */
  export(query: AuditExportQuery = {}, options: CallOptions = {}): AsyncGenerator<AuditRecord, void, undefined> {
    return readExport((path) => this.graphql.open(path, options), query, options);
  }

  /**
   * Verifies a part of the chain at the server: `events` of it, from the beginning or `after` a point on. Errors:
   * `INVALID_INPUT`, `FORBIDDEN` without `audit:read`.
   */
  async chain(query: AuditChainQueryVariables = {}, options?: CallOptions): Promise<AuditChain> {
    const { after, known, events } = query;
    const points = { after: after && pointOf(after), known: known && [known].flat().map(pointOf) };
    return (await this.graphql.run(AuditChainDocument, { events, ...points }, options)).auditChain;
  }

  /**
   * Verifies the chain to its end, call after call, or to where it first does not hold. `verified` counts all of it. Give
   * the checkpoints that you have kept as `known`, and keep the `checkpoint` of the answer.
   */
  async verify(query: Omit<AuditChainQueryVariables, "events"> = {}, options?: CallOptions): Promise<AuditChain> {
    let after = query.after;
    for (let before = 0; ; ) {
      const chain = await this.chain({ ...query, after, events: EVENTS_MAX }, options);
      const verified = before + chain.verified;
      if (chain.complete || !chain.valid) return { ...chain, verified };
      before = verified;
      after = chain.verifiedTo;
    }
  }
}

/** Of a checkpoint, which may be given as it came. */
function pointOf({ number, hash }: AuditChainPointInput): AuditChainPointInput {
  return { number, hash };
}
