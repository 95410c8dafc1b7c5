import type { Logger } from "pino";

const EVERY_MS = 1_000;

/** What goes wrong thousands of times a second is logged once a second, with how often it was. */
export function throttledLog(logger: Logger): (message: string, error: unknown) => void {
  const seen = new Map<string, { atMs: number; more: number }>();
  return (message, error) => {
    const nowMs = performance.now();
    const last = seen.get(message);
    if (last && nowMs - last.atMs < EVERY_MS) {
      last.more++;
      return;
    }
    logger.warn({ err: error, ...(last?.more && { unloggedBefore: last.more }) }, message);
    seen.set(message, { atMs: nowMs, more: 0 });
  };
}
