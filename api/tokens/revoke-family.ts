import { type EntityManager, IsNull, Not } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { Token } from "./token.entity.js";
import { TokenFamily } from "./token-family.entity.js";

/** Ends all tokens that came of one grant. The family's row must be locked. Revoking again changes nothing. */
export async function revokeFamily(
  manager: EntityManager,
  call: Call,
  family: TokenFamily,
  reason: string,
): Promise<void> {
  if (family.revokedAt) return;
  const { id, clientId } = family;
  const changes = { revokedAt: call.now, revokedBy: call.actor.name, revocationReason: reason };
  await manager.update(TokenFamily, { id }, changes);
  // What is over is not shown again.
  await manager.update(Token, { familyId: id, sealed: Not(IsNull()) }, { sealed: null, sealedVersion: null });
  const about = { event: "tokenFamily.revoked", targetKind: "TokenFamily", targetId: id, reason };
  await record(manager, call, { ...about, before: { revokedAt: null }, after: { clientId, revokedAt: call.now } });
  Object.assign(family, changes);
}

export function lockFamily(manager: EntityManager, id: string): Promise<TokenFamily | null> {
  return manager.findOne(TokenFamily, { where: { id }, lock: { mode: "pessimistic_write" } });
}
