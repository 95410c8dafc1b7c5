import type { DataSource } from "typeorm";
import type { Actor } from "../access/actor.js";
import { reachesKey, seesApi } from "../access/reach.js";
import { Api } from "../catalogue/api.entity.js";
import { Collection } from "../catalogue/collection.entity.js";
import { Region } from "../catalogue/region.entity.js";
import { Client } from "../clients/client.entity.js";
import { looksLikeId } from "../clients/find-client.js";
import { type FieldProblem, invalidInput } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { UsageFilter } from "./usage.types.js";
import { usageReach } from "./usage-reach.js";
import type { UsageCondition } from "./usage-rows.js";

type Column = "client_id" | "api_key_id" | "api_id" | "collection_id" | "region_id";

/** The conditions of a filter. Throws what names the ids of nothing that the actor can see. */
export async function readUsageFilter(
  database: DataSource,
  actor: Actor,
  filter: UsageFilter,
): Promise<readonly UsageCondition[]> {
  const clientId = filter.clientId === undefined ? undefined : await clientOf(database, actor, filter.clientId);
  const ids: readonly (readonly [field: keyof UsageFilter, column: Column, id: string | undefined, isSeen: boolean])[] =
    [
      ["clientId", "client_id", clientId?.id, clientId?.isSeen ?? false],
      ["apiKeyId", "api_key_id", filter.apiKeyId, await seesKey(database, actor, filter.apiKeyId)],
      ["apiId", "api_id", filter.apiId, await seesApiById(database, actor, filter.apiId)],
      [
        "collectionId",
        "collection_id",
        filter.collectionId,
        await sees(database, actor, Collection, filter.collectionId),
      ],
      ["regionId", "region_id", filter.regionId, await sees(database, actor, Region, filter.regionId)],
    ];
  const problems: FieldProblem[] = [];
  const conditions: UsageCondition[] = [];
  for (const [field, column, id, isSeen] of ids) {
    if (filter[field] === undefined) continue;
    if (id !== undefined && (isSeen || (await isCounted(database, actor, column, id)))) {
      conditions.push([`${column} = $`, id]);
    } else problems.push({ path: `filter.${field}`, message: "there is no such thing" });
  }
  const [first, ...rest] = problems;
  if (first) throw invalidInput(first, ...rest);
  if (filter.codes) conditions.push(["code = any($)", filter.codes]);
  return conditions;
}

/** A client that is gone is known by its id alone. */
async function clientOf(database: DataSource, actor: Actor, reference: string) {
  const isId = looksLikeId(reference);
  const client = await database.manager.findOneBy(Client, isId ? { id: reference } : { clientId: reference });
  if (!client) return { id: isId ? reference : undefined, isSeen: false };
  return { id: client.id, isSeen: reachesKey(actor, { clientId: client.id, userId: null }) };
}

async function seesKey(database: DataSource, actor: Actor, id: string | undefined): Promise<boolean> {
  const key = id === undefined ? null : await database.manager.findOneBy(ApiKey, { id });
  return key !== null && reachesKey(actor, key);
}

async function seesApiById(database: DataSource, actor: Actor, id: string | undefined): Promise<boolean> {
  if (id === undefined || !actor.permissions.has("catalogue:read")) return false;
  const api = await database.manager.findOneBy(Api, { id });
  return api !== null && seesApi(actor, api);
}

async function sees(
  database: DataSource,
  actor: Actor,
  Place: typeof Collection | typeof Region,
  id: string | undefined,
): Promise<boolean> {
  if (id === undefined || !actor.permissions.has("catalogue:read")) return false;
  return (await database.manager.countBy(Place, { id })) > 0;
}

/** What is gone is known by what it has done. */
async function isCounted(database: DataSource, actor: Actor, column: Column, id: string): Promise<boolean> {
  const values: unknown[] = [id];
  const reach = usageReach(actor).map(
    ([sql, ...given]) => ` and ${sql.replaceAll("$", () => `$${values.push(...given)}`)}`,
  );
  const [row]: { known: boolean }[] = await database.query(
    `select exists (select from usage_days where ${column} = $1${reach.join("")}) as known`,
    values,
  );
  return row?.known ?? false;
}
