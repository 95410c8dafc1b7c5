/** Why a credential is refused, with its HTTP status and what the caller reads. The list is closed and a promise. */
export const REFUSALS = {
  MISSING: [401, "No credential was sent. Send it as X-API-Key or Authorization: Bearer."],
  MALFORMED: [401, "The credential is not one secret in its full text. Send exactly one, as it was shown."],
  NOT_FOUND: [401, "The credential is unknown."],
  NOT_YET_EFFECTIVE: [401, "The credential's effective date is still to come."],
  EXPIRED: [401, "The credential's expiry date has passed."],
  REVOKED: [401, "The credential was revoked."],
  DISABLED: [401, "The credential is disabled."],
  ROTATED_OUT: [401, "The credential was replaced by a rotation, and its grace is over. Send the new one."],
  OWNER_DISABLED: [403, "The credential's client is disabled."],
  OWNER_LOCKED: [403, "The credential's client is locked."],
  OWNER_NOT_IN_FORCE: [403, "The credential's client has not started yet, or its expiry date has passed."],
  OUTSIDE_SERVICE_TIME: [403, "It is outside of the service time of the credential's client."],
  ADDRESS_NOT_ALLOWED: [403, "The credential's client may not call from this address."],
  API_UNKNOWN: [403, "No listed API answers this call."],
  GROUP_DENIED: [403, "The credential holds no authority group that grants this call."],
  SCOPE_DENIED: [403, "The credential lacks a scope that this call demands."],
  UNDECIDED: [503, "No verdict could be reached just now. Ask again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** Says more than the code's own message, where there is more to say. */
  readonly message?: string;
  /** When the same call may pass, where that is known. */
  readonly retryAfterSeconds?: number;
}

export interface Refused {
  readonly valid: false;
  readonly code: RefusalCode;
  readonly message: string;
  readonly requestId: string;
  readonly retryAfterSeconds?: number;
}

/** The facts that an upstream may rely on. */
export interface Allowed {
  readonly valid: true;
  readonly code: "VALID";
  readonly requestId: string;
  readonly credential: {
    readonly id: string;
    readonly kind: "API_KEY";
    readonly name: string;
    readonly lookupId: string;
    readonly expiresAt: string | null;
  };
  readonly client: {
    readonly id: string;
    readonly clientId: string;
    readonly displayName: string;
    readonly priority: number;
  } | null;
  readonly user: { readonly id: string; readonly userName: string } | null;
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  readonly api: { readonly id: string; readonly name: string; readonly kind: string } | null;
  readonly rateLimit: null;
  readonly quota: null;
  readonly metadata: object;
}

export type Verdict = Allowed | Refused;

export function httpStatusOf(verdict: Verdict): number {
  return verdict.valid ? 200 : REFUSALS[verdict.code][0];
}

export function refused({ code, message, retryAfterSeconds }: Refusal, requestId: string): Refused {
  const refusal = { valid: false, code, message: message ?? REFUSALS[code][1], requestId } as const;
  return retryAfterSeconds === undefined ? refusal : { ...refusal, retryAfterSeconds };
}
