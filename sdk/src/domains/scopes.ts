import {
  CreateScopeDocument,
  type CreateScopeInput,
  DeleteScopeDocument,
  type DeleteScopeInput,
  type DeleteScopeMutation,
  ScopeDocument,
  type ScopeFragment,
  ScopesDocument,
  type ScopesQueryVariables,
  UpdateScopeDocument,
  type UpdateScopeInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A named set of authority groups. */
export type Scope = ScopeFragment;

/** A scope that is gone: its groups went with it. */
export type DeletedScope = DeleteScopeMutation["deleteScope"];

/** Named sets of authority groups, given to clients. */
export class Scopes {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the name is taken. */
  async create(input: CreateScopeInput, options?: CallOptions): Promise<Scope> {
    return (await this.graphql.run(CreateScopeDocument, { input }, options)).createScope;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<Scope> {
    return (await this.graphql.run(ScopeDocument, { id }, options)).scope;
  }

  /** One page, by name. */
  async list(query: ScopesQueryVariables = {}, options?: CallOptions): Promise<Page<Scope>> {
    return pageOf((await this.graphql.run(ScopesDocument, query, options)).scopes);
  }

  /** Every scope, page after page. */
  all(query: WithoutPage<ScopesQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Scope> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Fields left out stay as they are. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT`. */
  async update(input: UpdateScopeInput, options?: CallOptions): Promise<Scope> {
    return (await this.graphql.run(UpdateScopeDocument, { input }, options)).updateScope;
  }

  /** Takes it from its holders. Errors: `NOT_FOUND`; `INVALID_INPUT` without `confirm: true`, saying how many hold it. */
  async delete(input: DeleteScopeInput, options?: CallOptions): Promise<DeletedScope> {
    return (await this.graphql.run(DeleteScopeDocument, { input }, options)).deleteScope;
  }
}
