import { Client } from "../clients/client.entity.js";
import type { KeyOwner } from "./draft-api-key.js";

/** Whose a key is, as webhooks are told it. */
export function ownerFacts(owner: KeyOwner | undefined) {
  return owner instanceof Client
    ? { client: { id: owner.id, clientId: owner.clientId, displayName: owner.displayName }, user: null }
    : { client: null, user: owner ? { id: owner.id, userName: owner.userName } : null };
}
