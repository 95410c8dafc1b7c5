import type { Change } from "../nodes/changes.js";

const ATTEMPTS_MAX = 5;

/**
 * Loads that know of changes. What is read while something changes may be from before: it is read again, and never comes
 * into memory after the change was confirmed.
 */
export class WatchedLoads {
  private readonly underWay = new Set<Change[]>();

  /** To be told of every change before it is confirmed. */
  noteChanges(changes: readonly Change[]): void {
    for (const seen of this.underWay) seen.push(...changes);
  }

  /** `accept` takes what was loaded in the same breath in which it was found to be unchanged. */
  async load<T, R>(
    read: () => Promise<T>,
    isTouched: (loaded: T, change: Change) => boolean,
    accept: (loaded: T) => R,
  ): Promise<R> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const seen: Change[] = [];
      this.underWay.add(seen);
      try {
        const loaded = await read();
        if (!seen.some((change) => isTouched(loaded, change))) return accept(loaded);
      } finally {
        this.underWay.delete(seen);
      }
    }
    throw new Error("It changes faster than it can be read.");
  }
}
