import type { KnownCredential } from "../../verification/known-credential.js";
import {
  type Decision,
  type Grant,
  instantText,
  isGrant,
  type QuotaState,
  type RateState,
  refused,
  verdictOf,
} from "../../verification/verdict.js";

/** Whether a verdict's JSON is known to be plain ASCII, of which every letter is one byte: nobody needs to count them. */
export function isAsciiJson(decision: Decision): boolean {
  return isGrant(decision) && decision.known.isJsonAscii && (decision.api === null || decision.api.isJsonAscii);
}

/** A verdict as JSON. What the answers about one credential have in common is put into words once. */
export function verdictJson(decision: Decision, requestId: string): string {
  if (!isGrant(decision)) return JSON.stringify(refused(decision, requestId));
  const { known, api, rate, quota } = decision;
  if (known.jsonHead === undefined) putIntoWords(known, decision);
  const limits = `,"rateLimit":${rateJson(rate)},"quota":${quotaJson(quota)}`;
  // A request id needs no escaping.
  return `{"valid":true,"code":"VALID","requestId":"${requestId}",${known.jsonHead}${api ? api.json : "null"}${limits}${known.jsonTail}`;
}

function putIntoWords(known: KnownCredential, grant: Grant): void {
  const {
    valid: _,
    code: __,
    requestId: ___,
    api: ____,
    rateLimit: _5,
    quota: _6,
    metadata,
    ...facts
  } = {
    ...verdictOf(grant, ""),
  } as Extract<ReturnType<typeof verdictOf>, { valid: true }>;
  known.jsonHead = `${JSON.stringify(facts).slice(1, -1)},"api":`;
  known.jsonTail = `,"metadata":${JSON.stringify(metadata)}}`;
  known.isJsonAscii = isAscii(known.jsonHead) && isAscii(known.jsonTail);
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

function rateJson(rate: RateState | null): string {
  return rate ? `{"limit":${rate.limit},"remaining":${rate.remaining},"resetSeconds":${rate.resetSeconds}}` : "null";
}

function quotaJson(quota: QuotaState | null): string {
  if (!quota) return "null";
  const resetsAt = instantText(quota.resetsAtMs);
  return `{"limit":${quota.limit},"remaining":${quota.remaining},"resetsAt":${resetsAt === null ? "null" : `"${resetsAt}"`}}`;
}
