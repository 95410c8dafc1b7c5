import { type EntityManager, In } from "typeorm";
import { importedDigests, mayBeImported } from "../secrets/imported-digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { matchesStored } from "../secrets/stored-secret.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";

export interface SecretReader {
  readonly keyRing: KeyRing;
  readonly brand: string;
}

/** A secret with the key that it is, or was, of. */
export interface FoundSecret {
  readonly secret: ApiKeySecret;
  readonly key: ApiKey;
}

/** Whose a presented secret is, whether it is still accepted or not. */
export async function findSecret(
  manager: EntityManager,
  { keyRing, brand }: SecretReader,
  text: string,
): Promise<FoundSecret | null> {
  const parsed = parseSecret(brand, text);
  const secret = parsed ? await findOwn(manager, parsed) : await findImported(manager, { keyRing, brand }, text);
  if (!secret || !matchesStored(keyRing, secret, text)) return null;
  const key = await manager.findOneBy(ApiKey, { id: secret.apiKeyId });
  return key && { secret, key };
}

async function findOwn(
  manager: EntityManager,
  { kind, lookupId }: { readonly kind: string; readonly lookupId: string },
): Promise<ApiKeySecret | null> {
  return kind === "key" ? manager.findOneBy(ApiKeySecret, { lookupId }) : null;
}

async function findImported(
  manager: EntityManager,
  { keyRing, brand }: SecretReader,
  text: string,
): Promise<ApiKeySecret | null> {
  if (!mayBeImported(brand, text)) return null;
  const rows: { prefix: string }[] = await manager.query("select prefix from imported_key_prefixes");
  if (rows.length === 0) return null;
  const prefixes = rows.map(({ prefix }) => prefix);
  return manager.findOneBy(ApiKeySecret, { imported: true, digest: In(importedDigests(keyRing, text, prefixes)) });
}

/** The key that a presented secret opens now: by its current secret, or by the one before while a rotation lasts. */
export async function findKeyBySecret(
  manager: EntityManager,
  reader: SecretReader,
  text: string,
  now: Date,
): Promise<ApiKey | null> {
  const found = await findSecret(manager, reader, text);
  return found && isAccepted(found.key, found.secret, now) ? found.key : null;
}

export function isAccepted(
  { rotationEndsAt }: Pick<ApiKey, "rotationEndsAt">,
  { place }: Pick<ApiKeySecret, "place">,
  now: Date,
): boolean {
  if (place === "CURRENT") return true;
  return place === "PREVIOUS" && rotationEndsAt !== null && rotationEndsAt > now;
}
