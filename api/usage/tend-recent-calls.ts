import type { DataSource } from "typeorm";

const DAY_MS = 86_400_000;
/** So that the day after next is there before it begins, whatever becomes of this job meanwhile. */
const DAYS_AHEAD = 2;
/** Rather than have calls wait behind somebody who reads for long: it is tried again. */
const LOCK_MS_MAX = 1_000;

/** Makes the partitions of the days to come, and drops those of days that are over for longer than calls are kept. */
export async function tendRecentCalls(database: DataSource, keptDays: number, now: Date): Promise<void> {
  const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  for (let ahead = 0; keptDays > 0 && ahead <= DAYS_AHEAD; ahead++) {
    await database.query("select make_recent_calls_of($1)", [dayAt(now.getTime() + ahead * DAY_MS)]);
  }
  const oldest = `recent_calls_${dayAt(now.getTime() - keptDays * DAY_MS).replaceAll("-", "")}`;
  const over: { name: string }[] = await database.query(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'recent_calls'::regclass and c.relname < $1 order by 1`,
    [oldest],
  );
  for (const { name } of over) {
    await database.transaction(async (manager) => {
      await manager.query(`set local lock_timeout = ${LOCK_MS_MAX}`);
      await manager.query(`drop table ${name}`);
    });
  }
}
