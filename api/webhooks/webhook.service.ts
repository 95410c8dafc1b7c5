import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { difference, record } from "../audit/record.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { conflict, notFound } from "../errors.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { listDeliveries, listWebhooks } from "./list-webhooks.js";
import type { Reachable } from "./public-address.js";
import { readWebhookUrl } from "./read-webhook-url.js";
import { Webhook } from "./webhook.entity.js";
import type {
  CreateWebhookInput,
  DeleteWebhookInput,
  RotateWebhookSecretInput,
  TestWebhookInput,
  UpdateWebhookInput,
  WebhookArgs,
  WebhookDeliveryArgs,
} from "./webhook.types.js";
import { WebhookDelivery } from "./webhook-delivery.entity.js";
import { deliveryOf } from "./webhook-outbox.js";
import { mintWebhookSecret, sealWebhookSecret } from "./webhook-secret.js";

/** Every event is written once for each. */
const WEBHOOKS_MAX = 50;
const GRACE_SECONDS = 86_400;

export interface MintedWebhookSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

export class WebhookService {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly reachable: Reachable,
  ) {}

  list(args: WebhookArgs): Promise<Page<Webhook>> {
    return listWebhooks(this.database, args);
  }

  async get(id: string): Promise<Webhook> {
    return found(await this.database.manager.findOneBy(Webhook, { id }), id);
  }

  deliveries(args: WebhookDeliveryArgs): Promise<Page<WebhookDelivery>> {
    return listDeliveries(this.database, args);
  }

  async create(call: Call, { url, description = "", events }: CreateWebhookInput): Promise<MintedWebhookSecret> {
    const id = newId(call.now);
    const secret = mintWebhookSecret();
    const { sealed, keyVersion } = sealWebhookSecret(this.keyRing, id, secret);
    const facts = { url: await readWebhookUrl(this.reachable, url), description, events, enabled: true };
    const webhook = Object.assign(new Webhook(), {
      id,
      ...facts,
      sealed,
      sealedVersion: keyVersion,
      previousSealed: null,
      previousSealedVersion: null,
      previousEndsAt: null,
      createdAt: call.now,
      createdBy: call.actor.name,
      updatedAt: call.now,
    });
    await this.database.transaction(async (manager) => {
      await refuseTooMany(manager);
      await manager.insert(Webhook, webhook);
      await record(manager, call, { event: "webhook.created", ...targetOf(webhook), after: facts });
    });
    return { webhook, secret };
  }

  async update(call: Call, { id, url, ...given }: UpdateWebhookInput): Promise<Webhook> {
    const changes = { ...given, ...(url !== undefined && { url: await readWebhookUrl(this.reachable, url) }) };
    return this.database.transaction(async (manager) => {
      const webhook = await lock(manager, id);
      const { before, after } = difference(webhook, changes);
      if (Object.keys(after).length === 0) return webhook;
      const changed = { ...after, updatedAt: call.now };
      await manager.update(Webhook, { id }, changed);
      await record(manager, call, { event: "webhook.updated", ...targetOf(webhook), before, after });
      return Object.assign(webhook, changed);
    });
  }

  async delete(call: Call, { id }: DeleteWebhookInput): Promise<Webhook> {
    return this.database.transaction(async (manager) => {
      const webhook = await lock(manager, id);
      await manager.delete(Webhook, { id });
      const { url, description, events, enabled } = webhook;
      const before = { url, description, events, enabled };
      await record(manager, call, { event: "webhook.deleted", ...targetOf(webhook), before });
      return webhook;
    });
  }

  /** Both secrets sign until the grace is over, so that a receiver can change at any time in between. */
  async rotateSecret(
    call: Call,
    { id, graceSeconds = GRACE_SECONDS }: RotateWebhookSecretInput,
  ): Promise<MintedWebhookSecret> {
    const secret = mintWebhookSecret();
    return this.database.transaction(async (manager) => {
      const webhook = await lock(manager, id);
      const { sealed, keyVersion } = sealWebhookSecret(this.keyRing, id, secret);
      const hasGrace = graceSeconds > 0;
      const changes = {
        sealed,
        sealedVersion: keyVersion,
        previousSealed: hasGrace ? webhook.sealed : null,
        previousSealedVersion: hasGrace ? webhook.sealedVersion : null,
        previousEndsAt: hasGrace ? new Date(call.now.getTime() + graceSeconds * 1_000) : null,
        updatedAt: call.now,
      };
      await manager.update(Webhook, { id }, changes);
      const after = { previousEndsAt: changes.previousEndsAt };
      await record(manager, call, { event: "webhook.secretRotated", ...targetOf(webhook), after });
      return { webhook: Object.assign(webhook, changes), secret };
    });
  }

  async test(call: Call, { id }: TestWebhookInput): Promise<WebhookDelivery> {
    return this.database.transaction(async (manager) => {
      const webhook = await lock(manager, id);
      if (!webhook.enabled) throw conflict("id", "the webhook is not enabled");
      const delivery = deliveryOf(id, "webhook.test", { webhookId: id, askedBy: call.actor.name }, call.now);
      await manager.insert(WebhookDelivery, delivery);
      const after = { deliveryId: delivery.id };
      await record(manager, call, { event: "webhook.tested", ...targetOf(webhook), after });
      return delivery;
    });
  }
}

function targetOf({ id }: Webhook) {
  return { targetKind: "Webhook", targetId: id };
}

async function lock(manager: EntityManager, id: string): Promise<Webhook> {
  return found(await manager.findOne(Webhook, { where: { id }, lock: { mode: "for_no_key_update" } }), id);
}

/** One creation after the other, so that two at once do not both find room for the last. */
async function refuseTooMany(manager: EntityManager): Promise<void> {
  await manager.query("lock table webhooks in share row exclusive mode");
  if ((await manager.count(Webhook)) >= WEBHOOKS_MAX) {
    throw conflict("url", `there are ${WEBHOOKS_MAX} webhooks: delete some`);
  }
}

function found(webhook: Webhook | null, id: string): Webhook {
  if (!webhook) throw notFound("webhook", `id=${id}`);
  return webhook;
}
