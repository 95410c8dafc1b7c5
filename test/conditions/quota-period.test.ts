import { describe, it } from "node:test";
import { expect } from "expect";
import { type QuotaPeriod, quotaSpanAt } from "../../api/conditions/quota-period.js";
import { randomOf } from "../support/random.js";

const HOUR_MS = 3_600_000;
const FROM_MS = Date.parse("2012-01-01T00:00:00Z");
const UNTIL_MS = Date.parse("2040-01-01T00:00:00Z");
const PERIODS = ["DAY", "WEEK", "MONTH"] as const;

/** With and without daylight saving; by half an hour; changed at midnight, forwards and back; behind and ahead. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "America/Asuncion",
  "America/Havana",
  "America/Santiago",
  "America/Nuuk",
  "America/St_Johns",
  "Atlantic/Azores",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Amman",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
];

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The date that a clock on the wall shows, as the midnight of that date in UTC. Asked of Intl, which knows no Temporal. */
function shownDate(timeZone: string, atMs: number): Date {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "numeric", day: "numeric" });
    clocks.set(timeZone, clock);
  }
  const parts = new Map(clock.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(parts.get("year") ?? 0, (parts.get("month") ?? 0) - 1, parts.get("day")));
}

/** The first date of the period that holds what the clock shows. */
function firstDate(period: (typeof PERIODS)[number], timeZone: string, atMs: number): string {
  const date = shownDate(timeZone, atMs);
  if (period === "MONTH") date.setUTCDate(1);
  if (period === "WEEK") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

const texts = (period: QuotaPeriod, timeZone: string, at: string) => {
  const { startMs, endMs } = quotaSpanAt(period, timeZone, Date.parse(at));
  return [startMs, endMs].map((ms) => new Date(ms).toISOString().slice(0, 16));
};

describe("the period of a quota", () => {
  it("is what the clock of the zone shows, from its first instant to its last, anywhere and at any time", () => {
    const random = randomOf();
    for (let round = 0; round < 2_000; round++) {
      const [timeZone, period] = [random.pick(ZONES), random.pick(PERIODS)];
      const atMs = FROM_MS + random.below(UNTIL_MS - FROM_MS);
      const { startMs, endMs } = quotaSpanAt(period, timeZone, atMs);
      const about = { seed: random.seed, timeZone, period, at: new Date(atMs).toISOString() };
      const first = firstDate(period, timeZone, atMs);
      const shows = (ms: number) => firstDate(period, timeZone, ms) === first;
      expect({ ...about, within: startMs <= atMs && atMs < endMs }).toEqual({ ...about, within: true });
      const edges = [startMs - 1, startMs, endMs - 1, endMs].map(shows);
      expect({ ...about, edges }).toEqual({ ...about, edges: [false, true, true, false] });
    }
  });

  it("follows on the one before without a gap, over every change of the clock", () => {
    for (const timeZone of ZONES) {
      let atMs = Date.parse("2017-10-01T12:00:00Z");
      for (let day = 0; day < 200; day++) {
        const { endMs } = quotaSpanAt("DAY", timeZone, atMs);
        const next = quotaSpanAt("DAY", timeZone, endMs);
        expect({ timeZone, day, startMs: next.startMs }).toEqual({ timeZone, day, startMs: endMs });
        expect(quotaSpanAt("DAY", timeZone, endMs - 1).endMs).toBe(endMs);
        atMs = endMs;
      }
    }
  });

  it("lasts 23 or 25 hours on the days on which the clock is changed", () => {
    const hoursOf = (timeZone: string, at: string) => {
      const { startMs, endMs } = quotaSpanAt("DAY", timeZone, Date.parse(at));
      return (endMs - startMs) / HOUR_MS;
    };
    expect(hoursOf("Europe/Berlin", "2026-03-29T12:00:00Z")).toBe(23);
    expect(hoursOf("Europe/Berlin", "2026-10-25T12:00:00Z")).toBe(25);
    expect(hoursOf("Australia/Lord_Howe", "2026-04-04T20:00:00Z")).toBe(24.5);
  });

  it("begins when the clock first shows the day, where midnight is skipped or shown twice", () => {
    // At 00:00 it became 01:00.
    expect(texts("DAY", "America/Sao_Paulo", "2018-11-04T12:00:00Z")).toEqual(["2018-11-04T03:00", "2018-11-05T02:00"]);
    // At 01:00 it became 00:00.
    expect(texts("DAY", "America/Havana", "2026-11-01T12:00:00Z")).toEqual(["2026-11-01T04:00", "2026-11-02T05:00"]);
    // 30 December did not take place.
    expect(texts("DAY", "Pacific/Apia", "2011-12-30T09:00:00Z")).toEqual(["2011-12-29T10:00", "2011-12-30T10:00"]);
    expect(texts("DAY", "Pacific/Apia", "2011-12-30T11:00:00Z")).toEqual(["2011-12-30T10:00", "2011-12-31T10:00"]);
  });

  it("is the week from Monday on, and the whole month, by the same clock", () => {
    expect(texts("WEEK", "UTC", "2026-11-29T23:59:59Z")).toEqual(["2026-11-23T00:00", "2026-11-30T00:00"]);
    expect(texts("WEEK", "Asia/Tokyo", "2026-11-29T23:59:59Z")).toEqual(["2026-11-29T15:00", "2026-12-06T15:00"]);
    expect(texts("WEEK", "UTC", "2027-01-01T00:00:00Z")).toEqual(["2026-12-28T00:00", "2027-01-04T00:00"]);
    expect(texts("MONTH", "UTC", "2028-02-29T12:00:00Z")).toEqual(["2028-02-01T00:00", "2028-03-01T00:00"]);
    expect(texts("MONTH", "Europe/Berlin", "2026-10-31T23:00:00Z")).toEqual(["2026-10-31T23:00", "2026-11-30T23:00"]);
    expect(texts("MONTH", "America/New_York", "2027-01-01T04:59:59Z")).toEqual([
      "2026-12-01T05:00",
      "2027-01-01T05:00",
    ]);
  });

  it("never ends when it is the total", () => {
    for (const at of ["1999-01-01", "2026-06-01", "2099-01-01"]) {
      expect(quotaSpanAt("TOTAL", "Asia/Tokyo", Date.parse(at))).toEqual({
        startMs: 0,
        endMs: Number.POSITIVE_INFINITY,
      });
    }
  });
});
