import type { DataSource } from "typeorm";
import type { QuotaPeriod } from "../clients/quota.types.js";
import { quotaSpanAt } from "../conditions/quota-period.js";
import { usageRows } from "./usage-rows.js";
import { inWholeSteps, UsageStep } from "./usage-step.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What lies further ahead is no forecast. */
const FORECAST_MS_MAX = 3_650 * DAY_MS;

/** Whose calls are counted: a client, or one of its keys. */
export interface QuotaSubject {
  readonly id: string;
  readonly kind: "client_id" | "api_key_id";
  readonly quotaLimit: number;
  readonly quotaPeriod: QuotaPeriod;
  readonly timeZone: string;
  readonly createdAt: Date;
}

export interface QuotaUse {
  readonly limit: number;
  readonly period: QuotaPeriod;
  readonly used: number;
  readonly remaining: number;
  /** Null: never. */
  readonly resetsAt: Date | null;
  /** Null: not before it is full again. */
  readonly exhaustedAt: Date | null;
}

/** How much of their quotas is used, and when they will be used up. Two statements for any number of one kind. */
export async function readQuotaUse(
  database: DataSource,
  subjects: readonly QuotaSubject[],
  now: Date,
): Promise<QuotaUse[]> {
  const [first] = subjects;
  if (!first) return [];
  const ids = subjects.map(({ id }) => id);
  const counters: { id: string; starts: Date; used: string }[] = await database.query(
    "select subject_id as id, period_starts_at as starts, used from quota_counters where subject_id = any($1::uuid[])",
    [ids],
  );
  const calls = await callsOfLastDay(database, first.kind, ids, now);
  const counterOf = new Map(counters.map((counter) => [counter.id, counter]));
  return subjects.map((subject) => {
    const { startMs, endMs } = quotaSpanAt(subject.quotaPeriod, subject.timeZone, now.getTime());
    const counter = counterOf.get(subject.id);
    // A node whose clock is ahead has begun the next period already.
    const used = counter && counter.starts.getTime() >= startMs ? Number(counter.used) : 0;
    const limit = subject.quotaLimit;
    const bornMs = subject.createdAt.getTime();
    const pace = paceOf(
      { used, sinceMs: Math.max(startMs, bornMs), bornMs, callsOfDay: calls.get(subject.id) ?? 0 },
      now,
    );
    return {
      limit,
      period: subject.quotaPeriod,
      used,
      remaining: Math.max(0, limit - used),
      resetsAt: Number.isFinite(endMs) ? new Date(endMs) : null,
      exhaustedAt: exhaustedAt(limit - used, pace, endMs, now),
    };
  });
}

async function callsOfLastDay(database: DataSource, kind: QuotaSubject["kind"], ids: readonly string[], now: Date) {
  const range = inWholeSteps(UsageStep.HOUR, new Date(now.getTime() - DAY_MS + HOUR_MS), now);
  const { text, values } = usageRows({ ...range, conditions: [[`${kind} = any($::uuid[])`, ids], ["code = 'VALID'"]] });
  const rows: { id: string; calls: string }[] = await database.query(
    `select ${kind} as id, sum(calls) as calls from (${text}) u group by ${kind}`,
    values,
  );
  return new Map(rows.map(({ id, calls }) => [id, Number(calls)]));
}

interface Past {
  readonly used: number;
  /** When the period began, or the subject's life in it. */
  readonly sinceMs: number;
  readonly bornMs: number;
  readonly callsOfDay: number;
}

/**
 * What is used in a millisecond: the more of what the period tells, in which costs count, and of the last day, which sees
 * earlier that more is called than before. An hour at least is looked at: a few calls at once are no pace.
 */
function paceOf({ used, sinceMs, bornMs, callsOfDay }: Past, now: Date): number {
  const since = (ms: number): number => Math.max(HOUR_MS, now.getTime() - ms);
  return Math.max(used / since(sinceMs), callsOfDay / Math.min(DAY_MS, since(bornMs)));
}

function exhaustedAt(remaining: number, pace: number, endMs: number, now: Date): Date | null {
  if (remaining <= 0) return now;
  const leftMs = remaining / pace;
  if (!(leftMs < FORECAST_MS_MAX) || now.getTime() + leftMs >= endMs) return null;
  return new Date(now.getTime() + leftMs);
}
