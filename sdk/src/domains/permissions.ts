import {
  type EffectivePermissionFragment,
  EffectivePermissionsDocument,
  type EffectivePermissionsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** An API that a client or a key may call, with what grants it. */
export type EffectivePermission = EffectivePermissionFragment;

/** Who may call what. It is told of rights alone: whether a key or a client is in force, its status says. */
export class Permissions {
  constructor(private readonly graphql: Graphql) {}

  /**
   * One page of the listed APIs that a client (`clientId`, its id or client id) or a key (`apiKeyId`) may call, by name.
   * Errors: `INVALID_INPUT` unless exactly one of the two is given, `NOT_FOUND`.
   */
  async list(query: EffectivePermissionsQueryVariables, options?: CallOptions): Promise<Page<EffectivePermission>> {
    return pageOf((await this.graphql.run(EffectivePermissionsDocument, query, options)).effectivePermissions);
  }

  /** Every listed API that a client or a key may call, page after page. */
  all(
    query: WithoutPage<EffectivePermissionsQueryVariables>,
    options?: CallOptions,
  ): AsyncGenerator<EffectivePermission> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
