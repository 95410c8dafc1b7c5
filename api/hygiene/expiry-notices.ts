import type { DataSource, EntityManager } from "typeorm";
import { ApiKey } from "../keys/api-key.entity.js";
import { byOwner } from "../keys/by-owner.js";
import type { KeyMails } from "../keys/key-mails.js";

/** So many days before its expiry a key's owner is told (4.9). */
export const NOTICE_DAYS = [30, 14, 7, 1] as const;

const BATCH = 500;
const DAY_MS = 86_400_000;

/**
 * Sends the notices that are due. A key that has passed several stages since the last run gets the nearest one only, and
 * one that was made within a stage none for it: its owner has just chosen the date.
 */
export async function sendExpiryNotices(database: DataSource, mails: KeyMails, now: Date): Promise<void> {
  for (const days of [...NOTICE_DAYS].sort((a, b) => a - b)) {
    while ((await noticeSome(database, mails, days, now)) === BATCH);
  }
}

/** How many keys were noticed. The mails and the note that they are written stand or fall together. */
function noticeSome(database: DataSource, mails: KeyMails, days: number, now: Date): Promise<number> {
  return database.transaction(async (manager) => {
    const keys = await dueKeys(manager, days, now);
    for (const own of byOwner(keys)) await mails.tell(manager, { now }, "keyExpires", own);
    if (keys.length > 0) {
      await manager.query(
        `update api_keys set noticed_days = $2, noticed_expires_at = expires_at where id = any($1::uuid[])`,
        [keys.map(({ id }) => id), days],
      );
    }
    return keys.length;
  });
}

function dueKeys(manager: EntityManager, days: number, now: Date): Promise<ApiKey[]> {
  const before = new Date(now.getTime() + days * DAY_MS);
  return manager
    .createQueryBuilder(ApiKey, "key")
    .where(
      "key.revokedAt is null and key.disabledAt is null and not key.draft and key.expiresAt > :now and key.expiresAt <= :before",
      {
        now,
        before,
      },
    )
    .andWhere("key.createdAt <= key.expiresAt - make_interval(days => :days)", { days })
    .andWhere(
      "(key.noticedDays is null or key.noticedExpiresAt is distinct from key.expiresAt or key.noticedDays > :days)",
    )
    .orderBy("key.clientId")
    .addOrderBy("key.userId")
    .addOrderBy("key.id")
    .limit(BATCH)
    .setLock("pessimistic_write")
    .setOnLocked("skip_locked")
    .getMany();
}
