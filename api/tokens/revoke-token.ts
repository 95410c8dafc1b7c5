import type { EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { Token } from "./token.entity.js";

/** Ends one token, whose row must be locked. Revoking again changes nothing. */
export async function revokeToken(manager: EntityManager, call: Call, token: Token, reason?: string): Promise<Token> {
  if (token.revokedAt) return token;

  // A node whose clock is behind must not end a token before its beginning.
  const revokedAt = call.now < token.createdAt ? token.createdAt : call.now;
  const revocation = { revokedAt, revokedBy: call.actor.name, revocationReason: reason ?? null };
  // What is over is not shown again.
  const changes = { ...revocation, sealed: null, sealedVersion: null };
  await manager.update(Token, { id: token.id }, changes);
  const happening = { event: "token.revoked", targetKind: "Token", targetId: token.id, reason: reason ?? null };
  await record(manager, call, { ...happening, before: { revokedAt: null }, after: { revokedAt } });
  return Object.assign(token, changes);
}
