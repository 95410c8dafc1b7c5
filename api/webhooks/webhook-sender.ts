import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { postWebhook } from "./post-webhook.js";
import type { Reachable } from "./public-address.js";
import { Webhook } from "./webhook.entity.js";
import { WebhookDelivery, WebhookDeliveryStatus } from "./webhook-delivery.entity.js";
import { signedHeaders } from "./webhook-secret.js";

export interface WebhookSenderOptions {
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly reachable: Reachable;
  readonly now: () => Date;
  readonly onAttempt: (outcome: "delivered" | "retried" | "failed") => void;
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 1_000;
/** Taken at once for one webhook: together they take less time than after which they are taken for lost. */
const BATCH = 4;
const LOST_MS = 60_000;
const FIRST_RETRY_MS = 5_000;
const RETRY_MS_MAX = 2 * 60 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
/** RFC 9110 section 15.5.11: the receiver is gone for good. */
const GONE = 410;

/**
 * Takes what is due by moving its next attempt ahead, so that no other node takes it as well while this one lives. When a node dies
 * on the way, the attempt comes due again. Webhooks do not wait for each other: each is sent to in turn.
 */
const TAKE = `
  with due as (
    select d.id from webhooks w cross join lateral (
      select id from webhook_deliveries d
      where d.webhook_id = w.id and d.status = 'QUEUED' and d.next_attempt_at <= $1
      order by d.next_attempt_at limit ${BATCH} for update skip locked
    ) d
    where w.enabled and not w.id = any($2::uuid[])
  )
  update webhook_deliveries d
  set next_attempt_at = $1::timestamptz + interval '${LOST_MS} milliseconds', attempts = d.attempts + 1, last_attempt_at = $1,
      answer_status = null, last_error = null
  from due where d.id = due.id
  returning d.id, d.webhook_id, d.body, d.attempts, d.created_at`;

interface Taken {
  readonly id: string;
  readonly webhook_id: string;
  readonly body: string;
  readonly attempts: number;
  readonly created_at: Date;
}

export class WebhookSender {
  private timer: NodeJS.Timeout | undefined;
  private taking: Promise<void> = Promise.resolve();
  /** Webhooks that are being sent to. */
  private readonly sending = new Map<string, Promise<void>>();

  constructor(private readonly options: WebhookSenderOptions) {}

  start(): void {
    let idle = true;
    this.timer = setInterval(() => {
      if (!idle) return;
      idle = false;
      this.taking = this.takeDue()
        .catch(this.options.onError)
        .finally(() => {
          idle = true;
        });
    }, POLL_MS);
  }

  /** Lets what is under way finish. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.taking;
    await Promise.all(this.sending.values());
  }

  private async takeDue(): Promise<void> {
    const [taken]: [Taken[], number] = await this.options.database.query(TAKE, [
      this.options.now(),
      [...this.sending.keys()],
    ]);
    for (const id of new Set(taken.map((each) => each.webhook_id))) {
      const deliveries = taken.filter((each) => each.webhook_id === id);
      const sent = this.sendAll(id, deliveries)
        .catch(this.options.onError)
        .finally(() => this.sending.delete(id));
      this.sending.set(id, sent);
    }
  }

  private async sendAll(webhookId: string, deliveries: readonly Taken[]): Promise<void> {
    for (const [index, delivery] of deliveries.entries()) {
      if (this.timer === undefined) return this.giveBack(deliveries.slice(index));
      const webhook = await this.options.database.manager.findOneBy(Webhook, { id: webhookId });
      if (!webhook) return;
      await this.send(webhook, delivery);
    }
  }

  /** What a node that stops has taken and not sent is due still, on whichever node is there. */
  private async giveBack(deliveries: readonly Taken[]): Promise<void> {
    await this.options.database.query(
      "update webhook_deliveries set next_attempt_at = $1, attempts = attempts - 1 where id = any($2::uuid[])",
      [this.options.now(), deliveries.map(({ id }) => id)],
    );
  }

  private async send(webhook: Webhook, delivery: Taken): Promise<void> {
    const { database, onAttempt } = this.options;
    const outcome = await this.attempt(webhook, delivery);
    const { id } = delivery;
    await database.manager.update(WebhookDelivery, { id, status: WebhookDeliveryStatus.QUEUED }, outcome);
    if (outcome.status === WebhookDeliveryStatus.DELIVERED) onAttempt("delivered");
    else onAttempt(outcome.status === WebhookDeliveryStatus.FAILED ? "failed" : "retried");
  }

  private async attempt(webhook: Webhook, delivery: Taken) {
    const { keyRing, reachable, now } = this.options;
    let answerStatus: number | null = null;
    let lastError: string | null = null;
    try {
      const headers = signedHeaders(keyRing, webhook, delivery, now());
      answerStatus = await postWebhook(reachable, new URL(webhook.url), headers, delivery.body);
      if (answerStatus < 200 || answerStatus > 299) lastError = `The receiver answered ${answerStatus}.`;
    } catch (error) {
      lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    }
    const answered = { answerStatus, lastError };
    if (lastError === null) return { ...answered, status: WebhookDeliveryStatus.DELIVERED, deliveredAt: now() };
    const over = answerStatus === GONE || now().getTime() - delivery.created_at.getTime() > GIVE_UP_MS;
    const nextAttemptAt = new Date(now().getTime() + retryMs(delivery.attempts));
    return { ...answered, status: over ? WebhookDeliveryStatus.FAILED : WebhookDeliveryStatus.QUEUED, nextAttemptAt };
  }
}

/** Twice as long each time, a fifth more or less: what failed together does not come back together. */
function retryMs(attempts: number): number {
  const ms = Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(ms * (0.8 + 0.4 * Math.random()));
}
