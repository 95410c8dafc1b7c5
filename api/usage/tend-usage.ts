import type { DataSource } from "typeorm";

/** What is still being noted of a minute is folded with it, rather than added later. */
const SETTLED_MS = 10_000;
const BATCH = 10_000;
const DAY_MS = 86_400_000;

/** For how many days counts are kept. */
export interface UsageLife {
  readonly minutesDays: number;
  readonly hoursDays: number;
  readonly daysDays: number;
}

/** Makes the minutes that are over part of their hours and days, each once, whatever becomes of this node meanwhile. */
export async function foldUsage(database: DataSource, now: Date): Promise<void> {
  const until = new Date(now.getTime() - SETTLED_MS);
  for (let done = false; !done; ) {
    const [row]: { done: boolean }[] = await database.query(
      "select fold_usage(date_trunc('minute', $1::timestamptz)) as done",
      [until],
    );
    done = row?.done ?? true;
  }
}

/** Deletes counts that are older than they are kept, in small steps. Minutes stay until they are in their hours and days. */
export async function dropOldUsage(database: DataSource, life: UsageLife, now: Date): Promise<void> {
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  await deleteRows(
    database,
    "usage_minutes where minute < least($1, (select folded_until from usage_folding))",
    before(life.minutesDays),
  );
  await deleteRows(database, "usage_hours where hour < $1", before(life.hoursDays));
  await deleteRows(database, "usage_days where day < $1", before(life.daysDays));
}

async function deleteRows(database: DataSource, rows: string, before: Date): Promise<void> {
  const [table = ""] = rows.split(" ");
  for (let count = BATCH; count === BATCH; ) {
    const [, deleted]: [unknown, number] = await database.query(
      `delete from ${table} where ctid = any(array(select ctid from ${rows} limit ${BATCH}))`,
      [before],
    );
    count = deleted;
  }
}
