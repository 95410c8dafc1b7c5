import { randomUUID } from "node:crypto";

const COUNTS = Array.from({ length: 4_096 }, (_, count) => count.toString(16).padStart(3, "0"));

let ms = Number.NaN;
let prefix = "";
let count = 0;
let suffix = "";

/**
 * A UUIDv7 with a counter (RFC 9562 section 6.2, method 1): every verdict has one, and drawing random bits for each would
 * cost as much as to recognise a key. It names a request and opens nothing.
 */
export function timeOrderedId(nowMs: number): string {
  if (nowMs !== ms) {
    ms = nowMs;
    const hex = nowMs.toString(16).padStart(12, "0");
    prefix = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  }
  if (count === 0) suffix = randomUUID().slice(18);
  const id = prefix + (COUNTS[count] as string) + suffix;
  count = (count + 1) % COUNTS.length;
  return id;
}
