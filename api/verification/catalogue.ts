import type pg from "pg";
import { readSegments } from "../conditions/path-text.js";
import type { Change } from "../nodes/changes.js";
import { CollectionMatcher, type ReadCall } from "./collection-matcher.js";
import type { CalledApi } from "./demand.js";
import type { FoundApi, ListedApi } from "./listed-api.js";
import { type CatalogueRow, loadCatalogue } from "./load-catalogue.js";
import type { WatchedLoads } from "./watched-loads.js";

interface Collection {
  /** `<region code>/<collection name>` */
  readonly path: string;
  readonly matcher: CollectionMatcher;
}

/** The listed APIs, one compiled matcher for each collection. A change lets go of the collections that it is about. */
export class Catalogue {
  private readonly collections = new Map<string, Collection>();
  private readonly idsByPath = new Map<string, string>();
  /** To be read anew before they are asked. Undefined: everything. */
  private outdated: Set<string> | undefined;
  private loading: Promise<void> | undefined;
  private changes = 0;

  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly loads: WatchedLoads,
  ) {}

  /** Another one once something may have changed: what was found by then must be found anew. */
  get version(): number {
    return this.changes;
  }

  /** At once where nothing has to be read first. Calls that find the same to be outdated share one load. */
  find(call: CalledApi): FoundApi | Promise<FoundApi> {
    if (this.isFresh(call.collection)) return this.search(call);
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading.then(() => this.find(call));
  }

  forget({ kind, ids }: Change): void {
    if (kind !== "ALL" && kind !== "COLLECTION") return;
    this.changes++;
    if (kind === "ALL") this.outdated = undefined;
    else for (const id of ids) this.outdated?.add(id);
  }

  private isFresh(collection: string | undefined): boolean {
    if (this.outdated === undefined) return false;
    if (this.outdated.size === 0) return true;
    const id = collection && (this.idsByPath.get(collection) ?? collection);
    return id !== undefined && this.collections.has(id) && !this.outdated.has(id);
  }

  private async load(): Promise<void> {
    const ids = this.outdated && [...this.outdated];
    await this.loads.load(
      () => loadCatalogue(this.pool, ids),
      // Others that change meanwhile are read next.
      (_, change) =>
        change.kind === "ALL" || (change.kind === "COLLECTION" && change.ids.some((id) => !ids || ids.includes(id))),
      (rows) => this.replace(ids, rows),
    );
  }

  private replace(ids: readonly string[] | undefined, rows: readonly CatalogueRow[]): void {
    for (const id of ids ?? [...this.collections.keys()]) {
      const collection = this.collections.get(id);
      if (collection && this.idsByPath.get(collection.path) === id) this.idsByPath.delete(collection.path);
      this.collections.delete(id);
      this.outdated?.delete(id);
    }
    this.outdated ??= new Set();
    for (const row of rows) this.add(row);
  }

  private add(row: CatalogueRow): void {
    const { id, name, kind, open_to_all: openToAll, group_ids: groupIds } = row;
    const json = JSON.stringify({ id, name, kind });
    const isJsonAscii = Buffer.byteLength(json) === json.length;
    const api: ListedApi = { id, name, kind, openToAll, groupIds, json, isJsonAscii };
    const { matcher } = this.collectionOf(row);
    if (row.method !== null && row.path_shape !== null) matcher.addRest(api, row.method, row.path_shape);
    else matcher.addSoap(api, row.endpoint ?? row.base_url, row.soap_action, row.operation);
  }

  private collectionOf(row: CatalogueRow): Collection {
    const known = this.collections.get(row.collection_id);
    if (known) return known;
    const path = `${row.region_code}/${row.collection_name}`;
    const collection = { path, matcher: new CollectionMatcher(row.has_rest) };
    this.collections.set(row.collection_id, collection);
    this.idsByPath.set(path, row.collection_id);
    return collection;
  }

  private search(call: CalledApi): FoundApi {
    const collections = this.collectionsFor(call.collection);
    if (!collections) return { problem: "There is no such collection with a listed API." };
    const read = readCall(call);
    if (!read) return { problem: "The path of the call can be read in more than one way." };
    let answer: FoundApi | undefined;
    for (const { matcher } of collections) {
      const found = matcher.find(read);
      if (!found) continue;
      if ("problem" in found) return found;
      if (answer) return { problem: "The call matches in more than one collection. Name the collection." };
      answer = found;
    }
    return answer ?? { problem: "No listed API answers this call." };
  }

  private collectionsFor(collection: string | undefined): Iterable<Collection> | undefined {
    if (collection === undefined) return this.collections.values();
    const found = this.collections.get(this.idsByPath.get(collection) ?? collection);
    return found && [found];
  }
}

function readCall({ method, path, soapAction, collection }: CalledApi): ReadCall | undefined {
  const segments = path === undefined ? undefined : readSegments(withoutQuery(path));
  if (path !== undefined && segments === undefined) return undefined;
  return { method, segments, action: soapAction, collectionNamed: collection !== undefined };
}

function withoutQuery(path: string): string {
  const query = path.indexOf("?");
  const fragment = path.indexOf("#");
  if (query < 0 && fragment < 0) return path;
  return path.slice(0, query < 0 ? fragment : fragment < 0 ? query : Math.min(query, fragment));
}
