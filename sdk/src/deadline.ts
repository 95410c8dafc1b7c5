/** What `setTimeout` can count to; anything above would be over at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Ends one attempt, when its time is over or when the caller gives it up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was the time that was over. */
  readonly passed: boolean;
  /** To be called when the attempt has ended: lets go of the timer and of the caller's signal. */
  clear(): void;
}

/**
 * Done by hand: Node 20.0 has no `AbortSignal.any`, and where there is one it holds on to a long-lived signal for every
 * call that was made with it.
 */
export function startDeadline(ms: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let passed = false;
  const giveUp = (): void => controller.abort(caller?.reason);
  const timer = setTimeout(
    () => {
      passed = true;
      controller.abort();
    },
    Math.min(ms, TIMER_MS_MAX),
  );
  if (caller?.aborted) giveUp();
  caller?.addEventListener("abort", giveUp, { once: true });
  return {
    signal: controller.signal,
    get passed() {
      return passed;
    },
    clear: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", giveUp);
    },
  };
}
