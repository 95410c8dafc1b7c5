import { AnomalyKind } from "./anomaly.entity.js";
import {
  before,
  type Finding,
  IS_KNOWN,
  type Look,
  MINUTE_MS,
  SUBJECT,
  type SubjectRow,
  subjectOf,
  untold,
} from "./finding.js";

interface Row extends SubjectRow {
  readonly calls: string;
  readonly refused: string;
}

/** UNDECIDED is our own trouble, and says nothing about the caller. */
const FIND = `
  with counted as (
    select client_id, api_key_id, ${SUBJECT} as subject_id, sum(calls) as calls,
           sum(calls) filter (where code <> 'VALID') as refused
    from usage_minutes
    where minute >= $1 and minute < $2 and code <> 'UNDECIDED' and ${IS_KNOWN} group by 1, 2
  )
  select client_id, api_key_id, calls, refused from counted c
  where refused >= $3 and refused * 100 >= calls * $4 and ${untold(AnomalyKind.REFUSALS, "c.subject_id", "$5")}`;

/** Many calls of the last minutes, and a large share of them, were refused. */
export async function findRefusals({ manager, rules, at }: Look): Promise<Finding[]> {
  if (!rules.refusals) return [];
  const { percent, calls: refusedMin, minutes } = rules.refusals;
  const windowStartsAt = before(at, minutes * MINUTE_MS);
  const quietSince = before(at, rules.quietMinutes * MINUTE_MS);
  const rows: Row[] = await manager.query(FIND, [windowStartsAt, at, refusedMin, percent, quietSince]);
  return rows.map(({ calls, refused, ...row }) => ({
    ...subjectOf(row),
    kind: AnomalyKind.REFUSALS,
    windowStartsAt,
    windowEndsAt: at,
    seen: Number(refused),
    expected: Math.max(refusedMin, Math.ceil((Number(calls) * percent) / 100)),
    calls: Number(calls),
    addresses: [],
    lastUsedAt: null,
  }));
}
