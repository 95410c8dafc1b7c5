import {
  ApiDocument,
  type ApiFragment,
  ApisDocument,
  type ApisQueryVariables,
  CollectionDocument,
  type CollectionFragment,
  CollectionsDocument,
  type CollectionsQueryVariables,
  CreateApiDocument,
  type CreateApiInput,
  CreateCollectionDocument,
  type CreateCollectionInput,
  CreateRegionDocument,
  type CreateRegionInput,
  RegionDocument,
  type RegionFragment,
  RegionsDocument,
  type RegionsQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** Where servers stand. */
export type Region = RegionFragment;

/** APIs that one server offers in one region. */
export type Collection = CollectionFragment;

/** One entry of the catalogue: a method and a path template. */
export type Api = ApiFragment;

/** The top of the catalogue. */
export class Regions {
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when code or name is taken. */
  async create(input: CreateRegionInput, options?: CallOptions): Promise<Region> {
    return (await this.graphql.run(CreateRegionDocument, { input }, options)).createRegion;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<Region> {
    return (await this.graphql.run(RegionDocument, { id }, options)).region;
  }

  /** One page, by code. */
  async list(query: RegionsQueryVariables = {}, options?: CallOptions): Promise<Page<Region>> {
    return pageOf((await this.graphql.run(RegionsDocument, query, options)).regions);
  }

  /** Every region, page after page. */
  all(query: WithoutPage<RegionsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Region> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}

/** What one server offers in one region. */
export class Collections {
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the region has one of this name. */
  async create(input: CreateCollectionInput, options?: CallOptions): Promise<Collection> {
    return (await this.graphql.run(CreateCollectionDocument, { input }, options)).createCollection;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<Collection> {
    return (await this.graphql.run(CollectionDocument, { id }, options)).collection;
  }

  /** One page, by name. */
  async list(query: CollectionsQueryVariables = {}, options?: CallOptions): Promise<Page<Collection>> {
    return pageOf((await this.graphql.run(CollectionsDocument, query, options)).collections);
  }

  /** Every collection, page after page. */
  all(query: WithoutPage<CollectionsQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Collection> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}

/** What may be called. */
export class Apis {
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the collection has this method and template, under any parameter names. */
  async create(input: CreateApiInput, options?: CallOptions): Promise<Api> {
    return (await this.graphql.run(CreateApiDocument, { input }, options)).createApi;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<Api> {
    return (await this.graphql.run(ApiDocument, { id }, options)).api;
  }

  /** One page, by name. */
  async list(query: ApisQueryVariables = {}, options?: CallOptions): Promise<Page<Api>> {
    return pageOf((await this.graphql.run(ApisDocument, query, options)).apis);
  }

  /** Every API, page after page. */
  all(query: WithoutPage<ApisQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Api> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
