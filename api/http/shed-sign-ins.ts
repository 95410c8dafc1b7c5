import { setTimeout } from "node:timers/promises";
import { ApiError } from "../errors.js";

const RETRY_AFTER_SECONDS = 1;

/** Each holds a connection and a few kilobytes. Beyond it, answers leave at once. */
const HELD_MAX = 1_000;

/** Told what kind of request it is about only while that matters. */
export type ShedSignIns = (isSignIn: () => boolean) => Promise<void>;

/**
 * Turns sign-ins away while too many wait, before anything has worked on them, and lets them wait themselves for the time
 * after which they may come again. A caller who sends the next when the last is answered then costs next to nothing,
 * and verdicts keep the time of the event loop.
 */
export function shedSignIns(tooManyWait: () => boolean): ShedSignIns {
  let held = 0;
  return async (isSignIn) => {
    if (!tooManyWait() || !isSignIn()) return;
    if (held < HELD_MAX) {
      held += 1;
      await setTimeout(RETRY_AFTER_SECONDS * 1_000);
      held -= 1;
    }
    throw new ApiError("RATE_LIMITED", "Too many sign-ins wait just now. Try again.", {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  };
}
