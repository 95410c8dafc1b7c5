import { type DataSource, In } from "typeorm";
import type { Api } from "../catalogue/api.entity.js";
import { type LoaderPerQuestion, loadPerQuestion } from "../database/loaders.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { ApiKeyStatus, STATUS_CONDITIONS } from "../keys/api-key-status.js";

/** What is asked about every client of a page alike. */
export interface CallingKeysQuestion extends Pick<Api, "id" | "openToAll"> {
  readonly first: number;
  readonly now: Date;
}

export interface CallingKeys {
  /** The newest, as many as were asked for. */
  readonly keys: readonly ApiKey[];
  readonly total: number;
}

/** Clients' keys in force that may call an API. Two statements for all clients. */
export function loadCallingKeys(database: DataSource): LoaderPerQuestion<CallingKeysQuestion, CallingKeys> {
  return loadPerQuestion(async (question, clientIds) => {
    const [working, values] = selectWorking(database, question);
    const rows: { number: string; id: string; total: string }[] = await database.query(
      `select want.number, found.id, found.total
       from unnest($${values.length + 1}::uuid[]) with ordinality as want(client_id, number)
       cross join lateral (
         select working.id, count(*) over () as total from (${working}) working
         where working.client_id = want.client_id
         order by working.id desc limit $${values.length + 2}
       ) found
       order by want.number, found.id desc`,
      // One row at least: it tells the total.
      [...values, clientIds, Math.max(1, question.first)],
    );
    const shown = question.first === 0 ? [] : rows.map(({ id }) => id);
    const keys = await database.manager.findBy(ApiKey, { id: In(shown) });
    const byId = new Map(keys.map((key) => [key.id, key]));
    return clientIds.map((_, index) => {
      const own = rows.filter(({ number }) => Number(number) === index + 1);
      return { keys: own.flatMap(({ id }) => byId.get(id) ?? []), total: Number(own[0]?.total ?? 0) };
    });
  });
}

function selectWorking(
  database: DataSource,
  { id: apiId, openToAll, now }: CallingKeysQuestion,
): [sql: string, values: unknown[]] {
  const { ACTIVE, ROTATING } = ApiKeyStatus;
  const query = database.getRepository(ApiKey).createQueryBuilder("key");
  query.where(`(${STATUS_CONDITIONS[ACTIVE]} or ${STATUS_CONDITIONS[ROTATING]})`, { now });
  if (!openToAll) {
    query.andWhere(
      `exists (select 1 from api_key_groups held join group_apis ga on ga.group_id = held.group_id
               where held.api_key_id = key.id and ga.api_id = :apiId)`,
      { apiId },
    );
  }
  return query.select("key.id", "id").addSelect("key.clientId", "client_id").getQueryAndParameters();
}
