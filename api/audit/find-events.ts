import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { containsPattern } from "../database/like-pattern.js";
import { invalidInput } from "../errors.js";

/** Which events are wanted. All given conditions hold together. */
export interface EventConditions {
  readonly actorId?: string | null;
  readonly targetId?: string | null;
  readonly event?: string | null;
  readonly requestId?: string | null;
  readonly transactionRef?: string | null;
  readonly from?: Date | null;
  readonly until?: Date | null;
}

/** As its index has it. */
const SEARCHED = `(
  event.actor_name || E'\\n' || event.event || E'\\n' || event.target_kind || E'\\n' || coalesce(event.reason, '') ||
  E'\\n' || event.request_id || E'\\n' || coalesce(event.transaction_ref, ''))`;

/** Narrows a query of events, which has them under the alias `event`. `path` names the conditions to their giver. */
export function whereEvents<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  conditions: EventConditions,
  search: string | null | undefined,
  path = "filter.",
): SelectQueryBuilder<T> {
  const { actorId, targetId, event, requestId, transactionRef, from, until } = conditions;
  if (from != null && until != null && until <= from) {
    throw invalidInput({ path: `${path}until`, message: "must be after from" });
  }
  if (actorId != null) query.andWhere("event.actor_id = :actorId", { actorId });
  if (targetId != null) query.andWhere("event.target_id = :targetId", { targetId });
  if (event != null) query.andWhere("event.event = :kind", { kind: event });
  if (requestId != null) query.andWhere("event.request_id = :requestId", { requestId });
  if (transactionRef != null) query.andWhere("event.transaction_ref = :transactionRef", { transactionRef });
  if (from != null) query.andWhere("event.id >= :fromId", { fromId: firstIdAt(from) });
  if (until != null) query.andWhere("event.id < :untilId", { untilId: firstIdAt(until) });
  if (search?.trim()) query.andWhere(`${SEARCHED} ilike :search`, { search: containsPattern(search) });
  return query;
}

/** Ids begin with the time of the event (UUIDv7), so that a time range is a range of every index that ends with them. */
function firstIdAt(instant: Date): string {
  const ms = Math.min(Math.max(instant.getTime(), 0), 2 ** 48 - 1);
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
