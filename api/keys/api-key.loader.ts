import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";

/** A client's newest keys: at most `first` of each client, in one statement for all clients. */
export function loadNewestKeys(database: DataSource): DataLoader<NewestKeys, ApiKey[], string> {
  return new DataLoader(
    async (wanted) => {
      const rows: { client_id: string; key_id: string; want: number }[] = await database.query(
        `select want.number as want, k.id as key_id
         from unnest($1::uuid[], $2::int[]) with ordinality as want(client_id, first, number)
         cross join lateral (
           select id from api_keys where client_id = want.client_id order by id desc limit want.first
         ) k
         order by want.number, k.id desc`,
        [wanted.map((each) => each.clientId), wanted.map((each) => each.first)],
      );
      const keys = await database.manager.findBy(ApiKey, { id: In(rows.map((row) => row.key_id)) });
      const byId = new Map(keys.map((key) => [key.id, key]));
      return wanted.map((_, index) =>
        rows.filter((row) => Number(row.want) === index + 1).flatMap((row) => byId.get(row.key_id) ?? []),
      );
    },
    { cacheKeyFn: ({ clientId, first }) => `${clientId} ${first}` },
  );
}

/** The secrets that keys are accepted by: the current one, and the one before it where it may still be. */
export function loadSecretsOfKey(database: DataSource): DataLoader<string, ApiKeySecret[]> {
  return new DataLoader(async (keyIds) => {
    const secrets = await database.manager.find(ApiKeySecret, {
      where: { apiKeyId: In([...keyIds]), place: In(["CURRENT", "PREVIOUS"]) },
      order: { place: "ASC" },
    });
    return keyIds.map((id) => secrets.filter((secret) => secret.apiKeyId === id));
  });
}

export interface NewestKeys {
  readonly clientId: string;
  readonly first: number;
}

export function countKeys(database: DataSource): DataLoader<string, number> {
  return new DataLoader(async (clientIds) => {
    const rows: { client_id: string; count: string }[] = await database.query(
      `select client_id, count(*) from api_keys where client_id = any($1::uuid[]) group by client_id`,
      [clientIds],
    );
    const counts = new Map(rows.map((row) => [row.client_id, Number(row.count)]));
    return clientIds.map((id) => counts.get(id) ?? 0);
  });
}
