import { type AccessRecordFragment, RecordsDocument, type RecordsQueryVariables } from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";
import type { EffectivePermission } from "./permissions.js";
import type { Token } from "./tokens.js";

/** A client's key, with the first of what it may call in the chosen place, and the newest tokens of its client. */
export interface AccessRecord extends AccessRecordFragment {
  readonly restPermissions: Page<EffectivePermission>;
  readonly soapPermissions: Page<EffectivePermission>;
  /** Null where `withTokens` is false. */
  readonly tokens: Page<Token> | null;
}

/** So many rows with 20 permissions of each kind are within what one operation may cost. */
const ROWS_OF_A_PAGE = 20;

/** The operations screen: who may call what in a region and a collection. */
export class AccessRecords {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * One page, newest first unless `orderBy` says otherwise. Each row has the first `permissions` (default 20) REST APIs
   * and as many SOAP actions, and the newest `tokens` (default 5); pages of more than 20 rows need fewer. Go on with
   * `permissions.list({ apiKeyId })` and `tokens.list({ clientId })`. A key without
   * `tokens:read` leaves them out with `withTokens: false`.
   */
  async list(query: RecordsQueryVariables = {}, options?: CallOptions): Promise<Page<AccessRecord>> {
    const { nodes, ...rest } = pageOf((await this.graphql.run(RecordsDocument, query, options)).records);
    const records = nodes.map(({ restPermissions, soapPermissions, tokens, ...record }) => ({
      ...record,
      restPermissions: pageOf(restPermissions),
      soapPermissions: pageOf(soapPermissions),
      tokens: tokens ? pageOf(tokens) : null,
    }));
    return { nodes: records, ...rest };
  }

  /** Every row, page after page. */
  all(query: WithoutPage<RecordsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<AccessRecord> {
    return everyNode((page, each) => this.list({ ...page, first: ROWS_OF_A_PAGE }, each), query, options);
  }
}
