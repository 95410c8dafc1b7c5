import { type EntityManager, In } from "typeorm";
import { Api } from "../catalogue/api.entity.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { GroupApi } from "./group-api.entity.js";

export interface MovedApis {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const NO_APIS_MOVED: MovedApis = { added: [], removed: [] };

/** Adds APIs to a group and tells which it did not grant before. Refuses ids of no API. */
export async function grantApis(
  manager: EntityManager,
  groupId: string,
  apiIds: readonly string[],
): Promise<readonly string[]> {
  // Held until the links are made, so that none of them is deleted meanwhile.
  const apis = await manager.find(Api, {
    select: { id: true },
    where: { id: In([...apiIds]) },
    order: { id: "ASC" },
    lock: { mode: "for_key_share" },
  });
  refuseUnknownIds("apiIds", apiIds, apis, "no such API");
  const added: { api_id: string }[] = await manager.query(
    `insert into group_apis (group_id, api_id) select $1, unnest($2::uuid[]) on conflict do nothing returning api_id`,
    [groupId, apis.map((api) => api.id)],
  );
  return added.map((row) => row.api_id).sort();
}

/** Takes APIs out of a group and tells which it had granted. */
export async function withdrawApis(
  manager: EntityManager,
  groupId: string,
  apiIds: readonly string[],
): Promise<readonly string[]> {
  const { raw } = await manager
    .createQueryBuilder()
    .delete()
    .from(GroupApi)
    .where("group_id = :groupId and api_id in (:...apiIds)", { groupId, apiIds })
    .returning("api_id")
    .execute();
  return (raw as { api_id: string }[]).map((row) => row.api_id).sort();
}

/** Leaves a group with these APIs and no other. */
export async function replaceApis(
  manager: EntityManager,
  groupId: string,
  apiIds: readonly string[],
): Promise<MovedApis> {
  const wanted = new Set(apiIds.map((id) => id.toLowerCase()));
  const links = await manager.findBy(GroupApi, { groupId });
  const unwanted = links.map((link) => link.apiId).filter((id) => !wanted.has(id));
  return {
    added: await grantApis(manager, groupId, apiIds),
    removed: unwanted.length > 0 ? await withdrawApis(manager, groupId, unwanted) : [],
  };
}
