import type { DataSource } from "typeorm";
import { containsPattern } from "../database/like-pattern.js";
import { type Order, type Page, paginate } from "../database/paginate.js";
import { Webhook } from "./webhook.entity.js";
import { type WebhookArgs, type WebhookDeliveryArgs, WebhookOrderField } from "./webhook.types.js";
import { WebhookDelivery } from "./webhook-delivery.entity.js";

const EXPRESSIONS: Readonly<Record<WebhookOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [WebhookOrderField.CREATED_AT]: { expression: "webhook.id", type: "uuid" },
  [WebhookOrderField.URL]: { expression: "webhook.url", type: "text" },
};

const NEWEST_FIRST = { name: "newest", expression: "delivery.id", type: "uuid", direction: "DESC" } as const;

/** Webhooks, searched, filtered and ordered. */
export function listWebhooks(database: DataSource, args: WebhookArgs): Promise<Page<Webhook>> {
  const query = database.getRepository(Webhook).createQueryBuilder("webhook");
  const { enabled, event } = args.filter ?? {};
  if (enabled != null) query.andWhere("webhook.enabled = :enabled", { enabled });
  if (event != null) query.andWhere(":event = any(webhook.events)", { event });
  if (args.search?.trim()) {
    query.andWhere("(webhook.url ilike :search or webhook.description ilike :search)", {
      search: containsPattern(args.search),
    });
  }
  const { field = WebhookOrderField.CREATED_AT, direction = "DESC" } = args.orderBy ?? {};
  return paginate(query, args, { name: field, ...EXPRESSIONS[field], direction });
}

/** Deliveries, newest first. */
export function listDeliveries(database: DataSource, args: WebhookDeliveryArgs): Promise<Page<WebhookDelivery>> {
  const query = database.getRepository(WebhookDelivery).createQueryBuilder("delivery");
  const { webhookId, status } = args.filter ?? {};
  if (webhookId != null) query.andWhere("delivery.webhookId = :webhookId", { webhookId });
  if (status != null) query.andWhere("delivery.status = :status", { status });
  return paginate(query, args, NEWEST_FIRST);
}
