import {
  AuthorityGroupDocument,
  type AuthorityGroupFragment,
  type AuthorityGroupQuery,
  AuthorityGroupsDocument,
  type AuthorityGroupsQueryVariables,
  CreateAuthorityGroupDocument,
  type CreateAuthorityGroupInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A named set of APIs with a security level. */
export type AuthorityGroup = AuthorityGroupFragment;

/** An authority group with the APIs that it grants. */
export type AuthorityGroupWithApis = AuthorityGroupQuery["authorityGroup"];

/** Named sets of APIs, given to clients and their keys. */
export class AuthorityGroups {
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the name is taken. */
  async create(input: CreateAuthorityGroupInput, options?: CallOptions): Promise<AuthorityGroup> {
    return (await this.graphql.run(CreateAuthorityGroupDocument, { input }, options)).createAuthorityGroup;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<AuthorityGroupWithApis> {
    return (await this.graphql.run(AuthorityGroupDocument, { id }, options)).authorityGroup;
  }

  /** One page, by name. */
  async list(query: AuthorityGroupsQueryVariables = {}, options?: CallOptions): Promise<Page<AuthorityGroup>> {
    return pageOf((await this.graphql.run(AuthorityGroupsDocument, query, options)).authorityGroups);
  }

  /** Every group, page after page. */
  all(query: WithoutPage<AuthorityGroupsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<AuthorityGroup> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
