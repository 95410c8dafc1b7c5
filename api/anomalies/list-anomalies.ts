import type { DataSource, SelectQueryBuilder } from "typeorm";
import type { Actor } from "../access/actor.js";
import { keyReach } from "../access/reach.js";
import { looksLikeId } from "../clients/find-client.js";
import { firstIdOf } from "../database/first-id-of.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Order, type Page, paginate } from "../database/paginate.js";
import { invalidInput } from "../errors.js";
import { Anomaly } from "./anomaly.entity.js";
import { type AnomalyArgs, type AnomalyFilter, AnomalyOrderField } from "./anomaly.types.js";

const EXPRESSIONS: Readonly<Record<AnomalyOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [AnomalyOrderField.DETECTED_AT]: { expression: "anomaly.id", type: "uuid" },
  [AnomalyOrderField.KIND]: { expression: "anomaly.kind", type: "text" },
};

const FOUND = `(
  anomaly.clientId in (select c.id from clients c where c.client_id ilike :search or c.display_name ilike :search)
  or anomaly.apiKeyId in (select k.id from api_keys k where k.name ilike :search)
  or array_to_string(anomaly.addresses, ' ') ilike :search
  or anomaly.note ilike :search)`;

/** Those within the actor's reach, searched, filtered and ordered. */
export function listAnomalies(database: DataSource, actor: Actor, args: AnomalyArgs): Promise<Page<Anomaly>> {
  const query = database.getRepository(Anomaly).createQueryBuilder("anomaly");
  withinReach(query, actor);
  if (args.filter) where(query, args.filter);
  if (args.search?.trim()) query.andWhere(FOUND, { search: containsPattern(args.search) });
  const { field = AnomalyOrderField.DETECTED_AT, direction = "DESC" } = args.orderBy ?? {};
  return paginate(query, args, { name: field, ...EXPRESSIONS[field], direction });
}

/** What belongs to nobody any more is for those who see all clients. */
export function withinReach(query: SelectQueryBuilder<Anomaly>, actor: Actor): void {
  const { clients, users } = keyReach(actor);
  if (clients === "ALL" && users === "ALL") return;
  if (clients === "OWN") query.andWhere("anomaly.clientId = :self", { self: actor.id });
  else if (clients === "NONE") query.andWhere("anomaly.userId = :self", { self: actor.id });
  else query.andWhere("(anomaly.userId is null or anomaly.userId = :self)", { self: actor.id });
}

function where(query: SelectQueryBuilder<Anomaly>, filter: AnomalyFilter): void {
  const { kind, clientId, apiKeyId, acknowledged, from, until } = filter;
  if (kind != null) query.andWhere("anomaly.kind = :kind", { kind });
  if (clientId != null) {
    const client = looksLikeId(clientId) ? ":clientId" : "(select c.id from clients c where c.client_id = :clientId)";
    query.andWhere(`anomaly.clientId = ${client}`, { clientId });
  }
  if (apiKeyId != null) query.andWhere("anomaly.apiKeyId = :apiKeyId", { apiKeyId });
  if (acknowledged != null) query.andWhere(`anomaly.acknowledgedAt is ${acknowledged ? "not null" : "null"}`);
  if (from != null && until != null && until <= from) {
    throw invalidInput({ path: "filter.until", message: "must be after from" });
  }
  if (from != null) query.andWhere("anomaly.id >= :from", { from: firstIdOf(from) });
  if (until != null) query.andWhere("anomaly.id < :until", { until: firstIdOf(until) });
}
