import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Order, type Page, paginate } from "../database/paginate.js";
import { GatewayKey } from "./gateway-key.entity.js";
import { type GatewayKeyArgs, type GatewayKeyOrder, GatewayKeyOrderField } from "./gateway-key.types.js";
import { STATUS_CONDITIONS } from "./gateway-key-status.js";

const EXPRESSIONS: Readonly<Record<GatewayKeyOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [GatewayKeyOrderField.CREATED_AT]: { expression: "key.id", type: "uuid" },
  [GatewayKeyOrderField.NAME]: { expression: "lower(key.name)", type: "text" },
  [GatewayKeyOrderField.EXPIRES_AT]: { expression: "coalesce(key.expiresAt, 'infinity')", type: "timestamptz" },
  [GatewayKeyOrderField.LAST_ACCESSED_AT]: {
    expression: "coalesce(key.lastAccessedAt, key.createdAt)",
    type: "timestamptz",
  },
};

/** Gateway keys, searched, filtered and ordered. */
export function listGatewayKeys(database: DataSource, { now }: Call, args: GatewayKeyArgs): Promise<Page<GatewayKey>> {
  const query = database.getRepository(GatewayKey).createQueryBuilder("key");
  const status = args.filter?.status;
  if (status != null) query.andWhere(STATUS_CONDITIONS[status], { now });
  if (args.search?.trim()) {
    query.andWhere("(key.name ilike :search or key.description ilike :search or key.lookupId ilike :search)", {
      search: containsPattern(args.search),
    });
  }
  return paginate(query, args, orderOf(args.orderBy));
}

function orderOf(orderBy: GatewayKeyOrder | null | undefined): Order {
  const field = orderBy?.field ?? GatewayKeyOrderField.CREATED_AT;
  const direction = orderBy?.direction ?? "DESC";
  return { name: `${field} ${direction}`, direction, ...EXPRESSIONS[field] };
}
