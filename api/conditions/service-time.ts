import { type ZoneStretch, zoneStretchAt } from "./zone-stretch.js";

export enum Weekday {
  MONDAY = "MONDAY",
  TUESDAY = "TUESDAY",
  WEDNESDAY = "WEDNESDAY",
  THURSDAY = "THURSDAY",
  FRIDAY = "FRIDAY",
  SATURDAY = "SATURDAY",
  SUNDAY = "SUNDAY",
}

/** `HH:MM` by the zone's clock. One that closes no later than it opens lasts into the next day. */
export interface ServiceWindow {
  readonly days: readonly Weekday[];
  readonly opens: string;
  readonly closes: string;
}

/** When a client's credentials may be used: whenever a clock on the wall of its zone shows a time in a window. */
export interface ServiceTime {
  readonly timeZone: string;
  readonly windows: readonly ServiceWindow[];
}

/** A part of the week, in milliseconds since Monday 00:00 by the clock; within one week. */
export interface WeekSpan {
  readonly startMs: number;
  readonly endMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;
/** The clock began on a Thursday: 1970-01-05 was the first Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

const DAYS = Object.values(Weekday);

/** The parts of the week in which a window is open. One that reaches over Sunday midnight is two. */
export function spansOf({ days, opens, closes }: ServiceWindow): WeekSpan[] {
  const lasts = msOfDay(closes) - msOfDay(opens);
  return days.flatMap((day) => {
    const startMs = DAYS.indexOf(day) * DAY_MS + msOfDay(opens);
    const endMs = startMs + (lasts > 0 ? lasts : lasts + DAY_MS);
    if (endMs <= WEEK_MS) return [{ startMs, endMs }];
    return [
      { startMs, endMs: WEEK_MS },
      { startMs: 0, endMs: endMs - WEEK_MS },
    ];
  });
}

/** A service time made ready to be asked on every call. */
export class CompiledServiceTime {
  private readonly timeZone: string;
  /** In order. */
  private readonly spans: readonly WeekSpan[];

  constructor({ timeZone, windows }: ServiceTime) {
    this.timeZone = timeZone;
    this.spans = windows.flatMap(spansOf).sort((a, b) => a.startMs - b.startMs);
  }

  isOpenAt(atMs: number): boolean {
    return this.isOpenInWeek(msOfWeek(atMs, zoneStretchAt(this.timeZone, atMs)));
  }

  /** The first instant, from this one on, at which it is open. */
  nextOpeningMs(fromMs: number): number {
    for (let atMs = fromMs; ; ) {
      const stretch = zoneStretchAt(this.timeZone, atMs);
      const inWeekMs = msOfWeek(atMs, stretch);
      if (this.isOpenInWeek(inWeekMs)) return atMs;
      const opensMs = atMs + this.untilNextStartMs(inWeekMs);
      if (opensMs < stretch.untilMs) return opensMs;
      // The clock is changed before then: what it shows from there on decides.
      atMs = stretch.untilMs;
    }
  }

  private isOpenInWeek(inWeekMs: number): boolean {
    for (const { startMs, endMs } of this.spans) {
      if (inWeekMs < startMs) return false;
      if (inWeekMs < endMs) return true;
    }
    return false;
  }

  private untilNextStartMs(inWeekMs: number): number {
    const next = this.spans.find(({ startMs }) => startMs > inWeekMs);
    return (next ? next.startMs : (this.spans[0]?.startMs ?? 0) + WEEK_MS) - inWeekMs;
  }
}

function msOfWeek(atMs: number, { offsetMs }: ZoneStretch): number {
  return (((atMs + offsetMs - FIRST_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS;
}

function msOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
}
