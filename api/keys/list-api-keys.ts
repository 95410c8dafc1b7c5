import type { DataSource, EntityManager, SelectQueryBuilder } from "typeorm";
import type { Call } from "../access/call.js";
import { keyReach } from "../access/reach.js";
import { looksLikeId } from "../clients/find-client.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Order, type Page, paginate } from "../database/paginate.js";
import { ApiKey } from "./api-key.entity.js";
import { type ApiKeyArgs, type ApiKeyFilter, type ApiKeyOrder, ApiKeyOrderField } from "./api-key.types.js";
import { STATUS_CONDITIONS } from "./api-key-status.js";

const EXPRESSIONS: Readonly<Record<ApiKeyOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [ApiKeyOrderField.CREATED_AT]: { expression: "key.id", type: "uuid" },
  [ApiKeyOrderField.NAME]: { expression: "lower(key.name)", type: "text" },
  [ApiKeyOrderField.EFFECTIVE_AT]: { expression: "key.effectiveAt", type: "timestamptz" },
  [ApiKeyOrderField.EXPIRES_AT]: { expression: "coalesce(key.expiresAt, 'infinity')", type: "timestamptz" },
  [ApiKeyOrderField.LAST_ACCESSED_AT]: { expression: "key.lastAccessedAt", type: "timestamptz" },
};

/** Each table by its own indices: a condition over both would read every key. */
const FOUND = `key.id in (
  select k.id from api_keys k where k.name ilike :search or k.description ilike :search
  union
  select s.api_key_id from api_key_secrets s where s.lookup_id ilike :search and s.place <> 'RETIRED')`;

/** Keys that the actor reaches, searched, filtered and ordered. */
export function listApiKeys(database: DataSource, call: Call, args: ApiKeyArgs): Promise<Page<ApiKey>> {
  return paginate(findKeys(database.manager, call, args), args, orderOf(args.orderBy));
}

/** Keys that the actor reaches, searched and filtered. */
export function findKeys(
  manager: EntityManager,
  call: Call,
  { filter, search }: Pick<ApiKeyArgs, "filter" | "search">,
): SelectQueryBuilder<ApiKey> {
  const query = manager.createQueryBuilder(ApiKey, "key").setParameters({ now: call.now });
  withinReach(query, call);
  if (filter) where(query, filter);
  if (search?.trim()) {
    query.andWhere(FOUND, { search: containsPattern(search) });
  }
  return query;
}

function withinReach(query: SelectQueryBuilder<ApiKey>, { actor }: Call): void {
  const { clients, users } = keyReach(actor);
  const alternatives = [
    { ALL: "key.clientId is not null", OWN: "key.clientId = :self", NONE: "false" }[clients],
    { ALL: "key.userId is not null", OWN: "key.userId = :self", NONE: "false" }[users],
  ];
  query.andWhere(`(${alternatives.join(" or ")})`, { self: actor.id });
}

function where(query: SelectQueryBuilder<ApiKey>, filter: ApiKeyFilter): void {
  const { status, kind, clientId, userId, groupId, tag, expiringBefore, unusedSince } = filter;
  if (status != null) query.andWhere(STATUS_CONDITIONS[status]);
  if (kind != null) query.andWhere("key.kind = :kind", { kind });
  if (clientId != null) {
    const column = looksLikeId(clientId) ? "id" : "client_id";
    query.andWhere(`key.clientId = (select c.id from clients c where c.${column} = :clientId)`, { clientId });
  }
  if (userId != null) query.andWhere("key.userId = :userId", { userId });
  if (groupId != null) {
    query.andWhere("exists (select 1 from api_key_groups g where g.api_key_id = key.id and g.group_id = :groupId)", {
      groupId,
    });
  }
  if (tag != null) query.andWhere(":tag = any(key.tags)", { tag });
  if (expiringBefore != null) {
    query.andWhere("key.revokedAt is null and key.expiresAt > :now and key.expiresAt < :expiringBefore", {
      expiringBefore,
    });
  }
  if (unusedSince != null) query.andWhere("key.lastAccessedAt < :unusedSince", { unusedSince });
}

export function orderOf(orderBy: ApiKeyOrder | null | undefined): Order {
  const field = orderBy?.field ?? ApiKeyOrderField.CREATED_AT;
  const direction = orderBy?.direction ?? "DESC";
  return { name: `${field} ${direction}`, direction, ...EXPRESSIONS[field] };
}
