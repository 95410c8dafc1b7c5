import { randomBytes } from "node:crypto";
import type { KeyRing } from "../secrets/key-ring.js";
import { seal, unseal } from "../secrets/vault.js";
import type { ApiKeySecret } from "./api-key-secret.entity.js";

type SealedColumns = Pick<ApiKeySecret, "sealed" | "sealedVersion">;

export const NOT_SEALED: SealedColumns = { sealed: null, sealedVersion: null };

/** A secret as its own row keeps it: moved to another row, it does not open. */
export function sealSecret(keyRing: KeyRing, secretId: string, text: string): SealedColumns {
  const { sealed, keyVersion } = seal(keyRing, text, placeOf(secretId), randomBytes);
  return { sealed, sealedVersion: keyVersion };
}

/** Undefined where nothing was sealed, or it has been erased since. */
export function unsealSecret(keyRing: KeyRing, { id, sealed, sealedVersion }: ApiKeySecret): string | undefined {
  if (sealed === null || sealedVersion === null) return undefined;
  return unseal(keyRing, { sealed, keyVersion: sealedVersion }, placeOf(id));
}

function placeOf(secretId: string): string {
  return `API key secret ${secretId}`;
}
