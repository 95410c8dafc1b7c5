/** How to reach one Latchkey, and as whom. */
export interface LatchkeyOptions {
  /** Where Latchkey is reached, such as `https://latchkey.example.com`. A path before `/graphql` is kept. */
  readonly url: string;
  /** A session token, or a user's API key. `signIn` sets it too. Asking for verdicts needs none. */
  readonly credential?: string | undefined;
  /** A gateway key, which `verify` and `verifyBatch` send where this machine is not in `VERIFY_NETWORKS`. */
  readonly gatewayKey?: string | undefined;
  /** Takes the place of the global `fetch`. It must heed the `signal` that it is given. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one attempt may take, in milliseconds. Default 10,000. What took too long is not repeated. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is repeated after a passing failure. Default 2; 0 switches it off. */
  readonly retries?: number | undefined;
}

/** What every method takes last. */
export interface CallOptions {
  /** Gives the call up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long one attempt of this call may take, in milliseconds; left out, what the client was made with. */
  readonly timeoutMs?: number | undefined;
  /**
   * The `Idempotency-Key` of a change, 1 to 255 visible ASCII characters; left out, a new one for each call. Give your own
   * to send a change again later, within a day: it is done once, and answered as it was then. Refusals are not kept.
   */
  readonly idempotencyKey?: string | undefined;
  /** Your own reference for the call, 1 to 128 visible ASCII characters; the audit keeps it. */
  readonly transactionRef?: string | undefined;
}
