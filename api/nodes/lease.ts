/** So long after it was last renewed a node may still answer verdicts (6.7). */
export const LEASE_MS = 1_000;

/**
 * The right of this node to say yes. It runs from the moment at which its renewal was sent, so that it has always ended
 * here by the time that the database takes it for ended. The wall clock counts beside the steady one: on a machine that
 * was put to sleep the steady one may have stood still.
 */
export class Lease {
  private endsAtMs = Number.NEGATIVE_INFINITY;
  private endsAtWallMs = Number.NEGATIVE_INFINITY;

  holds(): boolean {
    return performance.now() < this.endsAtMs && Date.now() < this.endsAtWallMs;
  }

  renew(sentAtMs: number, sentAtWallMs: number): void {
    this.endsAtMs = sentAtMs + LEASE_MS;
    this.endsAtWallMs = sentAtWallMs + LEASE_MS;
  }

  end(): void {
    this.endsAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Milliseconds until it runs out; negative once it has. */
  get leftMs(): number {
    return Math.min(this.endsAtMs - performance.now(), this.endsAtWallMs - Date.now());
  }
}
