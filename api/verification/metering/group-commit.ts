import { Batch, type BatchAnswer } from "./batch.js";
import type { Order, Receipt } from "./order.js";

/** A line that meters one batch at a time. */
export interface Line {
  meter(batch: Batch, answerMsMax: number): Promise<BatchAnswer>;
  close(): Promise<void>;
}

const BATCH_MAX = 1_000;
/** After that a call is answered that it could not be decided. */
const WAIT_MS_MAX = 1_400;
const ANSWER_MS_MIN = 200;

interface Waiting {
  readonly order: Order;
  readonly sinceMs: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Exact and durable metering of many calls by few statements: while one is under way, further calls queue up and form the
 * next. A call costs one round trip at most, thousands share it, and what is granted is on disk before it is answered.
 */
export class GroupCommit {
  private queue: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly line: Line,
    private readonly onBatch: (size: number, tookMs: number) => void = () => undefined,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  place(order: Order): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      this.queue.push({ order, sinceMs: performance.now(), resolve, reject });
      // The calls that arrive in the same turn of the event loop go together.
      this.running ??= Promise.resolve().then(() => this.run());
    });
  }

  /** Lets what waits be decided first. */
  async close(): Promise<void> {
    await this.running;
    await this.line.close();
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      const waiting = this.queue.slice(0, Batch.lengthFor(this.queue.slice(0, BATCH_MAX).map(({ order }) => order)));
      this.queue = this.queue.slice(waiting.length);
      await this.commit(waiting);
    }
    this.running = undefined;
  }

  private async commit(waiting: readonly Waiting[]): Promise<void> {
    const startedAtMs = performance.now();
    const oldestMs = startedAtMs - (waiting[0]?.sinceMs ?? startedAtMs);
    const batch = new Batch(waiting.map(({ order }) => order));
    try {
      const answer = await this.line.meter(batch, Math.max(ANSWER_MS_MIN, WAIT_MS_MAX - oldestMs));
      const receipts = batch.receipts(answer);
      this.onBatch(waiting.length, performance.now() - startedAtMs);
      for (const [index, { resolve }] of waiting.entries()) resolve(receipts[index] as Receipt);
    } catch (error) {
      // Who has come meanwhile would only wait for the same.
      const { queue } = this;
      this.queue = [];
      for (const { reject } of [...waiting, ...queue]) reject(error);
    }
  }
}
