import { newId } from "../database/new-id.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import type { ApiKey } from "./api-key.entity.js";
import type { ApiKeySecret } from "./api-key-secret.entity.js";
import { NOT_SEALED, sealSecret } from "./sealed-secret.js";

/** What is kept of a secret that was just made, as its key's current one. */
export function secretRow(
  now: Date,
  { id: apiKeyId, recoverable }: Pick<ApiKey, "id" | "recoverable">,
  { text, lookupId }: { readonly text: string; readonly lookupId: string },
  keyRing: KeyRing,
): Omit<ApiKeySecret, "retiresAt"> {
  const id = newId(now);
  return {
    id,
    apiKeyId,
    ...(recoverable ? sealSecret(keyRing, id, text) : NOT_SEALED),
    place: "CURRENT",
    lookupId,
    ...digestSecret(keyRing, text),
    imported: false,
    prefix: null,
    origin: null,
    createdAt: now,
    lastAccessedAt: null,
    lastAccessedFrom: null,
  };
}
