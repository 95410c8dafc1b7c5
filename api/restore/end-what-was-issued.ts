import type { EntityManager } from "typeorm";

export interface Ended {
  readonly sessions: number;
  readonly grants: number;
  readonly codes: number;
  readonly resetLinks: number;
}

/**
 * Sessions, tokens, codes and links end, whatever the audit tells: they are renewed by signing in, and whoever was signed
 * out, or gave a token back, after the backup stays so.
 */
export async function endWhatWasIssued(manager: EntityManager, by: string, now: Date): Promise<Ended> {
  const count = async (statement: string, ...values: unknown[]): Promise<number> => {
    const [, affected]: [unknown[], number] = await manager.query(statement, [now, ...values]);
    return affected;
  };
  const sessions = await count("update sessions set ended_at = $1 where ended_at is null and expires_at > $1");
  const grants = await count(
    `update token_families f set revoked_at = greatest($1, created_at), revoked_by = $2, revocation_reason = $3
     where revoked_at is null and exists (select 1 from tokens t where t.family_id = f.id and t.expires_at > $1)`,
    by,
    "The database was restored from a backup",
  );
  await manager.query(
    `update tokens t set sealed = null, sealed_version = null from token_families f
     where f.id = t.family_id and f.revoked_at is not null and t.sealed is not null`,
  );
  const codes = await count("delete from authorization_codes where used_at is null and expires_at > $1");
  const resetLinks = await count("update password_resets set used_at = $1 where used_at is null and expires_at > $1");
  return { sessions, grants, codes, resetLinks };
}
