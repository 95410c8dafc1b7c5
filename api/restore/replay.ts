import type { EntityManager } from "typeorm";
import type { ChainedEvent } from "../audit/chained-event.js";
import { takeApi, takeCollection, takeGroup, takeRegion, takeScope } from "./take-from-catalogue.js";
import { takeFromClient } from "./take-from-client.js";
import { takeFromKey } from "./take-from-key.js";
import { takeGatewayKey, takeWebhook } from "./take-from-machines.js";
import { takeFromUser } from "./take-from-user.js";
import type { Taken, Target } from "./taken.js";

/** What is taken away of each kind of thing. Regions and groups come before what they contain or is held by them. */
const TAKE: Readonly<Record<string, (target: Target) => Promise<Taken[]>>> = {
  Region: takeRegion,
  Collection: takeCollection,
  Api: takeApi,
  Scope: takeScope,
  AuthorityGroup: takeGroup,
  Client: takeFromClient,
  User: takeFromUser,
  ApiKey: takeFromKey,
  GatewayKey: takeGatewayKey,
  Webhook: takeWebhook,
};

/**
 * Takes away again what these events took away, and nothing else: what they gave stays lost. Only the outcome counts, so
 * that what was switched off and on again stays on.
 */
export async function replay(manager: EntityManager, events: readonly ChainedEvent[], now: Date): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const [kind, take] of Object.entries(TAKE)) {
    const byTarget = new Map<string, ChainedEvent[]>();
    for (const event of events) {
      if (event.targetKind !== kind) continue;
      const about = byTarget.get(event.targetId);
      if (about) about.push(event);
      else byTarget.set(event.targetId, [event]);
    }
    for (const [id, about] of byTarget) taken.push(...(await take({ manager, id, events: about, now })));
  }
  return taken;
}
