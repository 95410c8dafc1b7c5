const FIRST_WAIT_MS = 100;
const WAIT_MS_MAX = 2_000;
const RETRY_AFTER_MS_MAX = 10_000;

/**
 * How long to wait before the next attempt: random within a span that doubles, so that clients that failed together do
 * not come back together. A server that names a time is obeyed; undefined when that is too long to wait for.
 */
export function waitBefore(attempt: number, retryAfter: string | null): number | undefined {
  const jittered = Math.random() * Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** attempt);
  if (retryAfter === null || !/^\d+$/.test(retryAfter)) return jittered;
  const askedMs = Number(retryAfter) * 1_000;
  return askedMs > RETRY_AFTER_MS_MAX ? undefined : askedMs + jittered;
}

export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", give);
      resolve();
    }, ms);
    signal?.addEventListener("abort", give, { once: true });
  });
}
