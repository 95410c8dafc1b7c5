import DataLoader from "dataloader";
import type { DataSource } from "typeorm";
import type { Api } from "../catalogue/api.entity.js";
import { HELD, type Holder } from "./holder.js";
import { type Grant, GrantKind } from "./permission.types.js";

export interface GrantedApi {
  readonly holder: Holder;
  readonly api: Pick<Api, "id" | "openToAll">;
}

/** Why holders may call APIs: open to all first, then groups, then scopes, by name. One statement for each kind of holder. */
export function loadGrants(database: DataSource): DataLoader<GrantedApi, Grant[], string> {
  return new DataLoader(
    async (wanted) => {
      const found = new Map<GrantedApi, Grant[]>(wanted.map((each) => [each, openToAll(each)]));
      for (const kind of ["API_KEY", "CLIENT", "TOKEN"] as const) {
        const ofKind = wanted.filter(({ holder }) => holder.kind === kind);
        if (ofKind.length === 0) continue;
        const holderIds = ofKind.map(({ holder }) => holder.id);
        const apiIds = ofKind.map(({ api }) => api.id);
        const values = [[...new Set(holderIds)], holderIds, apiIds];
        const rows: (Grant & { number: string })[] = await database.query(selectGrants(kind), values);
        for (const { number, ...grant } of rows) found.get(ofKind[Number(number) - 1] as GrantedApi)?.push(grant);
      }
      return wanted.map((each) => found.get(each) ?? []);
    },
    { cacheKeyFn: ({ holder, api }) => `${holder.kind} ${holder.id} ${api.id}` },
  );
}

function openToAll({ api }: GrantedApi): Grant[] {
  return api.openToAll ? [{ kind: GrantKind.OPEN_TO_ALL, id: null, name: null, groupName: null }] : [];
}

/** What the holders hold is found first, once for each: a page may ask about a hundred APIs of one. */
function selectGrants(kind: Holder["kind"]): string {
  return `
    with want as (select * from unnest($2::uuid[], $3::uuid[]) with ordinality as want(holder_id, api_id, number)),
    held_groups as materialized (select * from (${HELD[kind].groups}) held where held.holder_id = any($1::uuid[])),
    held_scopes as materialized (select * from (${HELD[kind].scopes}) held where held.holder_id = any($1::uuid[]))
    select want.number, 'GROUP' as kind, g.id, g.name, null as "groupName"
    from want
    join held_groups held on held.holder_id = want.holder_id
    join group_apis ga on ga.group_id = held.group_id and ga.api_id = want.api_id
    join authority_groups g on g.id = held.group_id
    union all
    select want.number, 'SCOPE', s.id, s.name, g.name
    from want
    join held_scopes held on held.holder_id = want.holder_id
    join scope_groups sg on sg.scope_id = held.scope_id
    join group_apis ga on ga.group_id = sg.group_id and ga.api_id = want.api_id
    join scopes s on s.id = held.scope_id
    join authority_groups g on g.id = sg.group_id
    order by number, kind, name, "groupName"`;
}
