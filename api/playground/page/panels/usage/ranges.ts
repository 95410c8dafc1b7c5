import type { UsageStep } from "@latchkey/sdk";

export interface Range {
  readonly value: string;
  readonly title: string;
  readonly hours: number;
  readonly step: UsageStep;
  /** How often it is read again while somebody looks at it. */
  readonly everyMs: number;
}

const FIRST: Range = { value: "1h", title: "Last hour", hours: 1, step: "MINUTE", everyMs: 2_000 };

export const RANGES: readonly Range[] = [
  FIRST,
  { value: "24h", title: "Last 24 hours", hours: 24, step: "HOUR", everyMs: 5_000 },
  { value: "7d", title: "Last 7 days", hours: 7 * 24, step: "HOUR", everyMs: 10_000 },
  { value: "30d", title: "Last 30 days", hours: 30 * 24, step: "DAY", everyMs: 10_000 },
];

export function rangeOf(value: string | null): Range {
  return RANGES.find((range) => range.value === value) ?? FIRST;
}

/** Steps begin by UTC's clock, and so the axis tells UTC. */
export function timeOf(at: string, step: UsageStep): string {
  const [day = "", time = ""] = at.split("T");
  if (step === "DAY") return day.slice(5);
  return step === "HOUR" ? `${day.slice(5)} ${time.slice(0, 5)}` : time.slice(0, 5);
}
