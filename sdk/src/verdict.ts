/** Why a call is refused. The list is closed. */
export type RefusalCode =
  | "MISSING"
  | "MALFORMED"
  | "NOT_FOUND"
  | "NOT_YET_EFFECTIVE"
  | "EXPIRED"
  | "REVOKED"
  | "DISABLED"
  | "ROTATED_OUT"
  | "USES_EXHAUSTED"
  | "OWNER_DISABLED"
  | "OWNER_LOCKED"
  | "OWNER_NOT_IN_FORCE"
  | "OUTSIDE_SERVICE_TIME"
  | "ADDRESS_NOT_ALLOWED"
  | "API_UNKNOWN"
  | "GROUP_DENIED"
  | "SCOPE_DENIED"
  | "RATE_LIMITED"
  | "QUOTA_EXCEEDED"
  | "UNDECIDED";

/** The call that a credential came with: `method` and `path`, or `soapAction`, or all three. */
export interface CalledApi {
  /** In upper case. Stands together with `path`. */
  readonly method?: string | undefined;
  /** A query after it is ignored. */
  readonly path?: string | undefined;
  /** The SOAP action, or the operation's name, without quotes. Beside a path it counts in a POST to a SOAP endpoint only. */
  readonly soapAction?: string | undefined;
  /** Id or `<region code>/<collection name>`; left out, all collections are searched. */
  readonly collection?: string | undefined;
}

/** What to judge. Without `api`, `groups` and `scopes` only the credential and its owner are judged. */
export interface VerifyRequest {
  /** The full text that came with the call; empty when none did. */
  readonly credential: string;
  /** The call that it came with. */
  readonly api?: CalledApi | undefined;
  /** Groups that must all be held, by name or id. Up to 100. */
  readonly groups?: readonly string[] | undefined;
  /** Scopes that must all be held. Up to 100. */
  readonly scopes?: readonly string[] | undefined;
  /** The caller's IP address. A client with host bindings is refused without it. */
  readonly address?: string | undefined;
  /** What the call takes from quotas, 1 to 1,000,000; 1 if left out. Of the calls in a second it is one. */
  readonly cost?: number | undefined;
  /** Adds `checks` to the answer: every check with its outcome. Nothing is used up then. */
  readonly explain?: boolean | undefined;
  /** Your own reference for the call, 1 to 128 characters; the server's log has it beside the verdict, at level debug. */
  readonly transactionRef?: string | undefined;
}

/** How many calls in a second may pass, how many would at once, and in how many seconds all would again. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** How much may pass in a period, and how much is left of it. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** ISO 8601, null: never. */
  readonly resetsAt: string | null;
}

/** The call may pass; the facts are for your own code to rely on. */
export interface Allowed {
  readonly valid: true;
  readonly code: "VALID";
  readonly requestId: string;
  readonly credential: {
    readonly id: string;
    readonly kind: "API_KEY" | "ACCESS_TOKEN";
    readonly name: string;
    /** The public part of the secret. */
    readonly lookupId: string;
    /** ISO 8601, null: never. */
    readonly expiresAt: string | null;
  };
  /** The owner, of a client's key. */
  readonly client: {
    readonly id: string;
    readonly clientId: string;
    readonly displayName: string;
    /** 0 (highest) to 9. */
    readonly priority: number;
  } | null;
  /** The owner, of a user's key. */
  readonly user: { readonly id: string; readonly userName: string } | null;
  /** Names of the authority groups that it holds. */
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  /** The API that the call is, where a call was named. */
  readonly api: { readonly id: string; readonly name: string; readonly kind: string } | null;
  /** Calls in a second, of the client on the node that was asked; null: without limit. */
  readonly rateLimit: RateLimit | null;
  /** The quota that is nearest to its end; null: without limit. */
  readonly quota: Quota | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The call may not pass. */
export interface Refused {
  readonly valid: false;
  readonly code: RefusalCode;
  /** The reason in words. */
  readonly message: string;
  readonly requestId: string;
  /** After how many seconds the same call may pass, where that is known. */
  readonly retryAfterSeconds?: number;
  /** Of a refusal by a limit: the calls in a second, as of an allowed call. */
  readonly rateLimit?: RateLimit | null;
  /** Of a refusal by a limit: the quota, as of an allowed call. */
  readonly quota?: Quota | null;
}

/** What one check says of a call. */
export interface ExplainedCheck {
  readonly name: string;
  /** `NOT_REACHED`: the credential was not recognised, or no verdict can be reached. */
  readonly outcome: "PASSED" | "REFUSED" | "NOT_REACHED";
  /** Of a refusal: the verdict's code if this check is the first to refuse. */
  readonly code: RefusalCode | null;
  readonly message: string | null;
}

/** The answer to a {@link VerifyRequest}. A refusal is an answer, not an error. */
export type Verdict = (Allowed | Refused) & {
  /** Of a request with `explain`: all checks, in their order. */
  readonly checks?: readonly ExplainedCheck[];
};
