import type { DataSource, EntityManager, SelectQueryBuilder } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import { record } from "../audit/record.js";
import { newId } from "../database/new-id.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { byOwner } from "../keys/by-owner.js";
import type { KeyMails } from "../keys/key-mails.js";

export interface UnusedKeyPolicy {
  /** After so many days without use an owner is warned; undefined: never. */
  readonly warnDays: number | undefined;
  /** After so many a key is switched off; undefined: never. */
  readonly disableDays: number | undefined;
}

/** Between the warning and the switching off, at least. */
export const WARNING_DAYS = 7;

const BATCH = 500;
const DAY_MS = 86_400_000;

/** A use, the effective date, or being switched on by somebody. */
const LAST_LIFE = "greatest(key.lastAccessedAt, key.effectiveAt, key.enabledAt)";

/** Warns owners of keys that nobody uses, once for each time of silence, and then switches the keys off by policy (4.9). */
export async function tendUnusedKeys(
  database: DataSource,
  mails: KeyMails,
  { warnDays, disableDays }: UnusedKeyPolicy,
  now: Date,
): Promise<void> {
  if (disableDays !== undefined) while ((await disableSome(database, mails, disableDays, now)) === BATCH);
  if (warnDays !== undefined) while ((await warnSome(database, mails, warnDays, now)) === BATCH);
}

function warnSome(database: DataSource, mails: KeyMails, days: number, now: Date): Promise<number> {
  return database.transaction(async (manager) => {
    const keys = await claim(
      unusedKeys(manager, days, now).andWhere(`(key.unusedWarnedAt is null or key.unusedWarnedAt < ${LAST_LIFE})`),
    );
    for (const own of byOwner(keys)) await mails.tell(manager, { now }, "keyUnused", own);
    if (keys.length > 0) {
      await manager.query(`update api_keys set unused_warned_at = $2 where id = any($1::uuid[])`, [idsOf(keys), now]);
    }
    return keys.length;
  });
}

function disableSome(database: DataSource, mails: KeyMails, days: number, now: Date): Promise<number> {
  return database.transaction(async (manager) => {
    const warnedBefore = new Date(now.getTime() - WARNING_DAYS * DAY_MS);
    const keys = await claim(
      unusedKeys(manager, days, now).andWhere(
        `key.unusedWarnedAt <= :warnedBefore and key.unusedWarnedAt >= ${LAST_LIFE}`,
        { warnedBefore },
      ),
    );
    if (keys.length === 0) return 0;

    await manager.query(`update api_keys set disabled_at = $2, updated_at = $2 where id = any($1::uuid[])`, [
      idsOf(keys),
      now,
    ]);
    const call = { actor: SYSTEM_ACTOR, requestId: newId(now), transactionRef: null, address: null, now };
    const reason = `Unused for ${days} days`;
    const change = { before: { disabledAt: null }, after: { disabledAt: now } };
    for (const { id } of keys) {
      await record(manager, call, { event: "apiKey.disabled", targetKind: "ApiKey", targetId: id, reason, ...change });
    }
    for (const own of byOwner(keys)) await mails.tell(manager, { now }, "keyDisabled", own);
    return keys.length;
  });
}

function unusedKeys(manager: EntityManager, days: number, now: Date): SelectQueryBuilder<ApiKey> {
  return manager
    .createQueryBuilder(ApiKey, "key")
    .where(
      "key.revokedAt is null and key.disabledAt is null and not key.draft and (key.expiresAt is null or key.expiresAt > :now)",
      {
        now,
      },
    )
    .andWhere(`${LAST_LIFE} < :silentSince`, { silentSince: new Date(now.getTime() - days * DAY_MS) });
}

function claim(query: SelectQueryBuilder<ApiKey>): Promise<ApiKey[]> {
  return query
    .orderBy("key.clientId")
    .addOrderBy("key.userId")
    .addOrderBy("key.id")
    .limit(BATCH)
    .setLock("pessimistic_write")
    .setOnLocked("skip_locked")
    .getMany();
}

function idsOf(keys: readonly ApiKey[]): string[] {
  return keys.map(({ id }) => id);
}
