import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import { sealSecret, unsealSecret } from "./sealed-secret.js";

const BATCH = 200;

/**
 * Erases the sealed secrets that nobody may reveal any more, and seals the others anew when the key ring has grown, so
 * that an old version can be taken out of it.
 */
export async function keepVault(database: DataSource, keyRing: KeyRing, now: Date): Promise<void> {
  await eraseEnded(database, now);
  while ((await resealSome(database, keyRing)) === BATCH);
}

async function eraseEnded(database: DataSource, now: Date): Promise<void> {
  await database.query(
    `update api_key_secrets s set sealed = null, sealed_version = null
     from api_keys k
     where k.id = s.api_key_id and s.sealed is not null
       and (k.revoked_at is not null or k.expires_at <= $1
            or s.place = 'PREVIOUS' and (k.rotation_ends_at is null or k.rotation_ends_at <= $1))`,
    [now],
  );
}

/** How many were sealed anew. Rows that others are changing are left to the next run. */
function resealSome(database: DataSource, keyRing: KeyRing): Promise<number> {
  return database.transaction(async (manager) => {
    const secrets = await manager
      .createQueryBuilder(ApiKeySecret, "secret")
      .where("secret.sealed is not null and secret.sealedVersion < :version", { version: keyRing.currentVersion })
      .orderBy("secret.id")
      .limit(BATCH)
      .setLock("pessimistic_write")
      .setOnLocked("skip_locked")
      .getMany();
    for (const secret of secrets) {
      const text = unsealSecret(keyRing, secret);
      if (text !== undefined) {
        await manager.update(ApiKeySecret, { id: secret.id }, sealSecret(keyRing, secret.id, text));
      }
    }
    return secrets.length;
  });
}
