import { type DataSource, In } from "typeorm";
import type { Sight } from "../access/actor.js";
import { Api } from "../catalogue/api.entity.js";
import type { ApiArgs } from "../catalogue/api.types.js";
import { BY_NAME, selectApis } from "../catalogue/list-apis.js";
import { type LoaderPerQuestion, loadPerQuestion } from "../database/loaders.js";
import { encodeCursor, firstPage, type Page } from "../database/paginate.js";
import { callableApiIds, type Holder } from "./holder.js";
import type { EffectivePermission } from "./permission.types.js";

/** What is asked about every holder of a page alike. */
export interface PermissionQuestion extends Pick<ApiArgs, "kind" | "regionId" | "collectionId"> {
  readonly holders: Holder["kind"];
  readonly first: number;
  /** Of a client that asks: only APIs for its audience. */
  readonly sight: Sight | null;
}

/** What holders may call, by their ids: the first page of the list `effectivePermissions` of each. Two statements for all. */
export function loadPermissions(
  database: DataSource,
): LoaderPerQuestion<PermissionQuestion, Page<EffectivePermission>> {
  return loadPerQuestion((question, ids) => firstPermissions(database, question, ids));
}

interface Row {
  number: string;
  id: string;
  total: string;
}

async function firstPermissions(
  database: DataSource,
  { first, sight, holders, ...narrowing }: PermissionQuestion,
  holderIds: readonly string[],
): Promise<Page<EffectivePermission>[]> {
  const [listed, values] = selectApis(database, { sight }, narrowing)
    .andWhere("api.status = 'LISTED'")
    .select("api.id", "id")
    .addSelect("api.name", "name")
    .getQueryAndParameters();
  const rows: Row[] = await database.query(
    `select want.number, found.id, found.total
     from unnest($${values.length + 1}::uuid[]) with ordinality as want(holder_id, number)
     cross join lateral (
       select listed.id, listed.name, count(*) over () as total from (${listed}) listed
       where listed.id in (${callableApiIds(holders, "want.holder_id")})
       order by listed.name, listed.id limit $${values.length + 2}
     ) found
     order by want.number, found.name, found.id`,
    // One row at least: it tells the total.
    [...values, holderIds, Math.max(1, first)],
  );
  const apis = await database.manager.findBy(Api, { id: In([...new Set(rows.map(({ id }) => id))]) });
  const byId = new Map(apis.map((api) => [api.id, api]));
  return holderIds.map((id, index) => {
    const own = rows.filter(({ number }) => Number(number) === index + 1);
    const total = Number(own[0]?.total ?? 0);
    const holder = { kind: holders, id };
    const edges = own.slice(0, first).flatMap((row) => {
      const api = byId.get(row.id);
      const cursor = api && encodeCursor({ order: BY_NAME.name, value: api.name, id: api.id });
      return api && cursor ? [{ node: { api, holder }, cursor }] : [];
    });
    return firstPage(edges, total > first, () => total);
  });
}
