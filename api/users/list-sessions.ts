import type { DataSource, SelectQueryBuilder } from "typeorm";
import type { Call } from "../access/call.js";
import { sessionReach } from "../access/reach.js";
import { looksLikeId } from "../clients/find-client.js";
import { type Page, paginate } from "../database/paginate.js";
import { Session } from "./session.entity.js";
import type { SessionArgs } from "./session.types.js";

const NEWEST_FIRST = { name: "newest", expression: "session.id", type: "uuid", direction: "DESC" } as const;

/** Sessions in force: the caller's own, or, with a filter, those of an account that the caller reaches. */
export function listSessions(
  database: DataSource,
  call: Call,
  { filter, ...page }: SessionArgs,
): Promise<Page<Session>> {
  const query = database.getRepository(Session).createQueryBuilder("session");
  query.where("session.endedAt is null and session.expiresAt > :now", { now: call.now });
  withinReach(query, call);
  const { userId, clientId } = filter ?? {};
  if (userId != null) query.andWhere("session.userId = :userId", { userId });
  if (clientId != null) {
    const column = looksLikeId(clientId) ? "id" : "client_id";
    query.andWhere(`session.clientId = (select c.id from clients c where c.${column} = :clientId)`, { clientId });
  }
  if (userId == null && clientId == null) query.andWhere("coalesce(session.userId, session.clientId) = :self");
  return paginate(query, page, NEWEST_FIRST);
}

function withinReach(query: SelectQueryBuilder<Session>, { actor }: Call): void {
  const { users, clients } = sessionReach(actor, "read");
  const alternatives = [
    { ALL: "session.userId is not null", OWN: "session.userId = :self", NONE: "false" }[users],
    { ALL: "session.clientId is not null", OWN: "session.clientId = :self", NONE: "false" }[clients],
  ];
  query.andWhere(`(${alternatives.join(" or ")})`, { self: actor.id });
}
