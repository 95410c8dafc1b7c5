import { nowMs } from "./clock.js";
import { invalidInput } from "./sdk-error.js";
import type { Allowed } from "./verdict.js";

const SECONDS_MAX = 1;
const ENTRIES_MAX = 1_000;

interface Kept {
  readonly verdict: Allowed;
  readonly askedAtMs: number;
}

/** Allowing verdicts, for up to a second from when they were asked for: what is revoked meanwhile must not live on. */
export class VerdictCache {
  readonly #kept = new Map<string, Kept>();
  readonly #keepMs: number;

  constructor(seconds: number) {
    if (!(seconds >= 0 && seconds <= SECONDS_MAX)) throw invalidInput("cacheSeconds", `must be 0 to ${SECONDS_MAX}`);
    this.#keepMs = seconds * 1_000;
  }

  get(question: string): Allowed | undefined {
    const kept = this.#kept.get(question);
    if (!kept) return undefined;
    if (nowMs() - kept.askedAtMs < this.#keepMs) return kept.verdict;
    this.#kept.delete(question);
    return undefined;
  }

  /** To be called before the question is sent: the server may decide at any time from then on. */
  start(): { put(question: string, verdict: Allowed): void } {
    const askedAtMs = nowMs();
    return {
      put: (question, verdict) => {
        const { expiresAt } = verdict.credential;
        if (this.#keepMs === 0 || (expiresAt !== null && Date.parse(expiresAt) < Date.now() + this.#keepMs)) return;
        this.#makeRoom(askedAtMs);
        this.#kept.set(question, { verdict, askedAtMs });
      },
    };
  }

  /** Drops what is over, for no secret shall lie about, and the oldest one where there are too many. */
  #makeRoom(now: number): void {
    for (const [question, { askedAtMs }] of this.#kept) {
      if (now - askedAtMs < this.#keepMs && this.#kept.size < ENTRIES_MAX) return;
      this.#kept.delete(question);
    }
  }
}
