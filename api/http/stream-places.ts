import { ApiError } from "../errors.js";

/** Each holds a connection and some memory for as long as it lasts. */
const PLACES = 1_000;
const PLACES_OF_ONE = 20;

/** How many streams may be open on this node at once: some for everybody, fewer for each. */
export class StreamPlaces {
  private readonly taken = new Map<string, number>();
  private total = 0;

  /** Returns what gives the place back. Throws RATE_LIMITED when there is none. */
  take(holder: string): () => void {
    const own = this.taken.get(holder) ?? 0;
    if (own >= PLACES_OF_ONE || this.total >= PLACES) {
      const whose = own >= PLACES_OF_ONE ? `You have ${own} subscriptions open` : "Too many subscriptions are open";
      throw new ApiError("RATE_LIMITED", `${whose} on this node. End one first.`, { retryAfterSeconds: 10 });
    }
    this.taken.set(holder, own + 1);
    this.total++;
    return () => {
      const left = (this.taken.get(holder) ?? 1) - 1;
      if (left === 0) this.taken.delete(holder);
      else this.taken.set(holder, left);
      this.total--;
    };
  }
}
