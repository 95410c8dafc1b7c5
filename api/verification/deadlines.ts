const SWEEP_MS = 50;

interface Waiting {
  readonly untilMs: number;
  readonly giveUp: () => void;
  isOver: boolean;
}

/**
 * Gives up what takes longer than it may. All may take the same time, so that they end in the order in which they began, and
 * one timer serves for them all: one for each call would cost as much as to judge it.
 */
export class Deadlines {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly lastsMs: number) {}

  /** Calls back when the time is up, unless it is told before that it is over. */
  begin(giveUp: () => void): { isOver: boolean } {
    const begun = { untilMs: performance.now() + this.lastsMs, giveUp, isOver: false };
    this.waiting.push(begun);
    this.timer ??= setInterval(() => this.sweep(), SWEEP_MS).unref();
    return begun;
  }

  private sweep(): void {
    const nowMs = performance.now();
    const next = this.waiting.findIndex(({ untilMs, isOver }) => !isOver && untilMs > nowMs);
    const passed = next < 0 ? this.waiting : this.waiting.slice(0, next);
    this.waiting = next < 0 ? [] : this.waiting.slice(next);
    for (const each of passed) if (!each.isOver) each.giveUp();
    if (this.waiting.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
