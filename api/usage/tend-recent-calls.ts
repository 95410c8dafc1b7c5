import type { DataSource } from "typeorm";

const DAY_MS = 86_400_000;
/** So that the day after next is there before it begins, whatever becomes of this job meanwhile. */
const DAYS_AHEAD = 2;

/** Makes the partitions of the days to come, and drops those of days that are over for longer than calls are kept. */
export async function tendRecentCalls(database: DataSource, keptDays: number, now: Date): Promise<void> {
  const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  for (let ahead = 0; keptDays > 0 && ahead <= DAYS_AHEAD; ahead++) {
    await database.query("select make_recent_calls_of($1)", [dayAt(now.getTime() + ahead * DAY_MS)]);
  }
  const days: { day: string }[] = await database.query(
    `select to_char(part.day, 'YYYY-MM-DD') as day
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     cross join lateral to_date(right(c.relname, 8), 'YYYYMMDD') as part(day)
     where i.inhparent = 'recent_calls'::regclass and part.day < $1::date order by 1`,
    [dayAt(now.getTime() - keptDays * DAY_MS)],
  );
  for (const { day } of days) await database.query("select drop_recent_calls_of($1)", [day]);
}
