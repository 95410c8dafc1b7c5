import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import type { Sight } from "../access/actor.js";
import { audiencesWithin } from "../access/reach.js";
import { Api } from "../catalogue/api.entity.js";

export interface ApisOfGroup {
  readonly groupId: string;
  /** Of a client: only listed APIs for its audience. */
  readonly sight: Sight | null;
}

/** A group's first APIs by name: at most `first` of each group, in two statements for all groups. */
export function loadApisOfGroup(
  database: DataSource,
): DataLoader<ApisOfGroup & { readonly first: number }, Api[], string> {
  return new DataLoader(
    async (wanted) => {
      const rows: { want: string; api_id: string }[] = await database.query(
        `select want.number as want, a.id as api_id
         from unnest($1::uuid[], $2::int[]) with ordinality as want(group_id, first, number)
         cross join lateral (
           select api.id, api.name from group_apis link join apis api on api.id = link.api_id
           where link.group_id = want.group_id and ($3::text[] is null or api.status = 'LISTED' and api.audience = any($3))
           order by api.name, api.id limit want.first
         ) a
         order by want.number, a.name, a.id`,
        [wanted.map((each) => each.groupId), wanted.map((each) => each.first), audiencesOf(wanted)],
      );
      const apis = await database.manager.findBy(Api, { id: In([...new Set(rows.map((row) => row.api_id))]) });
      const byId = new Map(apis.map((api) => [api.id, api]));
      const found = wanted.map((): Api[] => []);
      for (const { want, api_id: id } of rows) {
        const api = byId.get(id);
        if (api) found[Number(want) - 1]?.push(api);
      }
      return found;
    },
    { cacheKeyFn: ({ groupId, first }) => `${groupId} ${first}` },
  );
}

export function countApisOfGroup(database: DataSource): DataLoader<ApisOfGroup, number, string> {
  return new DataLoader(
    async (wanted) => {
      const rows: { group_id: string; count: string }[] = await database.query(
        `select link.group_id, count(*) from group_apis link join apis api on api.id = link.api_id
         where link.group_id = any($1::uuid[])
           and ($2::text[] is null or api.status = 'LISTED' and api.audience = any($2))
         group by link.group_id`,
        [wanted.map((each) => each.groupId), audiencesOf(wanted)],
      );
      const counts = new Map(rows.map((row) => [row.group_id, Number(row.count)]));
      return wanted.map(({ groupId }) => counts.get(groupId) ?? 0);
    },
    { cacheKeyFn: ({ groupId }) => groupId },
  );
}

/** One request has one caller, and so one sight. */
function audiencesOf([first]: readonly ApisOfGroup[]): readonly string[] | null {
  return first?.sight ? audiencesWithin(first.sight.audience) : null;
}
