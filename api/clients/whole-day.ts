import { Temporal } from "temporal-polyfill";

/** A moment as a caller may give it: an instant, or a calendar day, which means the whole day in its owner's zone. */
export type DayOrInstant = { readonly instant: Date } | { readonly day: string };

/** When the moment begins: the day's first instant. */
export function beginningOf(moment: DayOrInstant, timeZone: string): Date {
  return "instant" in moment ? moment.instant : firstInstant(Temporal.PlainDate.from(moment.day), timeZone);
}

/** Instants are written with four digits of a year everywhere. */
const LAST_INSTANT = new Date("9999-12-31T23:59:59.999Z");

/** When the moment is over: the first instant of the day after, however many hours the day has. */
export function endOf(moment: DayOrInstant, timeZone: string): Date {
  if ("instant" in moment) return moment.instant;
  const end = firstInstant(Temporal.PlainDate.from(moment.day).add({ days: 1 }), timeZone);
  return end < LAST_INSTANT ? end : LAST_INSTANT;
}

/** When the day that lies so many days after an instant is over. */
export function endAfterDays(instant: Date, days: number, timeZone: string): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return endOf({ day: from.add({ days }).toString() }, timeZone);
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

function firstInstant(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}
