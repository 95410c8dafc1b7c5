import type { DataSource, EntityManager } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { Webhook } from "./webhook.entity.js";
import { currentOf, openWebhookSecret, previousOf, sealWebhookSecret } from "./webhook-secret.js";

/** Erases the secrets whose grace is over, and seals the others anew when the key ring has grown. */
export async function keepWebhookSecrets(database: DataSource, keyRing: KeyRing, now: Date): Promise<void> {
  await database.query(
    `update webhooks set previous_sealed = null, previous_sealed_version = null, previous_ends_at = null
     where previous_ends_at <= $1`,
    [now],
  );
  // All of them together are few.
  await database.transaction(async (manager) => {
    const webhooks = await manager
      .createQueryBuilder(Webhook, "webhook")
      .where("webhook.sealedVersion < :version or webhook.previousSealedVersion < :version", {
        version: keyRing.currentVersion,
      })
      .setLock("pessimistic_write")
      .setOnLocked("skip_locked")
      .getMany();
    for (const webhook of webhooks) await reseal(manager, keyRing, webhook);
  });
}

async function reseal(manager: EntityManager, keyRing: KeyRing, webhook: Webhook): Promise<void> {
  const { id } = webhook;
  const current = sealWebhookSecret(keyRing, id, openWebhookSecret(keyRing, id, currentOf(webhook)));
  const sealed = previousOf(webhook);
  const previous = sealed && sealWebhookSecret(keyRing, id, openWebhookSecret(keyRing, id, sealed));
  await manager.update(
    Webhook,
    { id },
    {
      sealed: current.sealed,
      sealedVersion: current.keyVersion,
      ...(previous && { previousSealed: previous.sealed, previousSealedVersion: previous.keyVersion }),
    },
  );
}
