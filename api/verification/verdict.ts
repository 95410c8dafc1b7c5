import type { KnownCredential } from "./known-credential.js";
import type { ListedApi } from "./listed-api.js";

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
  USES_EXHAUSTED: [401, "The token was used as often as it may be."],
  OWNER_DISABLED: [403, "The credential's client is disabled."],
  OWNER_LOCKED: [403, "The credential's client is locked."],
  OWNER_NOT_IN_FORCE: [403, "The credential's client has not started yet, or its expiry date has passed."],
  OUTSIDE_SERVICE_TIME: [403, "It is outside of the service time of the credential's client."],
  ADDRESS_NOT_ALLOWED: [403, "The credential's client may not call from this address."],
  API_UNKNOWN: [403, "No listed API answers this call."],
  GROUP_DENIED: [403, "The credential holds no authority group that grants this call."],
  SCOPE_DENIED: [403, "The credential lacks a scope that this call demands."],
  RATE_LIMITED: [429, "The credential's client calls more often in a second than it may."],
  QUOTA_EXCEEDED: [429, "The credential's quota has no room for this call."],
  UNDECIDED: [503, "No verdict could be reached just now. Ask again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** Of calls in a second. */
export interface RateState {
  readonly limit: number;
  /** That would pass at once. */
  readonly remaining: number;
  /** Until as many as the limit would. */
  readonly resetSeconds: number;
}

export interface QuotaState {
  readonly limit: number;
  readonly remaining: number;
  /** Infinity: never. */
  readonly resetsAtMs: number;
}

/** How much is left, of what is limited. */
export interface Limits {
  readonly rate: RateState | null;
  readonly quota: QuotaState | null;
}

export interface Refusal {
  readonly code: RefusalCode;
  /** Says more than the code's own message, where there is more to say. */
  readonly message?: string;
  /** When the same call may pass, where that is known. */
  readonly retryAfterSeconds?: number;
  /** Of a credential that was recognised, when it is a limit that refuses. */
  readonly limits?: Limits;
}

/** What an allowed call is allowed as. */
export interface Grant extends Limits {
  readonly code: "VALID";
  readonly known: KnownCredential;
  readonly api: ListedApi | null;
}

export type Decision = Grant | Refusal;

export function isGrant(decision: Decision): decision is Grant {
  return decision.code === "VALID";
}

export function statusOf({ code }: Decision): number {
  return code === "VALID" ? 200 : REFUSALS[code][0];
}

export function messageOf({ code, message }: Refusal): string {
  return message ?? REFUSALS[code][1];
}

export interface Refused {
  readonly valid: false;
  readonly code: RefusalCode;
  readonly message: string;
  readonly requestId: string;
  readonly retryAfterSeconds?: number;
  /** Of a refusal by a limit, as of an allowed call. */
  readonly rateLimit?: RateState | null;
  readonly quota?: QuotaFact | null;
}

export interface QuotaFact {
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAt: string | null;
}

/** The facts that an upstream may rely on. */
export interface Allowed {
  readonly valid: true;
  readonly code: "VALID";
  readonly requestId: string;
  readonly credential: {
    readonly id: string;
    readonly kind: "API_KEY" | "ACCESS_TOKEN";
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
  readonly rateLimit: RateState | null;
  readonly quota: QuotaFact | null;
  readonly metadata: object;
}

export type Verdict = Allowed | Refused;

/** A decision in the words of the contract. */
export function verdictOf(decision: Decision, requestId: string): Verdict {
  return isGrant(decision) ? allowed(decision, requestId) : refused(decision, requestId);
}

export function refused(refusal: Refusal, requestId: string): Refused {
  const { code, retryAfterSeconds, limits } = refusal;
  return {
    valid: false,
    code,
    message: messageOf(refusal),
    requestId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(limits && { rateLimit: limits.rate, quota: quotaFact(limits.quota) }),
  };
}

function allowed({ known: { record }, api, rate, quota }: Grant, requestId: string): Allowed {
  const { client, user } = record;
  return {
    valid: true,
    code: "VALID",
    requestId,
    credential: {
      id: record.id,
      kind: record.kind,
      name: record.name,
      lookupId: record.lookupId,
      expiresAt: instantText(record.expiresAtMs),
    },
    client: client && {
      id: client.id,
      clientId: client.clientId,
      displayName: client.displayName,
      priority: client.priority,
    },
    user,
    groups: record.groupNames,
    scopes: record.scopes,
    api: api && { id: api.id, name: api.name, kind: api.kind },
    rateLimit: rate,
    quota: quotaFact(quota),
    metadata: record.metadata,
  };
}

function quotaFact(quota: QuotaState | null): QuotaFact | null {
  return quota && { limit: quota.limit, remaining: quota.remaining, resetsAt: instantText(quota.resetsAtMs) };
}

/** Null: never. */
export function instantText(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
