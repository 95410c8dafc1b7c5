/**
 * How far this machine's clock is from the database's, whose time counts on all nodes. An answer tells it as exactly as
 * its round trip was short; within that, what is known stays, so that a node beside its database has an offset of none
 * and no node's time trembles.
 */
export class DatabaseClock {
  private knownOffsetMs = 0;

  get offsetMs(): number {
    return this.knownOffsetMs;
  }

  /** The database said its time between these two moments of this machine's. */
  learn(databaseMs: number, sentAtWallMs: number, receivedAtWallMs: number): void {
    // Both clocks are read in whole milliseconds.
    const least = databaseMs - receivedAtWallMs - 1;
    const most = databaseMs - sentAtWallMs + 1;
    this.knownOffsetMs = Math.min(Math.max(this.knownOffsetMs, least), most);
  }
}
