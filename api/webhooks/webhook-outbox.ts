import type { EntityManager } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { newId } from "../database/new-id.js";
import type { WebhookEvent } from "./webhook.entity.js";
import { WebhookDelivery, WebhookDeliveryStatus } from "./webhook-delivery.entity.js";

/** Rows of one statement: their columns stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

/** Tells those webhooks that want to know, in the transaction of what it tells of: neither exists without the other. */
export async function tellWebhooks(
  manager: EntityManager,
  { now }: Pick<CallOrigin, "now">,
  event: WebhookEvent,
  happenings: readonly object[],
): Promise<void> {
  if (happenings.length === 0) return;
  const webhooks: { id: string }[] = await manager.query(
    "select id from webhooks where enabled and $1 = any(events) order by id for key share",
    [event],
  );
  const rows = webhooks.flatMap(({ id }) => happenings.map((data) => deliveryOf(id, event, data, now)));
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    await manager.insert(WebhookDelivery, rows.slice(from, from + ROWS_MAX));
  }
}

export function deliveryOf(webhookId: string, event: string, data: object, now: Date): WebhookDelivery {
  return Object.assign(new WebhookDelivery(), {
    id: newId(now),
    webhookId,
    event,
    body: JSON.stringify({ type: event, timestamp: now, data }),
    status: WebhookDeliveryStatus.QUEUED,
    attempts: 0,
    nextAttemptAt: now,
    lastAttemptAt: null,
    answerStatus: null,
    lastError: null,
    createdAt: now,
    deliveredAt: null,
  });
}
