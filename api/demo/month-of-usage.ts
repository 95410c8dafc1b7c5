import type { DataSource } from "typeorm";
import type { Company, DemoKey } from "./found-company.js";
import type { Progress } from "./progress.js";

const HOUR_MS = 3_600_000;
const HOURS = 30 * 24;
const BATCH = 2_000;

/** How busy each hour of a day is, of the day's whole. */
const HOURS_OF_DAY = [1, 1, 1, 1, 2, 4, 8, 14, 20, 22, 21, 20, 18, 20, 21, 19, 16, 12, 9, 7, 5, 3, 2, 1];
const WHOLE_DAY = HOURS_OF_DAY.reduce((sum, each) => sum + each, 0);
const WEEKEND = 0.35;

const CODES = ["GROUP_DENIED", "RATE_LIMITED", "API_UNKNOWN", "EXPIRED"] as const;

interface Count {
  readonly minute: Date;
  readonly clientId: string;
  readonly apiKeyId: string;
  readonly apiId: string;
  readonly code: string;
  readonly calls: number;
}

/** Has a month counted as calls are, as if they had been made. Two demos have the same month. */
export async function noteMonth(
  database: DataSource,
  { keys }: Company,
  now: Date,
  progress: Progress,
): Promise<number> {
  const counts = keys.flatMap((key) => monthOf(key, now));
  progress.begin("A month of usage", counts.length);
  for (let from = 0; from < counts.length; from += BATCH) {
    const batch = counts.slice(from, from + BATCH);
    // In one transaction: a node, which has two seconds for what a second brings, must not find a month to add up.
    await database.transaction(async (manager) => {
      await manager.query("select note_usage($1, $2, $3, $4, $5, $6)", [
        batch.map(({ minute }) => minute),
        batch.map(({ clientId }) => clientId),
        batch.map(({ apiKeyId }) => apiKeyId),
        batch.map(({ apiId }) => apiId),
        batch.map(({ code }) => code),
        batch.map(({ calls }) => calls),
      ]);
      await manager.query("select roll_up_usage(1000)");
    });
    progress.advance(batch.length);
  }
  return counts.reduce((sum, { calls }) => sum + calls, 0);
}

function monthOf({ apiKey, client, about, apis }: DemoKey, now: Date): Count[] {
  const random = seeded(about.clientId);
  const counts: Count[] = [];
  // The hour that runs is left to calls that are made.
  const end = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  for (let hour = HOURS; hour > 0; hour--) {
    const at = end - hour * HOUR_MS;
    const calls = about.callsADay * busyness(at, about.utcOffset) * (0.8 + 0.4 * random());
    const minute = new Date(at + Math.floor(60 * random()) * 60_000);
    const of = { minute, clientId: client.id, apiKeyId: apiKey.id };
    apis.forEach((api, place) => {
      // The first are called most.
      const share = (apis.length - place) / ((apis.length * (apis.length + 1)) / 2);
      const allowed = Math.round(calls * share * (1 - about.refused));
      if (allowed > 0) counts.push({ ...of, apiId: api.id, code: "VALID", calls: allowed });
    });
    const refused = Math.round(calls * about.refused * 2 * random());
    const code = CODES[Math.floor(CODES.length * random() ** 2)] ?? "GROUP_DENIED";
    const apiId = apis[0]?.id;
    if (refused > 0 && apiId !== undefined) counts.push({ ...of, apiId, code, calls: refused });
  }
  return counts;
}

/** Of a day's calls. */
function busyness(at: number, utcOffset: number): number {
  const local = new Date(at + utcOffset * HOUR_MS);
  const isWeekend = [0, 6].includes(local.getUTCDay());
  return ((HOURS_OF_DAY[local.getUTCHours()] ?? 0) / WHOLE_DAY) * (isWeekend ? WEEKEND : 1);
}

/** Numbers that look random and are the same for the same name. */
function seeded(name: string): () => number {
  let state = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What was counted in the quotas' own periods is used up of them. */
export async function useUpQuotas(database: DataSource): Promise<void> {
  await database.query(`
    update quota_counters c set used = c.used + counted.calls
    from (
      select q.subject_id, sum(u.calls) as calls
      from quota_counters q join usage_minutes u
        on q.subject_id in (u.client_id, u.api_key_id) and u.minute >= q.period_starts_at and u.code = 'VALID'
      group by q.subject_id
    ) counted
    where counted.subject_id = c.subject_id`);
}
