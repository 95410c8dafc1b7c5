import {
  AddGroupApisDocument,
  type AuthorityGroupApisInput,
  AuthorityGroupDocument,
  type AuthorityGroupFragment,
  type AuthorityGroupQuery,
  AuthorityGroupsDocument,
  type AuthorityGroupsQueryVariables,
  CreateAuthorityGroupDocument,
  type CreateAuthorityGroupInput,
  DeleteAuthorityGroupDocument,
  type DeleteAuthorityGroupInput,
  RemoveGroupApisDocument,
  UpdateAuthorityGroupDocument,
  type UpdateAuthorityGroupInput,
  type UpdateAuthorityGroupMutation,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A named set of APIs with a security level. */
export type AuthorityGroup = AuthorityGroupFragment;

/** An authority group with the number of APIs that it grants. */
export type AuthorityGroupWithCount = UpdateAuthorityGroupMutation["updateAuthorityGroup"];

/** An authority group with the first 100 of the APIs that it grants, by name. */
export type AuthorityGroupWithApis = AuthorityGroupQuery["authorityGroup"];

/** Named sets of APIs, given to clients and their keys. */
export class AuthorityGroups {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the name is taken. */
  async create(input: CreateAuthorityGroupInput, options?: CallOptions): Promise<AuthorityGroup> {
    return (await this.graphql.run(CreateAuthorityGroupDocument, { input }, options)).createAuthorityGroup;
  }

  /**
   * Fields left out stay as they are; verdicts follow at once. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT` when the
   * name is taken or a client below the new level holds the group.
   */
  async update(input: UpdateAuthorityGroupInput, options?: CallOptions): Promise<AuthorityGroupWithCount> {
    return (await this.graphql.run(UpdateAuthorityGroupDocument, { input }, options)).updateAuthorityGroup;
  }

  /** Adds APIs; those that it grants already stay. Errors: `INVALID_INPUT` (unknown), `NOT_FOUND`. */
  async addApis(input: AuthorityGroupApisInput, options?: CallOptions): Promise<AuthorityGroupWithCount> {
    return (await this.graphql.run(AddGroupApisDocument, { input }, options)).addGroupApis;
  }

  /** Takes APIs out; those that it does not grant are passed over. Errors: `NOT_FOUND`. */
  async removeApis(input: AuthorityGroupApisInput, options?: CallOptions): Promise<AuthorityGroupWithCount> {
    return (await this.graphql.run(RemoveGroupApisDocument, { input }, options)).removeGroupApis;
  }

  /**
   * Errors: `NOT_FOUND`; `INVALID_INPUT` while clients hold it, unless `confirm` takes it from them; `CONFLICT` while a
   * scope stands for it.
   */
  async delete(input: DeleteAuthorityGroupInput, options?: CallOptions): Promise<AuthorityGroup> {
    return (await this.graphql.run(DeleteAuthorityGroupDocument, { input }, options)).deleteAuthorityGroup;
  }

  /** Its first 100 APIs come with it; all of them: `apis.all({ filter: { groupId } })`. Errors: `NOT_FOUND`. */
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
