import type { DataSource } from "typeorm";
import { PEAK_DAYS } from "./find-bursts.js";
import { before, DAY_MS } from "./finding.js";

/** A network that nobody called from for so long is new again. */
const NETWORK_DAYS = 180;
const BATCH = 10_000;

/** Forgets what no longer counts of subjects' habits, and the habits of what is gone, in small steps. */
export async function forgetHabits(database: DataSource, now: Date): Promise<void> {
  const networksBefore = before(now, NETWORK_DAYS * DAY_MS);
  await deleteRows(database, "subject_networks", "last_seen_at < $1", [networksBefore]);
  await deleteRows(database, "subject_peaks", "day < $1", [before(now, (PEAK_DAYS + 1) * DAY_MS)]);
  await deleteRows(
    database,
    "watched_subjects w",
    `not exists (select from api_keys k where k.id = w.subject_id)
     and not exists (select from clients c where c.id = w.subject_id)`,
  );
  await deleteRows(
    database,
    "subject_networks n",
    "not exists (select from watched_subjects w where w.subject_id = n.subject_id) and last_seen_at < now() - interval '1 day'",
  );
}

async function deleteRows(database: DataSource, table: string, over: string, values: unknown[] = []): Promise<void> {
  const [name = ""] = table.split(" ");
  for (let count = BATCH; count === BATCH; ) {
    const [, deleted]: [unknown, number] = await database.query(
      `delete from ${name} where ctid = any(array(select ${table.split(" ")[1] ?? name}.ctid from ${table} where ${over} limit ${BATCH}))`,
      values,
    );
    count = deleted;
  }
}
