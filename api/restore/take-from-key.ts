import { randomBytes } from "node:crypto";
import { type EntityManager, In, Not } from "typeorm";
import type { ChainedEvent } from "../audit/chained-event.js";
import { newId } from "../database/new-id.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { ApiKeyGroup } from "../keys/api-key-group.entity.js";
import { ApiKeySecret } from "../keys/api-key-secret.entity.js";
import { NOT_SEALED } from "../keys/sealed-secret.js";
import { earlierEnd, instantOf, lastFacts, lastOf, type Taken, type Target, textsOf } from "./taken.js";

export async function takeFromKey({ manager, id, events, now }: Target): Promise<Taken[]> {
  const key = await manager.findOne(ApiKey, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!key || key.revokedAt) return [];
  const taken: Taken[] = [];
  const tell = (what: string, because: ChainedEvent): void => {
    taken.push({ targetKind: "ApiKey", targetId: id, name: `${key.name} (${key.lookupId})`, what, because });
  };

  const revoked = lastOf(events, "apiKey.revoked");
  if (revoked) {
    const revokedAt = new Date(Math.max(Date.parse(revoked.at), key.createdAt.getTime()));
    const { actorName: revokedBy, reason: revocationReason } = revoked;
    await manager.update(ApiKey, { id }, { revokedAt, revokedBy, revocationReason, updatedAt: now });
    await manager.update(ApiKeySecret, { apiKeyId: id }, NOT_SEALED);
    tell("revoked", revoked);
    return taken;
  }
  await rotateAgain({ manager, id, events, now }, key, tell);
  const switched = lastOf(events, "apiKey.disabled", "apiKey.enabled");
  if (switched?.event === "apiKey.disabled" && !key.disabledAt) {
    await manager.update(ApiKey, { id }, { disabledAt: new Date(switched.at), updatedAt: now });
    tell("switched off", switched);
  }
  await narrow({ manager, id, events, now }, key, tell);
  return taken;
}

type Tell = (what: string, because: ChainedEvent) => void;

/**
 * A rotation made a secret that is not in the backup. Its place is taken by one that nobody has, so that the old one is
 * accepted exactly as long as its grace lasts.
 */
async function rotateAgain({ manager, id, events, now }: Target, key: ApiKey, tell: Tell): Promise<void> {
  for (const event of events) {
    const facts = (event.after ?? {}) as { lookupId?: string; rotationEndsAt?: string };
    const endsAt = instantOf(facts.rotationEndsAt);
    if (!endsAt) continue;
    if (event.event === "apiKey.rotationFinished" && key.rotationEndsAt && endsAt < key.rotationEndsAt) {
      await manager.update(ApiKeySecret, { apiKeyId: id, place: "PREVIOUS" }, { place: "RETIRED", ...NOT_SEALED });
      await manager.update(ApiKey, { id }, { rotationEndsAt: endsAt, updatedAt: now });
      key.rotationEndsAt = endsAt;
      tell("the grace of its rotation ended", event);
    }
    if (event.event !== "apiKey.rotated" || facts.lookupId === undefined || !isStillBefore(event, key)) continue;
    await manager.update(ApiKeySecret, { apiKeyId: id, place: "PREVIOUS" }, { place: "RETIRED", ...NOT_SEALED });
    const current = await manager.findOneByOrFail(ApiKeySecret, { apiKeyId: id, place: "CURRENT" });
    const graceIsOver = endsAt <= now;
    await manager.update(
      ApiKeySecret,
      { id: current.id },
      graceIsOver ? { place: "RETIRED", ...NOT_SEALED } : { place: "PREVIOUS" },
    );
    const { lookupId } = facts;
    const rotatedAt = new Date(event.at);
    await manager.insert(ApiKeySecret, {
      id: newId(now),
      apiKeyId: id,
      ...NOT_SEALED,
      place: "CURRENT",
      lookupId,
      digest: randomBytes(32),
      pepperVersion: current.pepperVersion ?? (await newestPepper(manager)),
      imported: false,
      prefix: null,
      origin: null,
      createdAt: rotatedAt,
      lastAccessedAt: null,
      lastAccessedFrom: null,
    });
    const changes = { lookupId, rotationEndsAt: endsAt, updatedAt: now };
    await manager.update(ApiKey, { id }, changes);
    Object.assign(key, changes);
    tell(`its secret is accepted until ${endsAt.toISOString()}; the one after it is lost: rotate it`, event);
  }
}

/** Of a key that was taken over by its plain hash, which has none. */
async function newestPepper(manager: EntityManager): Promise<number> {
  const [newest]: { version: number }[] = await manager.query("select max(version) as version from key_ring_versions");
  return newest?.version ?? 1;
}

function isStillBefore({ before }: ChainedEvent, { lookupId }: ApiKey): boolean {
  return (before as { lookupId?: string } | null)?.lookupId === lookupId;
}

async function narrow({ manager, id, events, now }: Target, key: ApiKey, tell: Tell): Promise<void> {
  const because = lastOf(events, "apiKey.updated");
  if (!because) return;
  const facts = lastFacts(events, "apiKey.updated");
  const changes: Partial<ApiKey> = {};
  const expiresAt = earlierEnd(instantOf(facts["expiresAt"]), key.expiresAt);
  if (expiresAt && expiresAt > key.effectiveAt) changes.expiresAt = expiresAt;
  const effectiveAt = instantOf(facts["effectiveAt"]);
  const end = changes.expiresAt ?? key.expiresAt;
  if (effectiveAt && effectiveAt > key.effectiveAt && (!end || effectiveAt < end)) changes.effectiveAt = effectiveAt;
  const permissions = textsOf(facts["permissions"]);
  if (permissions && (!key.permissions || key.permissions.some((each) => !permissions.includes(each)))) {
    changes.permissions = permissions.filter((each) => !key.permissions || key.permissions.includes(each));
  }
  const quotaLimit = facts["quotaLimit"];
  if (typeof quotaLimit === "number" && (key.quotaLimit === null || quotaLimit < key.quotaLimit)) {
    const quotaPeriod = (facts["quotaPeriod"] ?? key.quotaPeriod) as ApiKey["quotaPeriod"];
    Object.assign(changes, { quotaLimit, quotaPeriod });
  }
  if (Object.keys(changes).length > 0) {
    await manager.update(ApiKey, { id }, { ...changes, updatedAt: now });
    tell(`narrowed: ${Object.keys(changes).join(", ")}`, because);
  }
  const groupIds = textsOf(facts["groupIds"]);
  if (!groupIds) return;
  const { affected } = await manager.delete(ApiKeyGroup, { apiKeyId: id, groupId: Not(In([...groupIds])) });
  if (affected) tell(`${affected} groups taken away`, because);
}
