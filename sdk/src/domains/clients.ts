import {
  AddClientGroupsDocument,
  AddClientScopesDocument,
  AssignableGroupsDocument,
  type AssignableGroupsQueryVariables,
  ClientDocument,
  type ClientFragment,
  type ClientGroupsInput,
  type ClientQueryVariables,
  type ClientScopesInput,
  ClientsDocument,
  type ClientsQueryVariables,
  type ClientWithGroupsFragment,
  CreateClientDocument,
  type CreateClientInput,
  DeleteClientDocument,
  type DeleteClientInput,
  RemoveClientGroupsDocument,
  RemoveClientScopesDocument,
  SetClientSecurityLevelDocument,
  type SetClientSecurityLevelInput,
  SetClientStatusDocument,
  type SetClientStatusInput,
  type TokenSettingsFragment,
  UpdateClientDocument,
  type UpdateClientInput,
  UpdateTokenSettingsDocument,
  type UpdateTokenSettingsInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";
import type { AuthorityGroup } from "./groups.js";

/** An account of an API consumer, with the authority groups and scopes that it holds, and its token settings. */
export type Client = ClientWithGroupsFragment;

/** A client that is gone: its groups went with it. */
export type DeletedClient = ClientFragment;

/** How a client may come by tokens, and how long and how often they can be used. */
export type TokenSettings = TokenSettingsFragment;

/** Accounts of API consumers. Every `clientId` in an input is the client's `id` or its client id. */
export class Clients {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when client id, name or display name is taken (a client id also by a deleted client). */
  async create(input: CreateClientInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(CreateClientDocument, { input }, options)).createClient;
  }

  /** Finds a client by `id` or by `clientId`. Errors: `NOT_FOUND`. */
  async get(lookup: ClientQueryVariables, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(ClientDocument, lookup, options)).client;
  }

  /** One page, newest first unless `orderBy` says otherwise. */
  async list(query: ClientsQueryVariables = {}, options?: CallOptions): Promise<Page<Client>> {
    return pageOf((await this.graphql.run(ClientsDocument, query, options)).clients);
  }

  /** Every client, page after page. */
  all(query: WithoutPage<ClientsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Client> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Fields left out stay as they are; null clears. Its keys follow at once. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT`. */
  async update(input: UpdateClientInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(UpdateClientDocument, { input }, options)).updateClient;
  }

  /** Enables, disables or locks a client; verdicts follow. Errors: `NOT_FOUND`. */
  async setStatus(input: SetClientStatusInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(SetClientStatusDocument, { input }, options)).setClientStatus;
  }

  /** Gives groups; those it holds already stay. Errors: `INVALID_INPUT` (unknown, or above its level), `NOT_FOUND`. */
  async addGroups(input: ClientGroupsInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(AddClientGroupsDocument, { input }, options)).addClientGroups;
  }

  /** Takes groups away, from the client and from its keys and tokens at once. Errors: `NOT_FOUND`. */
  async removeGroups(input: ClientGroupsInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(RemoveClientGroupsDocument, { input }, options)).removeClientGroups;
  }

  /** Gives scopes; those it holds already stay. Errors: `INVALID_INPUT` (unknown, or above its level), `NOT_FOUND`. */
  async addScopes(input: ClientScopesInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(AddClientScopesDocument, { input }, options)).addClientScopes;
  }

  /** Takes scopes away, from the client and from its tokens at once. Errors: `NOT_FOUND`. */
  async removeScopes(input: ClientScopesInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(RemoveClientScopesDocument, { input }, options)).removeClientScopes;
  }

  /**
   * Says how a client may come by tokens, how long and how often they can be used, and where browsers may be sent back to.
   * Fields left out stay as they are; tokens that were issued keep what they were issued with. Errors: `INVALID_INPUT`,
   * `NOT_FOUND`.
   */
  async updateTokenSettings(input: UpdateTokenSettingsInput, options?: CallOptions): Promise<TokenSettings> {
    return (await this.graphql.run(UpdateTokenSettingsDocument, { input }, options)).updateTokenSettings;
  }

  /** Errors: `NOT_FOUND`; `CONFLICT` while higher groups are held, each named in `fields`, unless `detach` takes them away. */
  async setSecurityLevel(input: SetClientSecurityLevelInput, options?: CallOptions): Promise<Client> {
    return (await this.graphql.run(SetClientSecurityLevelDocument, { input }, options)).setClientSecurityLevel;
  }

  /** One page of the groups that it may hold by its level and does not hold yet, by name. Errors: `NOT_FOUND`. */
  async assignableGroups(query: AssignableGroupsQueryVariables, options?: CallOptions): Promise<Page<AuthorityGroup>> {
    return pageOf((await this.graphql.run(AssignableGroupsDocument, query, options)).assignableGroups);
  }

  /** All groups that it may hold by its level and does not hold yet, page after page. */
  allAssignableGroups(
    query: WithoutPage<AssignableGroupsQueryVariables>,
    options?: CallOptions,
  ): AsyncGenerator<AuthorityGroup> {
    return everyNode((page, each) => this.assignableGroups(page, each), query, options);
  }

  /**
   * Takes keys, tokens and sessions along. Errors: `NOT_FOUND`; `CONFLICT` for a system client; `INVALID_INPUT` without
   * `confirm: true`, saying what would go.
   */
  async delete(input: DeleteClientInput, options?: CallOptions): Promise<DeletedClient> {
    return (await this.graphql.run(DeleteClientDocument, { input }, options)).deleteClient;
  }
}
