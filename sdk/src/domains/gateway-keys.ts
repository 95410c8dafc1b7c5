import {
  CreateGatewayKeyDocument,
  type CreateGatewayKeyInput,
  type CreateGatewayKeyMutation,
  GatewayKeyDocument,
  type GatewayKeyFragment,
  GatewayKeysDocument,
  type GatewayKeysQueryVariables,
  GatewayRecipesDocument,
  type GatewayRecipesInput,
  type GatewayRecipesQuery,
  RevokeGatewayKeyDocument,
  type RevokeGatewayKeyInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A secret by which a gateway outside of `VERIFY_NETWORKS` may ask for verdicts. */
export type GatewayKey = GatewayKeyFragment;

/** A gateway key with its secret, which is shown this once. */
export type CreatedGatewayKey = CreateGatewayKeyMutation["createGatewayKey"];

/** Files that configure one gateway to ask about every call. */
export type GatewayRecipe = GatewayRecipesQuery["gatewayRecipes"][number];

/** Secrets by which gateways outside of `VERIFY_NETWORKS` may ask for verdicts. */
export class GatewayKeys {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * The secret in the answer is shown this once; it is the `gatewayKey` of a client that asks for verdicts. Errors:
   * `INVALID_INPUT`, `CONFLICT` when a gateway key in force has the name.
   */
  async create(input: CreateGatewayKeyInput, options?: CallOptions): Promise<CreatedGatewayKey> {
    return (await this.graphql.run(CreateGatewayKeyDocument, { input }, options)).createGatewayKey;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<GatewayKey> {
    return (await this.graphql.run(GatewayKeyDocument, { id }, options)).gatewayKey;
  }

  /** One page, newest first unless `orderBy` says otherwise. */
  async list(query: GatewayKeysQueryVariables = {}, options?: CallOptions): Promise<Page<GatewayKey>> {
    return pageOf((await this.graphql.run(GatewayKeysDocument, query, options)).gatewayKeys);
  }

  /** Every gateway key, page after page. */
  all(query: WithoutPage<GatewayKeysQueryVariables> = {}, options?: CallOptions): AsyncGenerator<GatewayKey> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Ends it for good; its row stays. Revoking it again changes nothing. Errors: `NOT_FOUND`. */
  async revoke(input: RevokeGatewayKeyInput, options?: CallOptions): Promise<GatewayKey> {
    return (await this.graphql.run(RevokeGatewayKeyDocument, { input }, options)).revokeGatewayKey;
  }

  /**
   * Configurations of nginx, HAProxy, Caddy, Traefik and Envoy for one collection, ready to use. Errors: `INVALID_INPUT`
   * for an address that cannot stand in all of them, `NOT_FOUND` (the collection).
   */
  async recipes(input: GatewayRecipesInput, options?: CallOptions): Promise<readonly GatewayRecipe[]> {
    return (await this.graphql.run(GatewayRecipesDocument, { input }, options)).gatewayRecipes;
  }
}
