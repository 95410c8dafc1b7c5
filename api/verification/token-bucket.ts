/**
 * So many calls a second, spread evenly: what was not used fills up to one second's worth, so that a quiet time is followed
 * by one burst and an edge of the clock by none (6.5).
 */
export class TokenBucket {
  private tokens = Number.POSITIVE_INFINITY;
  private atMs = 0;

  /** False when none is left; nothing is taken then. */
  take(perSecond: number, nowMs: number, burst = perSecond): boolean {
    this.refill(perSecond, nowMs, burst);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** Of a call that was refused after all. */
  giveBack(): void {
    this.tokens += 1;
  }

  /** As it stands, to be tried without a consequence. */
  copy(): TokenBucket {
    const copy = new TokenBucket();
    copy.tokens = this.tokens;
    copy.atMs = this.atMs;
    return copy;
  }

  /** How many calls would pass now. */
  remaining(perSecond: number, nowMs: number, burst = perSecond): number {
    this.refill(perSecond, nowMs, burst);
    return Math.floor(this.tokens);
  }

  /** Until it is full again: whole seconds, at least 1 while something is missing. */
  fullInSeconds(perSecond: number): number {
    return Math.ceil((perSecond - this.tokens) / perSecond);
  }

  /** A clock that was set back adds nothing. */
  private refill(perSecond: number, nowMs: number, burst: number): void {
    const elapsedMs = Math.max(0, nowMs - this.atMs);
    this.tokens = Math.min(burst, this.tokens + (elapsedMs * perSecond) / 1_000);
    this.atMs = nowMs;
  }
}
