import type pg from "pg";

/** A listed API with its collection. */
export interface CatalogueRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly method: string | null;
  readonly path_shape: string | null;
  readonly endpoint: string | null;
  readonly soap_action: string | null;
  readonly operation: string | null;
  readonly open_to_all: boolean;
  readonly collection_id: string;
  readonly collection_name: string;
  readonly base_url: string;
  readonly has_rest: boolean;
  readonly region_code: string;
  readonly group_ids: string[];
}

/** Everything that is listed, or what is listed in some collections, in one statement: all rows are of one moment. */
const LOAD_CATALOGUE = {
  name: "load-catalogue",
  text: `
    with listed as (
      select * from apis where status = 'LISTED' and ($1::uuid[] is null or collection_id = any($1))
    ), rest as (
      select distinct collection_id from apis
      where kind = 'REST' and ($1::uuid[] is null or collection_id = any($1))
    ), grants as (
      select api_id, array_agg(group_id::text) as ids from group_apis
      where $1::uuid[] is null or api_id in (select id from listed)
      group by api_id
    )
    select a.id, a.name, a.kind, a.method, a.path_shape, a.endpoint, a.soap_action, a.operation, a.open_to_all,
           a.collection_id, c.name as collection_name, c.base_url, r.code as region_code,
           rest.collection_id is not null as has_rest, coalesce(g.ids, '{}') as group_ids
    from listed a
    join collections c on c.id = a.collection_id
    join regions r on r.id = c.region_id
    left join rest on rest.collection_id = a.collection_id
    left join grants g on g.api_id = a.id`,
};

/** `collectionIds` undefined: all. */
export async function loadCatalogue(
  pool: Pick<pg.Pool, "query">,
  collectionIds: readonly string[] | undefined,
): Promise<CatalogueRow[]> {
  const { rows } = await pool.query<CatalogueRow>({ ...LOAD_CATALOGUE, values: [collectionIds ?? null] });
  return rows;
}
