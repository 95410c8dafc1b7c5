import type { Actor } from "../access/actor.js";
import { keyReach } from "../access/reach.js";
import type { UsageCondition } from "./usage-rows.js";

/** All zeros: none, or none that was recognised. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

const OWN_KEYS = "api_key_id in (select id from api_keys where user_id = $)";

/** The calls that an actor may know of: those of the clients and of the keys that it reaches. */
export function usageReach(actor: Actor): readonly UsageCondition[] {
  const { clients, users } = keyReach(actor);
  if (clients === "ALL" && users === "ALL") return [];
  if (clients === "OWN") return [["client_id = $", actor.id]];
  if (clients === "NONE") return [[OWN_KEYS, actor.id]];
  // Calls of nobody's are among what it looks after.
  return [[`(client_id <> '${NOBODY}' or api_key_id = '${NOBODY}' or ${OWN_KEYS})`, actor.id]];
}
