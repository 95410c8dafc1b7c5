import { AnomalyKind } from "./anomaly.entity.js";
import { before, DAY_MS, type Finding, type Look, MINUTE_MS, NOBODY, subjectOf, untold } from "./finding.js";

/** A count may be written after its minute was looked at: so many are looked at again. */
const MINUTES = 3;

interface Row {
  readonly client_id: string;
  readonly api_key_id: string;
  readonly called_at: Date;
  readonly last_used_at: Date | null;
  readonly silent_since: Date;
}

/**
 * Keys that are called again. The call before is the newest in the finest counts that still have one: three looks into an
 * index at most, and one for a key that was called this week.
 */
const FIND = `
  with counted as (
    select client_id, api_key_id, min(minute) as called_at from usage_minutes
    where minute >= $1 and minute < $2 and api_key_id <> '${NOBODY}' and calls > 0 group by 1, 2
  )
  select c.*, l.last_used_at, coalesce(l.last_used_at, greatest(k.created_at, k.effective_at)) as silent_since
  from counted c
  join api_keys k on k.id = c.api_key_id
  cross join lateral (select coalesce(
    (select u.minute from usage_minutes u where u.api_key_id = c.api_key_id and u.minute < c.called_at
     order by u.minute desc limit 1),
    (select u.hour from usage_hours u where u.api_key_id = c.api_key_id and u.hour < date_trunc('hour', c.called_at, 'UTC')
     order by u.hour desc limit 1),
    (select u.day from usage_days u where u.api_key_id = c.api_key_id and u.day < date_trunc('day', c.called_at, 'UTC')
     order by u.day desc limit 1)
  ) as last_used_at) l
  where coalesce(l.last_used_at, greatest(k.created_at, k.effective_at)) <= c.called_at - make_interval(days => $3)
    and ${untold(AnomalyKind.USE_AFTER_SILENCE, "c.api_key_id", "$4")}`;

/** A key is used again after a long time. */
export async function findBrokenSilence({ manager, rules, at }: Look): Promise<Finding[]> {
  const { silenceDays } = rules;
  if (silenceDays === undefined) return [];
  const windowStartsAt = before(at, MINUTES * MINUTE_MS);
  const quietSince = before(at, rules.quietMinutes * MINUTE_MS);
  const rows: Row[] = await manager.query(FIND, [windowStartsAt, at, silenceDays, quietSince]);
  return rows.map(({ called_at: calledAt, last_used_at: lastUsedAt, silent_since: silentSince, ...row }) => ({
    ...subjectOf(row),
    kind: AnomalyKind.USE_AFTER_SILENCE,
    windowStartsAt,
    windowEndsAt: at,
    seen: Math.floor((calledAt.getTime() - silentSince.getTime()) / DAY_MS),
    expected: silenceDays,
    calls: null,
    addresses: [],
    lastUsedAt,
  }));
}
