import type { GroupCommit } from "./group-commit.js";
import type { Order } from "./order.js";

const RETRY_MS = 250;

/**
 * Gives back what was granted to calls that were not let in after all, again and again until it is done: an attempt that
 * fails has done nothing, or is taken back with its batch.
 */
export class Refunds {
  private owed: Order[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly commits: Pick<GroupCommit, "place">) {}

  /** Resolves after the first attempt. */
  async giveBack(order: Order): Promise<void> {
    try {
      await this.commits.place({ ...order, calls: -1 });
    } catch {
      this.owed.push(order);
      if (!this.stopped) this.timer ??= setTimeout(() => void this.retry(), RETRY_MS);
    }
  }

  /** With one more attempt. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.retry();
  }

  private async retry(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { owed } = this;
    this.owed = [];
    await Promise.all(owed.map((order) => this.giveBack(order)));
  }
}
