import { randomBytes } from "node:crypto";
import type { KeyRing } from "../secrets/key-ring.js";
import { seal, unseal } from "../secrets/vault.js";
import type { Token } from "./token.entity.js";

type SealedColumns = { readonly sealed: Buffer; readonly sealedVersion: number };

/** A token as its own row keeps it: moved to another row, it does not open. */
export function sealToken(keyRing: KeyRing, tokenId: string, text: string): SealedColumns {
  const { sealed, keyVersion } = seal(keyRing, text, placeOf(tokenId), randomBytes);
  return { sealed, sealedVersion: keyVersion };
}

/** Undefined where nothing was sealed, or it has been erased since. */
export function unsealToken(keyRing: KeyRing, { id, sealed, sealedVersion }: Token): string | undefined {
  if (sealed === null || sealedVersion === null) return undefined;
  return unseal(keyRing, { sealed, keyVersion: sealedVersion }, placeOf(id));
}

function placeOf(tokenId: string): string {
  return `token ${tokenId}`;
}
