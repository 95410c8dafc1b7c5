/** The call that a verdict is asked about: by method and path, by SOAP action, or by both. */
export interface CalledApi {
  readonly method?: string | undefined;
  /** Path of the original call; a query or fragment after it is ignored. Stands together with the method. */
  readonly path?: string | undefined;
  /** The action, or the operation's name, without quotes. */
  readonly soapAction?: string | undefined;
  /** Id or `<region code>/<collection name>`; left out, all collections are searched. */
  readonly collection?: string | undefined;
}

/** A call that cannot be told for sure: no API answers it. */
export interface UnclearCall {
  readonly problem: string;
}

/** The credentials found in a call. One is text; none is MISSING, and more than one is MALFORMED. */
export type Credentials = string | undefined | { readonly problem: string };

/** What is asked: is this credential allowed, here and now, for this? */
export interface Demand {
  readonly credential: Credentials;
  readonly api?: CalledApi | UnclearCall | undefined;
  /** Groups that must all be held, by name or id. */
  readonly groups?: readonly string[] | undefined;
  /** Scopes that must all be held. */
  readonly scopes?: readonly string[] | undefined;
  /** The caller's address: judged by the host bindings of the client, and kept with the credential's last access. */
  readonly address?: string | null | undefined;
  /** What the call takes from quotas; 1 unless told. */
  readonly cost?: number | undefined;
  /** The reference of whoever asks. Nothing is judged by it: it is kept with the call, to find it by. */
  readonly transactionRef?: string | null | undefined;
}

export const COST_MAX = 1_000_000;
