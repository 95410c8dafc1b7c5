import { GatewayKey } from "../gateways/gateway-key.entity.js";
import { Webhook } from "../webhooks/webhook.entity.js";
import { type Facts, lastOf, type Taken, type Target } from "./taken.js";

export async function takeGatewayKey({ manager, id, events }: Target): Promise<Taken[]> {
  const key = await manager.findOne(GatewayKey, { where: { id }, lock: { mode: "pessimistic_write" } });
  const because = lastOf(events, "gatewayKey.revoked");
  if (!key || key.revokedAt || !because) return [];
  const revokedAt = new Date(Math.max(Date.parse(because.at), key.createdAt.getTime()));
  const { actorName: revokedBy, reason: revocationReason } = because;
  await manager.update(GatewayKey, { id }, { revokedAt, revokedBy, revocationReason });
  return [{ targetKind: "GatewayKey", targetId: id, name: key.name, what: "revoked", because }];
}

/** It may lead to where nobody should be told anything any more, or sign with a secret that somebody else has. */
export async function takeWebhook({ manager, id, events, now }: Target): Promise<Taken[]> {
  const webhook = await manager.findOne(Webhook, { where: { id }, lock: { mode: "pessimistic_write" } });
  const because = events.findLast(
    ({ event, after }) =>
      event === "webhook.deleted" ||
      event === "webhook.secretRotated" ||
      (event === "webhook.updated" && ["url", "enabled", "events"].some((each) => each in ((after ?? {}) as Facts))),
  );
  if (!webhook || !because || !webhook.enabled) return [];
  await manager.update(Webhook, { id }, { enabled: false, updatedAt: now });
  const what = "switched off: see where it leads and who has its secret";
  return [{ targetKind: "Webhook", targetId: id, name: webhook.url, what, because }];
}
