import { ApiError, unavailable } from "../errors.js";

const CHECK_FIRST_MS = 1_500;
const CHECK_AGAIN_MS = 250;
/** A database that takes longer for next to nothing, several times in a row, is too slow to wait for. */
const SLOW_MS = 50;
const ANSWERS_KEPT = 4;

/**
 * Whether the database can be expected to answer, judged by the beats of this node. Every request has its answer within
 * two seconds while it is away or too slow; while it is well, long work may take its time.
 */
export class Availability {
  private readonly answersMs: number[] = [];

  constructor(private readonly lease: { holds(): boolean }) {}

  noteAnswer(tookMs: number): void {
    this.answersMs.push(tookMs);
    if (this.answersMs.length > ANSWERS_KEPT) this.answersMs.shift();
  }

  /**
   * Throws UNAVAILABLE where the database is away. What takes too long is not waited for, and may still be done. So long
   * has its request waited already.
   */
  async run<T>(work: () => Promise<T>, waitedMs: number): Promise<T> {
    if (!this.lease.holds()) throw unavailable(new Error("this node has no lease"));
    let timer: NodeJS.Timeout | undefined;
    const givingUp = new Promise<never>((_, reject) => {
      const check = (): void => {
        if (!this.lease.holds() || this.isSlow) reject(tooSlow());
        else timer = setTimeout(check, CHECK_AGAIN_MS);
      };
      timer = setTimeout(check, Math.max(0, CHECK_FIRST_MS - waitedMs));
    });
    try {
      return await Promise.race([work(), givingUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  private get isSlow(): boolean {
    return this.answersMs.length === ANSWERS_KEPT && Math.min(...this.answersMs) > SLOW_MS;
  }
}

function tooSlow(): ApiError {
  const message = "The database does not answer in time. What was asked may still be done: look before you repeat it.";
  return new ApiError("UNAVAILABLE", message, { retryAfterSeconds: 1 });
}
