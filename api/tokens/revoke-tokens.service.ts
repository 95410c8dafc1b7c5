import type { DataSource, EntityManager } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { Call, CallOrigin } from "../access/call.js";
import { reachesClient } from "../access/reach.js";
import { type Happening, record } from "../audit/record.js";
import { findClient } from "../clients/find-client.js";
import { conflict, invalidInput, notFound } from "../errors.js";
import { type FoundToken, findToken, findTokenForChange } from "./find-token.js";
import { lockFamily } from "./revoke-family.js";
import { revokeToken } from "./revoke-token.js";
import { type Token, TokenKind } from "./token.entity.js";
import type { RevokeTokenInput, RevokeTokensInput, RevokeTokensPayload } from "./token.types.js";
import { IN_FORCE } from "./token-status.js";

/** Which families, and whom the event of their end is about. */
interface Wanted {
  readonly families: string;
  readonly id: string;
  readonly about: Pick<Happening, "event" | "targetKind" | "targetId">;
}

/** Ends tokens for good: one, all of a client, or all that came of a grant (5.5). */
export class RevokeTokensService {
  constructor(private readonly database: DataSource) {}

  /** Revoking again changes nothing: who revoked it first, when and why stays. */
  async revoke(call: Call, { id, reason }: RevokeTokenInput): Promise<Token> {
    return this.database.transaction(async (manager) => {
      const { token, family } = await findTokenForChange(manager, call, id);
      return family.revokedAt ? token : revokeToken(manager, call, token, reason);
    });
  }

  async revokeMany(call: Call, { clientId, familyId, reason, expectedCount }: RevokeTokensInput) {
    return this.database.transaction(async (manager) => {
      const wanted = await findWanted(manager, call, clientId, familyId);
      return revokeFamilies(manager, call, wanted, reason, expectedCount);
    });
  }

  /**
   * By whoever holds one. With a refresh token goes all that came of its grant: whoever else has it could have exchanged it
   * (RFC 7009 section 2.1).
   */
  async surrender(origin: CallOrigin, { token: { id } }: FoundToken, reason?: string): Promise<FoundToken> {
    return this.database.transaction(async (manager) => {
      const { token, family } = await findTokenForChange(manager, { ...origin, actor: SYSTEM_ACTOR }, id);
      if (family.revokedAt) return { token, family };
      const call = { ...origin, actor: { ...SYSTEM_ACTOR, id, name: `holder of ${token.lookupId}` } };
      if (token.kind === TokenKind.ACCESS) return { token: await revokeToken(manager, call, token, reason), family };
      await revokeFamilies(manager, call, ofFamily(family.id), reason);
      return findToken(manager, call, id);
    });
  }
}

async function findWanted(
  manager: EntityManager,
  { actor }: Call,
  clientId: string | undefined,
  familyId: string | undefined,
): Promise<Wanted> {
  if ((clientId === undefined) === (familyId === undefined)) {
    const message = "give exactly one of clientId and familyId";
    throw invalidInput({ path: "clientId", message }, { path: "familyId", message });
  }
  if (familyId !== undefined) {
    const family = await lockFamily(manager, familyId);
    if (!family || !reachesClient(actor, family.clientId)) throw notFound("token family", `id=${familyId}`);
    return ofFamily(family.id);
  }
  const client = await findClient(manager, clientId as string);
  if (!reachesClient(actor, client.id)) throw notFound("client", `${client.id} is not the caller`);
  // Locked against tokens that are being issued: those are waited for, and revoked too.
  await findClient(manager, client.id, "pessimistic_write");
  const about = { event: "client.tokensRevoked", targetKind: "Client", targetId: client.id };
  return { families: "f.client_id = $2", id: client.id, about };
}

function ofFamily(id: string): Wanted {
  return {
    families: "f.id = $2",
    id,
    about: { event: "tokenFamily.revoked", targetKind: "TokenFamily", targetId: id },
  };
}

/** Families with a token in force, as whole families: what is issued in one of them meanwhile is revoked with it. */
async function revokeFamilies(
  manager: EntityManager,
  call: Call,
  { families, id, about }: Wanted,
  reason?: string,
  expectedCount?: number,
): Promise<RevokeTokensPayload> {
  const rows: { id: string }[] = await manager.query(
    `select f.id from token_families f
     where ${families} and exists (select 1 from tokens t where t.family_id = f.id and ${IN_FORCE})
     order by f.id for no key update of f`,
    [call.now, id],
  );
  const familyIds = rows.map((row) => row.id);
  const [counted]: [{ count: number }] = await manager.query(
    `select count(*)::int as count from tokens t join token_families f on f.id = t.family_id
     where f.id = any($2::uuid[]) and ${IN_FORCE}`,
    [call.now, familyIds],
  );
  const { count: revokedCount } = counted;
  if (expectedCount !== undefined && expectedCount !== revokedCount) {
    throw conflict("expectedCount", `${revokedCount} tokens in force match, and nothing was changed`);
  }
  if (revokedCount === 0) return { revokedCount };

  await manager.query(
    `update token_families set revoked_at = greatest($2, created_at), revoked_by = $3, revocation_reason = $4
     where id = any($1::uuid[])`,
    [familyIds, call.now, call.actor.name, reason ?? null],
  );
  await manager.query(
    `update tokens set sealed = null, sealed_version = null where family_id = any($1::uuid[]) and sealed is not null`,
    [familyIds],
  );
  const after = { revokedAt: call.now, families: familyIds.length, tokens: revokedCount };
  await record(manager, call, { ...about, reason: reason ?? null, before: { revokedAt: null }, after });
  return { revokedCount };
}
