import { describe, it } from "node:test";
import { expect } from "expect";
import { Temporal } from "temporal-polyfill";
import {
  CompiledServiceTime,
  type ServiceTime,
  type ServiceWindow,
  Weekday,
} from "../../api/conditions/service-time.js";

const DAYS = Object.values(Weekday);
const HOUR_MS = 3_600_000;
const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const UNTIL_MS = Date.parse("2031-01-01T00:00:00Z");

/** With and without daylight saving; by half an hour; changed at midnight; twice a year for Ramadan; behind and ahead. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Beirut",
  "Africa/Casablanca",
  "America/St_Johns",
  "Pacific/Kiritimati",
  "Pacific/Chatham",
  "Asia/Kolkata",
];

/** Seeded, so that a failure comes again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The plain model: ask the calendar what the clock shows, and look whether a window has that time. */
function isOpen({ timeZone, windows }: ServiceTime, atMs: number): boolean {
  const shown = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const time = shown.toPlainTime().toString({ smallestUnit: "minute" });
  const today = DAYS[shown.dayOfWeek - 1] as Weekday;
  const yesterday = DAYS[(shown.dayOfWeek + 5) % 7] as Weekday;
  return windows.some(({ days, opens, closes }) =>
    opens < closes
      ? days.includes(today) && opens <= time && time < closes
      : (days.includes(today) && opens <= time) || (days.includes(yesterday) && time < closes),
  );
}

function randomWindows(random: (below: number) => number): ServiceWindow[] {
  const time = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return Array.from({ length: 1 + random(3) }, () => {
    const opens = random(1_440);
    const closes = (opens + 1 + random(1_439)) % 1_440;
    const days = DAYS.filter(() => random(2) === 0);
    return { days: days.length > 0 ? days : [Weekday.SUNDAY], opens: time(opens), closes: time(closes) };
  });
}

/** The instants at which a zone changes its clock. */
function changesOf(timeZone: string): number[] {
  const changes: number[] = [];
  let at: Temporal.ZonedDateTime | null | undefined =
    Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(timeZone);
  for (;;) {
    at = at.getTimeZoneTransition("next");
    if (!at || at.epochMilliseconds >= UNTIL_MS) return changes;
    changes.push(at.epochMilliseconds);
  }
}

describe("the service time", () => {
  for (const timeZone of ZONES) {
    const random = randomFrom(timeZone.length * 7_919);
    const changes = changesOf(timeZone);

    it(`is open in ${timeZone} whenever the clock there shows a time within a window`, () => {
      for (let round = 0; round < 20; round++) {
        const serviceTime = { timeZone, windows: randomWindows(random) };
        const compiled = new CompiledServiceTime(serviceTime);
        const anywhere = Array.from({ length: 40 }, () => FROM_MS + random(UNTIL_MS - FROM_MS));
        const nearChanges = changes.flatMap((at) => [at - 1, at, at - 3 * HOUR_MS + random(6 * HOUR_MS)]);
        for (const atMs of [...anywhere, ...nearChanges]) {
          const wanted = [new Date(atMs).toISOString(), serviceTime.windows, isOpen(serviceTime, atMs)];
          expect([new Date(atMs).toISOString(), serviceTime.windows, compiled.isOpenAt(atMs)]).toEqual(wanted);
        }
      }
    });

    it(`opens in ${timeZone} next at the first minute at which it is open, across changes of the clock`, () => {
      for (let round = 0; round < 12; round++) {
        const serviceTime = { timeZone, windows: randomWindows(random) };
        const compiled = new CompiledServiceTime(serviceTime);
        const change = changes[random(changes.length)];
        const near = change === undefined ? FROM_MS + random(UNTIL_MS - FROM_MS) : change - random(8 * HOUR_MS);
        const fromMs = Math.floor(near / 60_000) * 60_000;
        let firstOpenMs = fromMs;
        while (!isOpen(serviceTime, firstOpenMs)) firstOpenMs += 60_000;
        const opening = [serviceTime.windows, new Date(compiled.nextOpeningMs(fromMs)).toISOString()];
        expect(opening).toEqual([serviceTime.windows, new Date(firstOpenMs).toISOString()]);
      }
    });
  }

  it("opens an hour that the clock shows twice twice, and never one that it skips", () => {
    const windows = [{ days: [Weekday.SUNDAY], opens: "02:00", closes: "03:00" }];
    const berlin = new CompiledServiceTime({ timeZone: "Europe/Berlin", windows });
    const openMinutes = (day: string) =>
      Array.from({ length: 1_560 }, (_, minute) => Date.parse(day) + minute * 60_000).filter((at) =>
        berlin.isOpenAt(at),
      ).length;
    expect(openMinutes("2027-03-27T22:00:00Z")).toBe(0);
    expect(openMinutes("2027-10-30T22:00:00Z")).toBe(120);
    expect(new Date(berlin.nextOpeningMs(Date.parse("2027-03-28T00:30:00Z"))).toISOString()).toBe(
      "2027-04-04T00:00:00.000Z",
    );
  });

  it("never closes when every day is open from midnight to midnight", () => {
    const windows = [{ days: DAYS, opens: "00:00", closes: "24:00" }];
    for (const timeZone of ZONES) {
      const always = new CompiledServiceTime({ timeZone, windows });
      const near = changesOf(timeZone).flatMap((at) => [at - HOUR_MS, at - 1, at, at + HOUR_MS]);
      expect(near.every((at) => always.isOpenAt(at))).toBe(true);
    }
  });

  it("opens at the first instant of a day whose midnight is skipped", () => {
    const windows = [{ days: [Weekday.SUNDAY], opens: "00:00", closes: "06:00" }];
    const santiago = new CompiledServiceTime({ timeZone: "America/Santiago", windows });
    expect(santiago.isOpenAt(Date.parse("2027-09-05T03:59:59.999Z"))).toBe(false);
    expect(new Date(santiago.nextOpeningMs(Date.parse("2027-09-05T00:00:00Z"))).toISOString()).toBe(
      "2027-09-05T04:00:00.000Z",
    );
  });
});
