import { AnomalyKind } from "./anomaly.entity.js";
import {
  before,
  DAY_MS,
  type Finding,
  IS_KNOWN,
  type Look,
  learned,
  MINUTE_MS,
  SUBJECT,
  type SubjectRow,
  subjectOf,
  untold,
} from "./finding.js";

/** How long a subject's peaks count. */
export const PEAK_DAYS = 7;

interface Row extends SubjectRow {
  readonly calls: string;
  readonly usual: string;
}

/**
 * A window becomes history when it no longer touches the one that is looked at: a burst that grows from minute to minute
 * would otherwise be measured by itself. A peak is written only when it is higher than that of its day, which is looked up: a
 * join to a table whose statistics are old could take as many steps as there are pairs.
 */
const NOTE_PEAKS = `
  with counted as (
    select ${SUBJECT} as subject_id, sum(calls) as calls from usage_minutes
    where minute >= $1 and minute < $2 and ${IS_KNOWN} group by 1
  )
  insert into subject_peaks as p (subject_id, minutes, day, calls)
  select subject_id, $3, ($2::timestamptz at time zone 'UTC')::date, calls from counted c
  where calls > coalesce((
    select k.calls from subject_peaks k where k.subject_id = c.subject_id and k.minutes = $3
      and k.day = ($2::timestamptz at time zone 'UTC')::date), 0)
  on conflict (subject_id, minutes, day) do update set calls = greatest(p.calls, excluded.calls)`;

const FIND = `
  with counted as (
    select client_id, api_key_id, ${SUBJECT} as subject_id, sum(calls) as calls from usage_minutes
    where minute >= $1 and minute < $2 and ${IS_KNOWN} group by 1, 2 having sum(calls) >= $3
  )
  select c.client_id, c.api_key_id, c.calls, h.usual
  from counted c cross join lateral (
    select coalesce(max(p.calls), 0) as usual from subject_peaks p
    where p.subject_id = c.subject_id and p.minutes = $4 and p.day >= ($2::timestamptz at time zone 'UTC')::date - ${PEAK_DAYS}
  ) h
  where c.calls >= h.usual * $5
    and ${learned("c.subject_id", "$2", "$6")}
    and ${untold(AnomalyKind.BURST, "c.subject_id", "$7")}`;

/** Calls in the last minutes against the subject's own history of as many minutes. */
export async function findBursts({ manager, rules, at }: Look): Promise<Finding[]> {
  if (!rules.burst) return [];
  const { factor, calls: callsMin, minutes } = rules.burst;
  const windowStartsAt = before(at, minutes * MINUTE_MS);
  await manager.query(NOTE_PEAKS, [before(windowStartsAt, minutes * MINUTE_MS), windowStartsAt, minutes]);
  const rows: Row[] = await manager.query(FIND, [
    windowStartsAt,
    at,
    callsMin,
    minutes,
    factor,
    before(at, rules.learningDays * DAY_MS),
    before(at, rules.quietMinutes * MINUTE_MS),
  ]);
  return rows.map(({ calls, usual, ...row }) => ({
    ...subjectOf(row),
    kind: AnomalyKind.BURST,
    windowStartsAt,
    windowEndsAt: at,
    seen: Number(calls),
    expected: Number(usual),
    calls: Number(calls),
    addresses: [],
    lastUsedAt: null,
  }));
}
