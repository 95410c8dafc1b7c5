import type { EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesKey } from "../access/reach.js";
import { conflict, notFound } from "../errors.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeyStatus, statusOf } from "./api-key-status.js";

/** A key that the actor reaches, locked until the transaction ends. */
export async function findKeyForChange(manager: EntityManager, { actor }: Call, id: string): Promise<ApiKey> {
  const key = await manager.findOne(ApiKey, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!key || !reachesKey(actor, key)) throw notFound("API key", `id=${id}`);
  return key;
}

/** A draft is confirmed or revoked, and nothing else. */
export function refuseDraft(key: ApiKey): void {
  if (key.draft) throw conflict("id", "the integration token is a draft: confirm it first");
}

export function refuseEnded(key: ApiKey, now: Date): void {
  const status = statusOf(key, now);
  if (status !== ApiKeyStatus.REVOKED && status !== ApiKeyStatus.EXPIRED) return;
  throw conflict("id", `the key is ${status.toLowerCase()} and stays so: create another one`);
}
