import { wait, waitBefore } from "./back-off.js";
import type { CallOptions, LatchkeyOptions } from "./options.js";
import { SdkError } from "./sdk-error.js";

/**
 * When a call may be sent again. `AFTER_FAILURE`: always, it changes nothing. `AFTER_ANSWER`: when the server said that
 * it did nothing; without an answer it may have been counted as a use. `NEVER`: it may have changed something.
 */
export type Repeat = "AFTER_FAILURE" | "AFTER_ANSWER" | "NEVER";

export interface Ask {
  readonly path: string;
  /** Who asks. Left out where the call is about another credential, beside which this one would be a second. */
  readonly credential?: string | undefined;
  readonly body: unknown;
  readonly repeat: Repeat;
}

/** The server's answer, its body read as JSON. */
export interface Answer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

const PASSING_STATUSES = new Set([429, 502, 503, 504]);

/** The one way to the server: every operation goes through `send`. */
export class Transport {
  private readonly base: string;
  private readonly fetch: typeof fetch;
  private readonly timeoutMs: number;
  private readonly retries: number;

  constructor({ url, fetch: given, timeoutMs = 10_000, retries = 2 }: LatchkeyOptions) {
    this.base = url.replace(/\/+$/, "");
    // Called as a plain function: browsers refuse a fetch that was taken from its window.
    this.fetch = given ?? ((input, init) => fetch(input, init));
    this.timeoutMs = timeoutMs;
    this.retries = retries;
  }

  /** Sends one call, and sends it again after a passing failure where that is safe. */
  async send(ask: Ask, options: CallOptions): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(ask, options).catch((error: unknown) => error as SdkError);
      const waitMs = attempt < this.retries ? pauseAfter(outcome, ask.repeat, attempt) : undefined;
      if (waitMs === undefined) {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }
      await wait(waitMs, options.signal);
    }
  }

  private async attempt({ path, credential, body }: Ask, { signal, transactionRef }: CallOptions): Promise<Answer> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
    if (credential !== undefined) headers["authorization"] = `Bearer ${credential}`;
    if (transactionRef !== undefined) headers["x-transaction-ref"] = transactionRef;
    try {
      const response = await this.fetch(this.base + path, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      return await read(response);
    } catch (error) {
      if (error instanceof SdkError) throw error;
      signal?.throwIfAborted();
      if (timeout.aborted) throw new SdkError("TIMEOUT", `No answer within ${this.timeoutMs} ms.`);
      throw new SdkError("NETWORK", "Latchkey could not be reached.", { cause: error });
    }
  }
}

async function read(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const requestId = headers.get("x-request-id") ?? undefined;
  const text = await response.text();
  try {
    return { status, requestId, retryAfter: headers.get("retry-after"), body: JSON.parse(text) };
  } catch (error) {
    // A proxy's own page: 502 and the like are passing, anything else is a wrong address.
    const code = PASSING_STATUSES.has(status) ? "UNAVAILABLE" : "BAD_ANSWER";
    throw new SdkError(code, `The answer, status ${status}, is not JSON.`, { status, requestId, cause: error });
  }
}

/** How long to wait before sending again; undefined when the outcome stands. */
function pauseAfter(outcome: Answer | SdkError, repeat: Repeat, attempt: number): number | undefined {
  if (repeat === "NEVER") return undefined;
  if (outcome instanceof Error) {
    const passing = outcome instanceof SdkError && (outcome.code === "NETWORK" || outcome.code === "UNAVAILABLE");
    return passing && repeat === "AFTER_FAILURE" ? waitBefore(attempt, null) : undefined;
  }
  return isPassing(outcome) ? waitBefore(attempt, outcome.retryAfter) : undefined;
}

function isPassing({ status, body }: Answer): boolean {
  if (PASSING_STATUSES.has(status)) return true;
  const [error] = (body as { errors?: readonly { extensions?: { code?: string } }[] } | null)?.errors ?? [];
  return error?.extensions?.code === "UNAVAILABLE" || error?.extensions?.code === "RATE_LIMITED";
}
