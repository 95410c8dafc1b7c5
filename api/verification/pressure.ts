/** Calls that wait to be metered, and lateness of the event loop, from which on the lowest priority is turned away. */
const WAITING_MAX = 2_000;
const LATE_MS_MAX = 250;

const LOWEST_PRIORITY = 9;
const SAMPLE_MS = 50;
/** Of each sample: one pause, as to read a large catalogue, is no overload yet. */
const WEIGHT = 0.25;

/**
 * How far this node is beyond what it can answer in time. At 1 the lowest priority is turned away, at 2 all are: the
 * highest goes last.
 */
export class Pressure {
  private lateMs = 0;
  private sampledAtMs = performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly waiting: () => number) {}

  start(): void {
    this.sampledAtMs = performance.now();
    this.timer = setInterval(() => {
      const nowMs = performance.now();
      this.note(nowMs - this.sampledAtMs - SAMPLE_MS);
      this.sampledAtMs = nowMs;
    }, SAMPLE_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** So much later than planned the event loop came to a timer. */
  note(lateMs: number): void {
    this.lateMs += (Math.max(0, lateMs) - this.lateMs) * WEIGHT;
  }

  /** Whether a call of this priority, 0 (highest) to 9, is to be answered. */
  admits(priority: number): boolean {
    const pressure = Math.max(this.waiting() / WAITING_MAX, this.lateMs / LATE_MS_MAX);
    return pressure < 1 || pressure < 1 + (LOWEST_PRIORITY - priority) / LOWEST_PRIORITY;
  }
}
