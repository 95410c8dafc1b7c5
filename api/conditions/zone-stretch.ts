import { Temporal } from "temporal-polyfill";

/** A stretch of time in which a zone's clock runs evenly: from one change of its offset to the next. */
export interface ZoneStretch {
  readonly fromMs: number;
  /** Infinity: no change is known to come. */
  readonly untilMs: number;
  /** What the clock shows, less UTC. */
  readonly offsetMs: number;
}

const ZONES_KEPT = 1_000;
const STRETCHES_KEPT = 4;

/** To ask Temporal takes half a millisecond; the stretch that holds "now" answers for months. */
const known = new Map<string, ZoneStretch[]>();

/** The stretch that holds an instant. Throws for an unknown zone. */
export function zoneStretchAt(timeZone: string, atMs: number): ZoneStretch {
  const kept = known.get(timeZone) ?? [];
  const found = kept.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
  if (found) return found;

  const stretch = askTemporal(timeZone, atMs);
  if (known.size >= ZONES_KEPT) known.clear();
  known.set(timeZone, [stretch, ...kept].slice(0, STRETCHES_KEPT));
  return stretch;
}

function askTemporal(timeZone: string, atMs: number): ZoneStretch {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  // A change at this very instant has begun the stretch: the change before the next millisecond is the one wanted.
  const began = at.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  return {
    fromMs: began?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: at.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1_000_000,
  };
}
