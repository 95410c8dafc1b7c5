import { createHmac, randomBytes } from "node:crypto";
import type { KeyRing } from "../secrets/key-ring.js";
import { type Sealed, seal, unseal } from "../secrets/vault.js";
import type { Webhook } from "./webhook.entity.js";

/** Standard Webhooks 1.0: a symmetric secret has this prefix before 24 to 64 bytes in base64. */
const PREFIX = "whsec_";
const BYTES = 32;

export function mintWebhookSecret(): string {
  return PREFIX + randomBytes(BYTES).toString("base64");
}

/** A secret as its webhook's row keeps it: moved to another row, it does not open. */
export function sealWebhookSecret(keyRing: KeyRing, webhookId: string, secret: string): Sealed {
  return seal(keyRing, secret, placeOf(webhookId), randomBytes);
}

export function openWebhookSecret(keyRing: KeyRing, webhookId: string, sealed: Sealed): string {
  return unseal(keyRing, sealed, placeOf(webhookId));
}

export function currentOf({ sealed, sealedVersion: keyVersion }: Webhook): Sealed {
  return { sealed, keyVersion };
}

export function previousOf({ previousSealed: sealed, previousSealedVersion: keyVersion }: Webhook): Sealed | undefined {
  return sealed === null || keyVersion === null ? undefined : { sealed, keyVersion };
}

export interface Message {
  readonly id: string;
  readonly body: string;
}

/**
 * The headers of an attempt: signed over its id and time too, so that what was overheard is known again, and is too old
 * soon. One signature for each secret that is in force, newest first.
 */
export function signedHeaders(keyRing: KeyRing, webhook: Webhook, { id, body }: Message, now: Date) {
  const timestamp = Math.floor(now.getTime() / 1_000).toString();
  const previous = webhook.previousEndsAt && webhook.previousEndsAt > now ? previousOf(webhook) : undefined;
  const signatures = [currentOf(webhook), ...(previous ? [previous] : [])].map((sealed) => {
    const secret = openWebhookSecret(keyRing, webhook.id, sealed);
    const key = Buffer.from(secret.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

function placeOf(webhookId: string): string {
  return `webhook ${webhookId}`;
}
