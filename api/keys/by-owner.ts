import type { ApiKey } from "./api-key.entity.js";

/** The keys of each owner together. */
export function byOwner(keys: readonly ApiKey[]): Iterable<readonly ApiKey[]> {
  const owned = new Map<string, ApiKey[]>();
  for (const key of keys) {
    const owner = key.clientId ?? (key.userId as string);
    const own = owned.get(owner);
    if (own) own.push(key);
    else owned.set(owner, [key]);
  }
  return owned.values();
}
