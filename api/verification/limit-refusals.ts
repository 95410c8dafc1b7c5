import type { KnownCredential } from "./known-credential.js";
import type { Meter } from "./metering/meter.js";
import type { Receipt } from "./metering/order.js";
import { instantText, type RateState, REFUSALS, type Refusal } from "./verdict.js";

/** Null: without limit. */
export function rateOf({ bucket, record: { client } }: KnownCredential, nowMs: number): RateState | null {
  if (!client || !bucket || client.tpsPerNode === 0) return null;
  const { tpsPerNode: limit } = client;
  return { limit, remaining: bucket.remaining(limit, nowMs), resetSeconds: bucket.fullInSeconds(limit) };
}

export function rateLimited(known: KnownCredential, nowMs: number): Refusal {
  return {
    code: "RATE_LIMITED",
    message: `The credential's client may call ${known.record.client?.tpsPerNode} times in a second.`,
    retryAfterSeconds: 1,
    limits: { rate: rateOf(known, nowMs), quota: null },
  };
}

/** Of a call that was not granted: its token's uses have ended, or a quota has no room for it. */
export function limitReached(
  meter: Meter,
  known: KnownCredential,
  receipt: Pick<Receipt, "used" | "startsMs">,
  { cost, nowMs }: { readonly cost: number; readonly nowMs: number },
): Refusal {
  const { record } = known;
  if (meter.isUsedUp(record, receipt)) return { code: "USES_EXHAUSTED" };
  const quota = meter.tightest(record, receipt, nowMs);
  const endMs = meter.exhausted(record, receipt, cost, nowMs)?.endMs ?? quota?.resetsAtMs ?? Number.POSITIVE_INFINITY;
  const resetsAt = instantText(endMs);
  const refusal = { code: "QUOTA_EXCEEDED", limits: { rate: rateOf(known, nowMs), quota } } as const;
  if (resetsAt === null) return { ...refusal, message: `${REFUSALS.QUOTA_EXCEEDED[1]} It is never filled again.` };
  return {
    ...refusal,
    message: `${REFUSALS.QUOTA_EXCEEDED[1]} It is filled again at ${resetsAt}.`,
    retryAfterSeconds: Math.max(1, Math.ceil((endMs - nowMs) / 1_000)),
  };
}
