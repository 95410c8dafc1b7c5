export interface LatchkeyOptions {
  /** Where Latchkey is reached, such as `https://latchkey.example.com`. A path before `/graphql` is kept. */
  readonly url: string;
  /** A session token, or a user's API key. `signIn` sets it too. Asking for verdicts needs none. */
  readonly credential?: string;
  /** Takes the place of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** How long one attempt may take, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** How often a call that is safe to repeat is repeated. Default 2; 0 switches it off. */
  readonly retries?: number;
}

export interface CallOptions {
  /** Gives the call up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Your own reference for the call, 1 to 128 visible ASCII characters; the audit keeps it. */
  readonly transactionRef?: string;
}
