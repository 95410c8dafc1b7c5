import type { EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesClient } from "../access/reach.js";
import { notFound } from "../errors.js";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { lockFamily } from "./revoke-family.js";
import { Token, TokenKind } from "./token.entity.js";
import { TokenFamily } from "./token-family.entity.js";

export interface FoundToken {
  readonly token: Token;
  readonly family: TokenFamily;
}

const KINDS: Readonly<Partial<Record<string, TokenKind>>> = { at: TokenKind.ACCESS, rt: TokenKind.REFRESH };

/** A token that the actor reaches. */
export async function findToken(manager: EntityManager, { actor }: Call, id: string): Promise<FoundToken> {
  const token = await manager.findOneBy(Token, { id });
  const family = token && (await manager.findOneBy(TokenFamily, { id: token.familyId }));
  if (!family || !reachesClient(actor, family.clientId)) throw notFound("token", `id=${id}`);
  return { token, family };
}

/** Likewise, with token and family locked until the transaction ends: the family first, as whoever refreshes does. */
export async function findTokenForChange(manager: EntityManager, call: Call, id: string): Promise<FoundToken> {
  const { family } = await findToken(manager, call, id);
  const locked = await lockFamily(manager, family.id);
  const token = await manager.findOne(Token, { where: { id }, lock: { mode: "for_no_key_update" } });
  if (!locked || !token) throw notFound("token", `id=${id} has just gone`);
  return { token, family: locked };
}

/** Of which kind of token a text is, by its shape and checksum alone. */
export function tokenKindOf(brand: string, text: string): TokenKind | undefined {
  return KINDS[parseSecret(brand, text)?.kind ?? ""];
}

/** Whose a presented token is, whether it is still accepted or not. */
export async function findTokenByText(
  manager: EntityManager,
  { keyRing, brand }: { readonly keyRing: KeyRing; readonly brand: string },
  text: string,
): Promise<FoundToken | null> {
  const kind = tokenKindOf(brand, text);
  if (!kind) return null;
  const lookupId = parseSecret(brand, text)?.lookupId ?? "";
  const token = await manager.findOneBy(Token, { lookupId, kind });
  if (!token || !matchesDigest(keyRing, token, text)) return null;
  const family = await manager.findOneBy(TokenFamily, { id: token.familyId });
  return family && { token, family };
}
