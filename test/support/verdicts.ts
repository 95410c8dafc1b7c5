import type { Verdict, VerifyRequest } from "@latchkey/sdk";

/** Whatever listens there and can be asked for verdicts. */
export interface Asked {
  readonly url: string;
}

/** One verdict, as a gateway asks for it: without a second try. */
export async function verdictOf({ url }: Asked, request: VerifyRequest): Promise<Verdict> {
  const response = await fetch(`${url}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  return (await response.json()) as Verdict;
}

export interface Hammering {
  /** When the last call was asked that was allowed, by `performance.now()`. */
  readonly lastAllowedMs: number;
  /** How many verdicts there were of each code. */
  readonly codes: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const CALLERS = 4;

/** Asks the same again and again without a pause, each caller as soon as it has its answer. */
export function hammer(ask: () => Promise<string>, callers = CALLERS): Hammering {
  const codes = new Map<string, number>();
  let lastAllowedMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  const call = async (): Promise<void> => {
    while (!stopped) {
      const askedAtMs = performance.now();
      const code = await ask();
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (code === "VALID") lastAllowedMs = Math.max(lastAllowedMs, askedAtMs);
    }
  };
  const calling = Array.from({ length: callers }, call);
  return {
    get lastAllowedMs() {
      return lastAllowedMs;
    },
    codes,
    stop: async () => {
      stopped = true;
      await Promise.all(calling);
    },
  };
}
