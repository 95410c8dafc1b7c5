import { type Answer, fieldsIn, isVerdict, readAnswer, refusalIn, strangeAnswer } from "./answer.js";
import { wait, waitMsAfter } from "./back-off.js";
import { startDeadline } from "./deadline.js";
import type { CallOptions, LatchkeyOptions } from "./options.js";
import { invalidInput, SdkError } from "./sdk-error.js";

/**
 * When a call may be sent again. `AFTER_FAILURE`: always, it changes nothing, or nothing twice. `AFTER_REFUSAL`: when the server said that
 * it did nothing; else it may have been counted as a use. `NEVER`: it may have changed something.
 */
export type Repeat = "AFTER_FAILURE" | "AFTER_REFUSAL" | "NEVER";

export interface Ask {
  readonly path: string;
  /** Who asks. Left out where the call is about another credential, beside which this one would be a second. */
  readonly credential?: string | undefined;
  /** Who asks for verdicts, in a header of its own. */
  readonly gatewayKey?: string | undefined;
  /** By which the server knows a change that it has done already. */
  readonly idempotencyKey?: string | undefined;
  readonly body: unknown;
  readonly repeat: Repeat;
}

/** Asks for an answer that is read as it comes, with POST where there is a body. */
export interface AskForStream extends Pick<Ask, "path" | "credential"> {
  readonly accept: string;
  readonly body?: unknown;
}

/** An answer that is read as it comes. */
export interface OpenAnswer {
  readonly response: Response;
  /** Ends the transfer, if it has not ended by itself. */
  readonly close: () => void;
}

/** The one way to the server: every operation goes through `send`. */
export class Transport {
  private readonly base: string;
  private readonly fetch: typeof fetch;
  private readonly timeoutMs: number;
  private readonly retries: number;

  constructor({ url, fetch: given, timeoutMs = 10_000, retries = 2 }: LatchkeyOptions) {
    this.base = baseOf(url);
    // Called as a plain function: browsers refuse a fetch that was taken from its window.
    this.fetch = given ?? ((input, init) => fetch(input, init));
    this.timeoutMs = timeoutMs;
    this.retries = retries;
  }

  /** Sends one call, and sends it again after a passing failure where that is safe. */
  async send(ask: Ask, options: CallOptions): Promise<Answer> {
    const request: RequestInit = {
      method: "POST",
      headers: headersOf(ask, options),
      body: JSON.stringify(ask.body),
      // Followed, a redirect would carry passwords and secrets to wherever it points.
      redirect: "manual",
    };
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(this.base + ask.path, request, options);
      const failed = outcome instanceof SdkError;
      const again = attempt < this.retries && mayRepeat(outcome, ask.repeat);
      const waitMs = again ? waitMsAfter(attempt, failed ? null : outcome.retryAfter) : undefined;
      if (waitMs !== undefined) await wait(waitMs, options.signal);
      else if (failed) throw outcome;
      else return outcome;
    }
  }

  /** Begins to read a stream, which is the caller's to read and to close; `timeoutMs` is for its beginning. */
  async open(ask: AskForStream, options: CallOptions): Promise<OpenAnswer> {
    const { signal: caller, timeoutMs = this.timeoutMs } = options;
    caller?.throwIfAborted();
    const headers = { ...headersOf(ask, options), accept: ask.accept };
    const reading = new AbortController();
    const giveUp = (): void => reading.abort(caller?.reason);
    const close = (): void => {
      caller?.removeEventListener("abort", giveUp);
      reading.abort();
    };
    caller?.addEventListener("abort", giveUp, { once: true });
    const deadline = startDeadline(timeoutMs, undefined);
    deadline.signal.addEventListener("abort", close, { once: true });
    try {
      const asked = ask.body === undefined ? {} : { method: "POST", body: JSON.stringify(ask.body) };
      const init: RequestInit = { ...asked, headers, redirect: "manual", signal: reading.signal };
      const response = await this.fetch(this.base + ask.path, init);
      if (response.ok) return { response, close };
      const answer = await readAnswer(response);
      throw refusalIn(answer) ?? strangeAnswer(answer);
    } catch (cause) {
      close();
      if (cause instanceof SdkError) throw cause;
      if (deadline.passed) throw new SdkError("TIMEOUT", `No answer within ${timeoutMs} ms.`);
      caller?.throwIfAborted();
      throw new SdkError("NETWORK", "Latchkey could not be reached.", { cause });
    } finally {
      deadline.clear();
    }
  }

  /** Rejects only when the caller gives up, with the signal's reason. */
  private async attempt(url: string, request: RequestInit, options: CallOptions): Promise<Answer | SdkError> {
    const { signal: caller, timeoutMs = this.timeoutMs } = options;
    caller?.throwIfAborted();
    const deadline = startDeadline(timeoutMs, caller);
    try {
      return await readAnswer(await this.fetch(url, { ...request, signal: deadline.signal }));
    } catch (cause) {
      if (deadline.passed) return new SdkError("TIMEOUT", `No answer within ${timeoutMs} ms.`);
      caller?.throwIfAborted();
      return new SdkError("NETWORK", "Latchkey could not be reached.", { cause });
    } finally {
      deadline.clear();
    }
  }
}

function baseOf(url: string): string {
  const expected = "must be an absolute http or https URL, without user and password";
  try {
    const { protocol, username, password, origin, pathname } = new URL(url);
    if (!/^https?:$/.test(protocol) || username + password !== "") throw invalidInput("url", expected);
    return origin + pathname.replace(/\/+$/, "");
  } catch {
    throw invalidInput("url", expected);
  }
}

const HEADER_TEXT = /^[\x21-\x7e]+$/;

/** What fits in no header is refused here: `fetch` would quote it, secret or not, in its error. */
function headersOf(
  { credential, gatewayKey, idempotencyKey }: Pick<Ask, "credential" | "gatewayKey" | "idempotencyKey">,
  { transactionRef }: CallOptions,
): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
  if (credential !== undefined) {
    if (!HEADER_TEXT.test(credential)) throw new SdkError("UNAUTHENTICATED", "The credential is not one secret.");
    headers["authorization"] = `Bearer ${credential}`;
  }
  if (gatewayKey !== undefined) {
    if (!HEADER_TEXT.test(gatewayKey)) throw invalidInput("gatewayKey", "must be one secret");
    headers["x-latchkey-gateway-key"] = gatewayKey;
  }
  if (transactionRef !== undefined) {
    if (!HEADER_TEXT.test(transactionRef)) throw invalidInput("transactionRef", "must be visible ASCII characters");
    headers["x-transaction-ref"] = transactionRef;
  }
  if (idempotencyKey !== undefined) {
    if (!HEADER_TEXT.test(idempotencyKey)) throw invalidInput("idempotencyKey", "must be visible ASCII characters");
    headers["idempotency-key"] = idempotencyKey;
  }
  return headers;
}

const PASSING_STATUSES = new Set([429, 502, 503, 504]);

function mayRepeat(outcome: Answer | SdkError, repeat: Repeat): boolean {
  if (repeat === "NEVER") return false;
  if (outcome instanceof SdkError) return outcome.code === "NETWORK" && repeat === "AFTER_FAILURE";
  if (isVerdict(outcome)) return fieldsIn(outcome)["code"] === "UNDECIDED";
  const code = refusalIn(outcome)?.code;
  if (code === "UNAVAILABLE" || code === "RATE_LIMITED") return true;
  return PASSING_STATUSES.has(outcome.status) && repeat === "AFTER_FAILURE";
}
