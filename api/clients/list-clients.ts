import type { DataSource, SelectQueryBuilder } from "typeorm";
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

/** Two searches, each by its own trigram index: one condition over both tables could use neither. */
const FOUND = `client.id in (
  select c.id from clients c where c.search_text ilike :search
  union
  select g.client_id from client_groups g join authority_groups a on a.id = g.group_id where a.name ilike :search)`;

/** Clients that the actor may see, searched, filtered and ordered. */
export function listClients(database: DataSource, call: Call, args: ClientArgs): Promise<Page<Client>> {
  return paginate(selectClients(database, call, args), args, orderOf(args.orderBy));
}

export function selectClients(
  database: DataSource,
  { actor, now }: Call,
  args: Pick<ClientArgs, "search" | "filter">,
): SelectQueryBuilder<Client> {
  const query = database.getRepository(Client).createQueryBuilder("client");
  const { status, audience, securityLevel, groupId, regionId, tag } = args.filter ?? {};
  if (actor.kind === "CLIENT") query.andWhere("client.id = :self", { self: actor.id });
  if (status != null) query.andWhere(STATUS_CONDITIONS[status], { now });
  if (audience != null) query.andWhere("client.audience = :audience", { audience });
  if (securityLevel != null) query.andWhere("client.securityLevel = :securityLevel", { securityLevel });
  if (groupId != null) {
    query.andWhere("exists (select 1 from client_groups g where g.client_id = client.id and g.group_id = :groupId)", {
      groupId,
    });
  }
  if (regionId != null) query.andWhere("client.regionId = :regionId", { regionId });
  if (tag != null) query.andWhere("client.tags @> array[:tag]", { tag });
  if (args.search?.trim()) query.andWhere(FOUND, { search: containsPattern(args.search) });
  return query;
}

function orderOf(orderBy: ClientOrder | null | undefined): Order {
  const field = orderBy?.field ?? ClientOrderField.CREATED_AT;
  const direction = orderBy?.direction ?? "DESC";
  return { name: `${field} ${direction}`, direction, ...EXPRESSIONS[field] };
}
