import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Order, type Page, paginate } from "../database/paginate.js";
import { Client } from "./client.entity.js";
import { type ClientArgs, type ClientOrder, ClientOrderField } from "./client.types.js";
import { STATUS_CONDITIONS } from "./client-status.js";

const EXPRESSIONS: Readonly<Record<ClientOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [ClientOrderField.CREATED_AT]: { expression: "client.id", type: "uuid" },
  [ClientOrderField.CLIENT_ID]: { expression: "lower(client.clientId)", type: "text" },
  [ClientOrderField.NAME]: { expression: "lower(client.name)", type: "text" },
  [ClientOrderField.DISPLAY_NAME]: { expression: "lower(client.displayName)", type: "text" },
};

/** Clients that the actor may see, searched, filtered and ordered. */
export function listClients(database: DataSource, { actor, now }: Call, args: ClientArgs): Promise<Page<Client>> {
  const query = database.getRepository(Client).createQueryBuilder("client");
  const { status, securityLevel, groupId } = args.filter ?? {};
  if (actor.kind === "CLIENT") query.andWhere("client.id = :self", { self: actor.id });
  if (status != null) query.andWhere(STATUS_CONDITIONS[status], { now });
  if (securityLevel != null) query.andWhere("client.securityLevel = :securityLevel", { securityLevel });
  if (groupId != null) {
    query.andWhere("exists (select 1 from client_groups g where g.client_id = client.id and g.group_id = :groupId)", {
      groupId,
    });
  }
  if (args.search?.trim()) {
    query.andWhere(
      `(client.clientId ilike :search or client.name ilike :search or client.displayName ilike :search
        or exists (select 1 from client_groups g join authority_groups a on a.id = g.group_id
                   where g.client_id = client.id and a.name ilike :search))`,
      { search: containsPattern(args.search) },
    );
  }
  return paginate(query, args, orderOf(args.orderBy));
}

function orderOf(orderBy: ClientOrder | null | undefined): Order {
  const field = orderBy?.field ?? ClientOrderField.CREATED_AT;
  const direction = orderBy?.direction ?? "DESC";
  return { name: `${field} ${direction}`, direction, ...EXPRESSIONS[field] };
}
