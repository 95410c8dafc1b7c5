import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import { Token } from "./token.entity.js";
import { defaultTokenSettings, TokenSettings } from "./token-settings.entity.js";

export function loadTokenSettings(database: DataSource): DataLoader<string, TokenSettings> {
  return new DataLoader(async (clientIds) => {
    const found = await database.manager.findBy(TokenSettings, { clientId: In([...clientIds]) });
    const byClient = new Map(found.map((settings) => [settings.clientId, settings]));
    return clientIds.map((id) => byClient.get(id) ?? defaultTokenSettings(id));
  });
}

/** How many calls were made with tokens that may be used a limited number of times. */
export function loadCallsOfToken(database: DataSource): DataLoader<string, number> {
  return new DataLoader(async (tokenIds) => {
    const rows: { subject_id: string; used: string }[] = await database.query(
      "select subject_id, used from quota_counters where subject_id = any($1::uuid[])",
      [tokenIds],
    );
    const used = new Map(rows.map((row) => [row.subject_id, Number(row.used)]));
    return tokenIds.map((id) => used.get(id) ?? 0);
  });
}

export interface NewestTokens {
  readonly clientId: string;
  readonly first: number;
}

/** A client's newest tokens: at most `first` of each client, in one statement for all clients. */
export function loadNewestTokens(database: DataSource): DataLoader<NewestTokens, Token[], string> {
  return new DataLoader(
    async (wanted) => {
      const rows: { number: string; id: string }[] = await database.query(
        `select want.number, found.id
         from unnest($1::uuid[], $2::int[]) with ordinality as want(client_id, first, number)
         cross join lateral (
           select t.id from token_families f join tokens t on t.family_id = f.id
           where f.client_id = want.client_id order by t.id desc limit want.first
         ) found
         order by want.number, found.id desc`,
        [wanted.map((each) => each.clientId), wanted.map((each) => each.first)],
      );
      const tokens = await database.manager.findBy(Token, { id: In(rows.map(({ id }) => id)) });
      const byId = new Map(tokens.map((token) => [token.id, token]));
      return wanted.map((_, index) =>
        rows.filter(({ number }) => Number(number) === index + 1).flatMap(({ id }) => byId.get(id) ?? []),
      );
    },
    { cacheKeyFn: ({ clientId, first }) => `${clientId} ${first}` },
  );
}

export function countTokens(database: DataSource): DataLoader<string, number> {
  return new DataLoader(async (clientIds) => {
    const rows: { client_id: string; count: string }[] = await database.query(
      `select f.client_id, count(*) from token_families f join tokens t on t.family_id = f.id
       where f.client_id = any($1::uuid[]) group by f.client_id`,
      [clientIds],
    );
    const counts = new Map(rows.map((row) => [row.client_id, Number(row.count)]));
    return clientIds.map((id) => counts.get(id) ?? 0);
  });
}
