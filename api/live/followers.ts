import type { Call } from "../access/call.js";

/** Who follows something. */
export interface Follower {
  /**
   * Asked before anything is told: throws when the caller is not signed in any more, and says what they may see by now.
   * What was loaded for the events before is forgotten.
   */
  renew(): Promise<Call>;
  /** Aborted with null when nobody listens any more; with an error, that is told last. */
  readonly signal: AbortSignal;
}

/** What has come for one follower and is not taken yet. */
interface Pending<T> {
  items: Set<T>;
  wake: () => void;
  error: Error | undefined;
}

/**
 * Hands items on to all who follow. What comes again before it was taken is handed on once, so that a slow follower gets
 * fewer of them, not later ones; one that falls behind by more than the bound is told so and ends.
 */
export class Followers<T> {
  private readonly pending = new Set<Pending<T>>();

  constructor(
    private readonly behindMax: number,
    private readonly tooSlow: () => Error,
  ) {}

  get count(): number {
    return this.pending.size;
  }

  tell(items: Iterable<T>): void {
    for (const follower of this.pending) {
      for (const item of items) follower.items.add(item);
      if (follower.items.size > this.behindMax) follower.error = this.tooSlow();
      follower.wake();
    }
  }

  /** Ends all of them: what they follow has gaps, or ends. */
  end(error: Error): void {
    for (const follower of this.pending) {
      follower.error = error;
      follower.wake();
    }
  }

  /** Until the signal ends it. What has gathered comes together. */
  follow(signal: AbortSignal): AsyncGenerator<readonly T[]> {
    const own: Pending<T> = { items: new Set(), wake: () => undefined, error: undefined };
    // From now on, and not from when the first item is asked for; unless nobody listens any more.
    if (!signal.aborted) this.pending.add(own);
    const leave = (): void => {
      this.pending.delete(own);
      own.wake();
    };
    signal.addEventListener("abort", leave, { once: true });
    return this.items(own, signal);
  }

  private async *items(own: Pending<T>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
    try {
      while (!signal.aborted) {
        if (own.error) throw own.error;
        if (own.items.size === 0) {
          await new Promise<void>((resolve) => {
            own.wake = resolve;
          });
          continue;
        }
        const items = [...own.items];
        own.items = new Set();
        yield items;
      }
      if (signal.reason instanceof Error) throw signal.reason;
    } finally {
      this.pending.delete(own);
    }
  }
}
