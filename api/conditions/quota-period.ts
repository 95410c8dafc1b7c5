import { Temporal } from "temporal-polyfill";

export type QuotaPeriod = "DAY" | "WEEK" | "MONTH" | "TOTAL";

/** A stretch of time in which uses are counted together. */
export interface Span {
  /** 0: from ever. */
  readonly startMs: number;
  /** Infinity: it never ends. */
  readonly endMs: number;
}

const EVER: Span = { startMs: 0, endMs: Number.POSITIVE_INFINITY };

/** The day, the week from Monday on, or the month that holds an instant, by the clock of the zone. */
export function quotaSpanAt(period: QuotaPeriod, timeZone: string, atMs: number): Span {
  if (period === "TOTAL") return EVER;
  const day = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const first = firstDayOf(period, day);
  const next = first.add(period === "DAY" ? { days: 1 } : period === "WEEK" ? { weeks: 1 } : { months: 1 });
  const startOf = (date: Temporal.PlainDate): number => date.toZonedDateTime(timeZone).epochMilliseconds;
  return { startMs: startOf(first), endMs: startOf(next) };
}

function firstDayOf(period: "DAY" | "WEEK" | "MONTH", day: Temporal.PlainDate): Temporal.PlainDate {
  if (period === "WEEK") return day.subtract({ days: day.dayOfWeek - 1 });
  return period === "MONTH" ? day.with({ day: 1 }) : day;
}
