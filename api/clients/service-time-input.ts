import { type ServiceTime, type ServiceWindow, spansOf, type WeekSpan } from "../conditions/service-time.js";
import type { FieldProblem } from "../errors.js";
import type { ServiceTimeInput } from "./service-time.types.js";
import { isTimeZone } from "./whole-day.js";

export function readServiceTime({ timeZone, windows }: ServiceTimeInput, zoneOfClient: string): ServiceTime {
  return {
    timeZone: timeZone ?? zoneOfClient,
    windows: windows.map(({ days, opens, closes }) => ({ days: [...days], opens, closes })),
  };
}

/** What is wrong with a service time beyond the form of its fields. */
export function serviceTimeProblems({ timeZone, windows }: ServiceTimeInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    problems.push({ path: "serviceTime.timeZone", message: "is not a known IANA time zone" });
  }
  const empty = windows.flatMap((window, index) => (isEmpty(window) ? [index] : []));
  for (const index of empty) {
    const message = "must differ from opens: a whole day is from 00:00 to 24:00";
    problems.push({ path: `serviceTime.windows.${index}.closes`, message });
  }
  return empty.length > 0 ? problems : [...problems, ...overlapsIn(windows)];
}

function isEmpty({ opens, closes }: ServiceWindow): boolean {
  return opens === closes;
}

/** Names each window that overlaps one before it, with the first such. */
function overlapsIn(windows: readonly ServiceWindow[]): FieldProblem[] {
  const spans = windows.map(spansOf);
  return windows.flatMap((_, index) => {
    const other = spans.slice(0, index).findIndex((earlier) => overlap(earlier, spans[index] ?? []));
    if (other < 0) return [];
    return [{ path: `serviceTime.windows.${index}.opens`, message: `the window overlaps windows.${other}` }];
  });
}

function overlap(some: readonly WeekSpan[], others: readonly WeekSpan[]): boolean {
  return some.some((one) => others.some((other) => one.startMs < other.endMs && other.startMs < one.endMs));
}
