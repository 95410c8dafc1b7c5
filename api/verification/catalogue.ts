import findMyWay from "find-my-way";
import type pg from "pg";
import { normalisePath } from "./call-path.js";
import type { CalledApi } from "./demand.js";

export interface ListedApi {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly openToAll: boolean;
  readonly groupIds: readonly string[];
}

/** The API that answers a call, or why none does. */
export type FoundApi = { readonly api: ListedApi } | { readonly problem: string };

type Router = findMyWay.Instance<findMyWay.HTTPVersion.V1>;

/** The listed APIs, one compiled matcher for each collection: judging costs the same with 10 APIs and 10,000. */
export class Catalogue {
  private readonly routers = new Map<string, Router>();
  private readonly idsByPath = new Map<string, string>();

  private constructor(readonly epoch: number) {}

  static async load(pool: pg.Pool): Promise<Catalogue> {
    const { rows } = await pool.query<Row>(LOAD_CATALOGUE);
    const catalogue = new Catalogue(Number(rows[0]?.epoch));
    for (const row of rows) if (row.id !== null) catalogue.add(row.id, row);
    return catalogue;
  }

  find(call: CalledApi): FoundApi {
    const path = normalisePath(call.path);
    if (path === undefined) return { problem: "The path of the call can be read in more than one way." };
    const routers = this.routersFor(call.collection);
    if (!routers) return { problem: "There is no such collection with a listed API." };
    const matches = routers.flatMap((router) => router.find(call.method as findMyWay.HTTPMethod, path) ?? []);
    if (matches.length > 1) return { problem: "The call matches in more than one collection. Name the collection." };
    return matches[0] ? { api: matches[0].store as ListedApi } : { problem: "No listed API answers this call." };
  }

  private routersFor(collection: string | undefined): readonly Router[] | undefined {
    if (collection === undefined) return [...this.routers.values()];
    const router = this.routers.get(this.idsByPath.get(collection) ?? collection);
    return router && [router];
  }

  private add(id: string, row: Row): void {
    let router = this.routers.get(row.collection_id);
    if (!router) {
      router = findMyWay({ caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 8_192 });
      this.routers.set(row.collection_id, router);
      this.idsByPath.set(`${row.region_code}/${row.collection_name}`, row.collection_id);
    }
    const { name, kind, open_to_all: openToAll, group_ids: groupIds } = row;
    const api: ListedApi = { id, name, kind, openToAll, groupIds };
    router.on(row.method as findMyWay.HTTPMethod, routeOf(row.path), () => undefined, api);
  }
}

/** A template in the router's syntax: "{id}" is ":id" there, and a colon in plain text is written twice. */
function routeOf(template: string): string {
  return template.replace(/:/g, "::").replace(/\{([^}]*)\}/g, ":$1");
}

interface Row {
  epoch: string;
  id: string | null;
  name: string;
  kind: string;
  method: string;
  path: string;
  open_to_all: boolean;
  collection_id: string;
  collection_name: string;
  region_code: string;
  group_ids: string[];
}

/** One statement, so that the epoch and the rows are of one moment. One row without an API when none is listed. */
const LOAD_CATALOGUE = `
  select e.epoch, a.id, a.name, a.kind, a.method, a.path, a.open_to_all, a.collection_id,
         c.name as collection_name, r.code as region_code,
         array(select g.group_id::text from group_apis g where g.api_id = a.id) as group_ids
  from catalogue_epoch e
  left join apis a on a.status = 'LISTED' and a.kind = 'REST'
  left join collections c on c.id = a.collection_id
  left join regions r on r.id = c.region_id`;
