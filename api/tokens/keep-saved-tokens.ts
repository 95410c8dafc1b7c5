import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { sealToken, unsealToken } from "./sealed-token.js";
import { Token } from "./token.entity.js";

const BATCH = 200;

/**
 * Erases the saved tokens that nobody may reveal any more, and seals the others anew when the key ring has grown, so that
 * an old version can be taken out of it.
 */
export async function keepSavedTokens(database: DataSource, keyRing: KeyRing, now: Date): Promise<void> {
  await database.query(
    `update tokens t set sealed = null, sealed_version = null
     from token_families f
     where f.id = t.family_id and t.sealed_version is not null
       and (t.revoked_at is not null or f.revoked_at is not null or t.replaced_at is not null or t.expires_at <= $1)`,
    [now],
  );
  while ((await resealSome(database, keyRing)) === BATCH);
}

/** How many were sealed anew. Rows that others are changing are left to the next run. */
function resealSome(database: DataSource, keyRing: KeyRing): Promise<number> {
  return database.transaction(async (manager) => {
    const tokens = await manager
      .createQueryBuilder(Token, "token")
      .where("token.sealedVersion < :version", { version: keyRing.currentVersion })
      .orderBy("token.sealedVersion")
      .addOrderBy("token.id")
      .limit(BATCH)
      .setLock("pessimistic_write")
      .setOnLocked("skip_locked")
      .getMany();
    for (const token of tokens) {
      const text = unsealToken(keyRing, token);
      if (text !== undefined) await manager.update(Token, { id: token.id }, sealToken(keyRing, token.id, text));
    }
    return tokens.length;
  });
}
