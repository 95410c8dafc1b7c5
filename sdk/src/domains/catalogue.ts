import {
  ApiDocument,
  type ApiFragment,
  ApisDocument,
  type ApisQueryVariables,
  type CatalogueImportFragment,
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
  DeleteApiDocument,
  type DeleteApiInput,
  DeleteCollectionDocument,
  type DeleteCollectionInput,
  DeleteRegionDocument,
  type DeleteRegionInput,
  ImportOpenApiDocument,
  type ImportOpenApiInput,
  ImportWsdlDocument,
  type ImportWsdlInput,
  RegionDocument,
  type RegionFragment,
  RegionsDocument,
  type RegionsQueryVariables,
  UpdateApiDocument,
  type UpdateApiInput,
  UpdateCollectionDocument,
  type UpdateCollectionInput,
  UpdateRegionDocument,
  type UpdateRegionInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** Where servers stand. */
export type Region = RegionFragment;

/** APIs that one server offers in one region. */
export type Collection = CollectionFragment;

/** One entry of the catalogue: a method and a path template, or a SOAP action. */
export type Api = ApiFragment;

/** What an import into a collection has changed, or would change. */
export type CatalogueImport = CatalogueImportFragment;

/** Documents of 10 MiB take their time. */
const IMPORT_TIMEOUT_MS = 120_000;

/** The top of the catalogue. */
export class Regions {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when code or name is taken. */
  async create(input: CreateRegionInput, options?: CallOptions): Promise<Region> {
    return (await this.graphql.run(CreateRegionDocument, { input }, options)).createRegion;
  }

  /** Fields left out stay as they are. Its collections and APIs stay. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT` when code or name is taken. */
  async update(input: UpdateRegionInput, options?: CallOptions): Promise<Region> {
    return (await this.graphql.run(UpdateRegionDocument, { input }, options)).updateRegion;
  }

  /** Errors: `NOT_FOUND`; `INVALID_INPUT` while collections or clients use it, unless `confirm` lets them lose it. */
  async delete(input: DeleteRegionInput, options?: CallOptions): Promise<Region> {
    return (await this.graphql.run(DeleteRegionDocument, { input }, options)).deleteRegion;
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
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the region has one of this name. */
  async create(input: CreateCollectionInput, options?: CallOptions): Promise<Collection> {
    return (await this.graphql.run(CreateCollectionDocument, { input }, options)).createCollection;
  }

  /** Fields left out stay as they are. Its APIs stay. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT` when the region has one of this name. */
  async update(input: UpdateCollectionInput, options?: CallOptions): Promise<Collection> {
    return (await this.graphql.run(UpdateCollectionDocument, { input }, options)).updateCollection;
  }

  /** Errors: `NOT_FOUND`; `INVALID_INPUT` while it has APIs, unless `confirm` lets them go. */
  async delete(input: DeleteCollectionInput, options?: CallOptions): Promise<Collection> {
    return (await this.graphql.run(DeleteCollectionDocument, { input }, options)).deleteCollection;
  }

  /**
   * Makes the REST APIs of a collection what an OpenAPI 3.0 or 3.1 document says; `dryRun` only tells what would change.
   * Takes up to two minutes unless `timeoutMs` says otherwise. Errors: `INVALID_INPUT` (what is wrong with the document),
   * `RATE_LIMITED` when too many documents are being read.
   */
  async importOpenApi(input: ImportOpenApiInput, options?: CallOptions): Promise<CatalogueImport> {
    const patient = { timeoutMs: IMPORT_TIMEOUT_MS, ...options };
    return (await this.graphql.run(ImportOpenApiDocument, { input }, patient)).importOpenApi;
  }

  /** Makes the SOAP APIs of a collection what a WSDL 1.1 document says; the rest as with `importOpenApi`. */
  async importWsdl(input: ImportWsdlInput, options?: CallOptions): Promise<CatalogueImport> {
    const patient = { timeoutMs: IMPORT_TIMEOUT_MS, ...options };
    return (await this.graphql.run(ImportWsdlDocument, { input }, patient)).importWsdl;
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
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * Errors: `INVALID_INPUT`; `CONFLICT` when the collection has this method and template, under any parameter names, or
   * this SOAP action at this endpoint.
   */
  async create(input: CreateApiInput, options?: CallOptions): Promise<Api> {
    return (await this.graphql.run(CreateApiDocument, { input }, options)).createApi;
  }

  /** Fields left out stay as they are. It stays in its groups, and verdicts follow at once. Errors: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT` when the collection has this method and template, or this action. */
  async update(input: UpdateApiInput, options?: CallOptions): Promise<Api> {
    return (await this.graphql.run(UpdateApiDocument, { input }, options)).updateApi;
  }

  /** Errors: `NOT_FOUND`; `INVALID_INPUT` while groups grant it, unless `confirm` takes it from them. */
  async delete(input: DeleteApiInput, options?: CallOptions): Promise<Api> {
    return (await this.graphql.run(DeleteApiDocument, { input }, options)).deleteApi;
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
