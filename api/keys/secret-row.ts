import { newId } from "../database/new-id.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import type { ApiKeySecret } from "./api-key-secret.entity.js";

/** What is kept of a secret that was just made, as its key's current one. */
export function secretRow(
  now: Date,
  apiKeyId: string,
  { text, lookupId }: { readonly text: string; readonly lookupId: string },
  keyRing: KeyRing,
): Omit<ApiKeySecret, "retiresAt"> {
  return {
    id: newId(now),
    apiKeyId,
    place: "CURRENT",
    lookupId,
    ...digestSecret(keyRing, text),
    createdAt: now,
    lastAccessedAt: null,
    lastAccessedFrom: null,
  };
}
