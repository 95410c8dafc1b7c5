import { sameQuestion } from "./question.js";
import { SdkError } from "./sdk-error.js";
import { SingleFlight } from "./single-flight.js";
import { Transport } from "./transport.js";
import type { Allowed, Refused, Verdict, VerifyRequest } from "./verdict.js";
import { VerdictCache } from "./verdict-cache.js";
import { Verification } from "./verification.js";

/** How a {@link Verifier} asks, and what it does when nobody answers. */
export interface VerifierOptions {
  /** Where Latchkey is reached, such as `https://latchkey.example.com`. */
  readonly url: string;
  /** A gateway key, needed where this machine is not in `VERIFY_NETWORKS`. */
  readonly gatewayKey?: string | undefined;
  /** How long one attempt may take, in milliseconds. Default 2,000: a caller waits for it. */
  readonly timeoutMs?: number | undefined;
  /** How often Latchkey is asked again after it said that it could not decide. Default 0. */
  readonly retries?: number | undefined;
  /** Takes the place of the global `fetch`. It must heed the `signal` that it is given. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * For how long an allowing verdict answers the same question again, 0 to 1 second. Default 0, never. What is taken from
   * a limit is always asked: calls of a client with calls in a second or a quota, and of access tokens. A key that was
   * revoked passes for so much longer at most; calls answered from here are in no usage figures.
   */
  readonly cacheSeconds?: number | undefined;
  /**
   * Whether the same question, asked at once (within a tenth of a second, while it is under way), shares one answer.
   * Default true. It is one call in usage figures. What turns out to be taken from a limit is asked for each after all.
   */
  readonly singleFlight?: boolean | undefined;
  /**
   * Told when no verdict could be reached. The call is refused with `UNDECIDED`, 503, unless a verdict to take instead is
   * returned here.
   */
  readonly onUnavailable?: OnUnavailable | undefined;
}

/** Answers with a verdict of your own where none could be reached, or with nothing: then the call is refused. */
export type OnUnavailable = (
  error: SdkError,
  request: VerifyRequest,
) => Verdict | undefined | void | Promise<Verdict | undefined | void>;

/** Asks for verdicts as services do for each call that they receive. */
export interface Verifier {
  /**
   * Always answers with a verdict: `UNDECIDED`, where none could be reached. Rejects with `INVALID_INPUT` for a question
   * that is none, and with the signal's reason once it is aborted.
   */
  verify(request: VerifyRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<Verdict>;
}

/** What a question came to, and whether it may answer more calls than the one that asked. */
interface Outcome {
  readonly verdict: Verdict;
  readonly isForAll: boolean;
}

/**
 * A verifier for a service: it fails closed, lets identical questions that are asked at once share one call, and keeps
 * verdicts for up to a second where told so.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { url, fetch, timeoutMs = 2_000, retries = 0, gatewayKey, cacheSeconds = 0, singleFlight = true } = options;
  const verification = new Verification(new Transport({ url, fetch, timeoutMs, retries }), gatewayKey);
  const flights = new SingleFlight<Outcome>();
  const cache = new VerdictCache(cacheSeconds);

  async function ask(request: VerifyRequest, signal: AbortSignal | undefined, question?: string): Promise<Outcome> {
    const kept = cache.start();
    const verdict = await reach(request, signal);
    if (verdict instanceof SdkError) {
      return { verdict: (await options.onUnavailable?.(verdict, request)) ?? undecided(verdict), isForAll: true };
    }
    const isForAll = !isMetered(verdict);
    if (verdict.valid && isForAll && question !== undefined) kept.put(question, verdict);
    return { verdict, isForAll };
  }

  /** A verdict, or why there is none. */
  async function reach(request: VerifyRequest, signal: AbortSignal | undefined): Promise<Verdict | SdkError> {
    try {
      const verdict = await verification.verify(request, { signal });
      if (verdict.valid || verdict.code !== "UNDECIDED") return verdict;
      return new SdkError("UNAVAILABLE", verdict.message, { requestId: verdict.requestId, status: 503 });
    } catch (error) {
      // A question that is none is a mistake in the service; a signal's reason is the caller's own.
      if (!(error instanceof SdkError) || error.code === "INVALID_INPUT") throw error;
      return error;
    }
  }

  return {
    verify: async (request, { signal } = {}) => {
      signal?.throwIfAborted();
      const question = sameQuestion(request);
      if (question === undefined) return (await ask(request, signal)).verdict;
      const kept = cache.get(question);
      if (kept) return kept;
      if (!singleFlight) return (await ask(request, signal, question)).verdict;
      const { isFirst, result } = flights.join(question, (shared) => ask(request, shared, question), signal);
      const { verdict, isForAll } = await result;
      return isFirst || isForAll ? verdict : (await ask(request, signal)).verdict;
    },
  };
}

/** A refused call uses nothing up. A verdict does not tell whether an access token's uses are counted. */
function isMetered(verdict: Verdict): boolean {
  return verdict.valid && (verdict.rateLimit !== null || verdict.quota !== null || isToken(verdict));
}

function isToken({ credential }: Allowed): boolean {
  return credential.kind !== "API_KEY";
}

function undecided({ requestId = "" }: SdkError): Refused {
  const message = "No verdict could be reached just now. Ask again.";
  return { valid: false, code: "UNDECIDED", message, requestId, retryAfterSeconds: 1 };
}
