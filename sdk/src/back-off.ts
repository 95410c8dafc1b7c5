const FIRST_WAIT_MS = 100;
const WAIT_MS_MAX = 2_000;
const RETRY_AFTER_MS_MAX = 10_000;

/**
 * How long to wait after the attempt of this number, counted from 0: random within a span that doubles, so that clients
 * that failed together do not come back together. A server that names a time in `Retry-After` is waited for that much
 * longer; undefined when it asks for more than anybody should wait within a call.
 */
export function waitMsAfter(attempt: number, retryAfter: string | null): number | undefined {
  const jitterMs = Math.random() * Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** attempt);
  const askedMs = askedForMs(retryAfter);
  return askedMs > RETRY_AFTER_MS_MAX ? undefined : askedMs + jitterMs;
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function askedForMs(retryAfter: string | null): number {
  if (retryAfter === null) return 0;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const untilMs = Date.parse(retryAfter) - Date.now();
  return untilMs > 0 ? untilMs : 0;
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, ms);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}
