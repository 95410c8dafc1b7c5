import {
  type ApiCallerFragment,
  ApiCallersDocument,
  type ApiCallersQueryVariables,
  type EffectivePermissionFragment,
  EffectivePermissionsDocument,
  type EffectivePermissionsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** An API that a client, a key or a token may call, with what grants it. */
export type EffectivePermission = EffectivePermissionFragment;

/** A client that has the right to call an API, with what grants it and the first 20 of its keys in force that may. */
export type ApiCaller = ApiCallerFragment;

/** Who may call what. It is told of rights alone: whether a key or a client is in force, its status says. */
export class Permissions {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * One page of the listed APIs that a client (`clientId`, its id or client id), a key (`apiKeyId`) or a token (`tokenId`)
   * may call, by name. Errors: `INVALID_INPUT` unless exactly one of the three is given, `NOT_FOUND`.
   */
  async list(query: EffectivePermissionsQueryVariables, options?: CallOptions): Promise<Page<EffectivePermission>> {
    return pageOf((await this.graphql.run(EffectivePermissionsDocument, query, options)).effectivePermissions);
  }

  /** Every listed API that a client, a key or a token may call, page after page. */
  all(
    query: WithoutPage<EffectivePermissionsQueryVariables>,
    options?: CallOptions,
  ): AsyncGenerator<EffectivePermission> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** One page of the clients that have the right to call an API, newest first. Not for clients. Errors: `NOT_FOUND`. */
  async callers(query: ApiCallersQueryVariables, options?: CallOptions): Promise<Page<ApiCaller>> {
    return pageOf((await this.graphql.run(ApiCallersDocument, query, options)).apiCallers);
  }

  /** Every client that has the right to call an API, page after page. */
  allCallers(query: WithoutPage<ApiCallersQueryVariables>, options?: CallOptions): AsyncGenerator<ApiCaller> {
    return everyNode((page, each) => this.callers(page, each), query, options);
  }
}
