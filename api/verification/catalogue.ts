import type pg from "pg";
import { readSegments } from "../conditions/path-text.js";
import { CollectionMatcher, type ReadCall } from "./collection-matcher.js";
import type { CalledApi } from "./demand.js";
import type { FoundApi, ListedApi } from "./listed-api.js";

/** The listed APIs, one compiled matcher for each collection. */
export class Catalogue {
  private readonly matchers = new Map<string, CollectionMatcher>();
  private readonly idsByPath = new Map<string, string>();

  private constructor(readonly epoch: number) {}

  static async load(pool: pg.Pool): Promise<Catalogue> {
    const { rows } = await pool.query<Row>(LOAD_CATALOGUE);
    const catalogue = new Catalogue(Number(rows[0]?.epoch));
    for (const row of rows) if (row.id !== null) catalogue.add(row.id, row);
    return catalogue;
  }

  find(call: CalledApi): FoundApi {
    const matchers = this.matchersFor(call.collection);
    if (!matchers) return { problem: "There is no such collection with a listed API." };
    const read = readCall(call);
    if (!read) return { problem: "The path of the call can be read in more than one way." };
    let answer: FoundApi | undefined;
    for (const matcher of matchers) {
      const found = matcher.find(read);
      if (!found) continue;
      if ("problem" in found) return found;
      if (answer) return { problem: "The call matches in more than one collection. Name the collection." };
      answer = found;
    }
    return answer ?? { problem: "No listed API answers this call." };
  }

  private matchersFor(collection: string | undefined): Iterable<CollectionMatcher> | undefined {
    if (collection === undefined) return this.matchers.values();
    const matcher = this.matchers.get(this.idsByPath.get(collection) ?? collection);
    return matcher && [matcher];
  }

  private add(id: string, row: Row): void {
    let matcher = this.matchers.get(row.collection_id);
    if (!matcher) {
      matcher = new CollectionMatcher(row.has_rest);
      this.matchers.set(row.collection_id, matcher);
      this.idsByPath.set(`${row.region_code}/${row.collection_name}`, row.collection_id);
    }
    const { name, kind, open_to_all: openToAll, group_ids: groupIds } = row;
    const api: ListedApi = { id, name, kind, openToAll, groupIds };
    if (row.method !== null && row.path_shape !== null) matcher.addRest(api, row.method, row.path_shape);
    else matcher.addSoap(api, row.endpoint ?? row.base_url, row.soap_action, row.operation);
  }
}

function readCall({ method, path, soapAction, collection }: CalledApi): ReadCall | undefined {
  const read = { method, action: soapAction, collectionNamed: collection !== undefined };
  if (path === undefined) return { ...read, segments: undefined };
  const segments = readSegments(path.split(/[?#]/, 1)[0] ?? "");
  return segments && { ...read, segments };
}

interface Row {
  epoch: string;
  id: string | null;
  name: string;
  kind: string;
  method: string | null;
  path_shape: string | null;
  endpoint: string | null;
  soap_action: string | null;
  operation: string | null;
  open_to_all: boolean;
  collection_id: string;
  collection_name: string;
  base_url: string;
  has_rest: boolean;
  region_code: string;
  group_ids: string[];
}

/** One statement, so that the epoch and the rows are of one moment. One row without an API when none is listed. */
const LOAD_CATALOGUE = `
  select e.epoch, a.id, a.name, a.kind, a.method, a.path_shape, a.endpoint, a.soap_action, a.operation, a.open_to_all,
         a.collection_id, c.name as collection_name, c.base_url, r.code as region_code,
         coalesce(rest.found, false) as has_rest, coalesce(g.ids, '{}') as group_ids
  from catalogue_epoch e
  left join apis a on a.status = 'LISTED'
  left join collections c on c.id = a.collection_id
  left join regions r on r.id = c.region_id
  left join (select distinct collection_id, true as found from apis where kind = 'REST') rest
    on rest.collection_id = a.collection_id
  left join (select api_id, array_agg(group_id::text) as ids from group_apis group by api_id) g on g.api_id = a.id`;
