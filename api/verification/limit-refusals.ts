import type { KnownCredential } from "./known-credential.js";
import type { Meter } from "./metering/meter.js";
import type { Receipt } from "./metering/order.js";
import { instantText, type RateState, REFUSALS, type Refusal } from "./verdict.js";

export function rateLimited({ bucket, record: { client } }: KnownCredential, nowMs: number): Refusal {
  const limit = client?.tpsPerNode ?? 0;
  const remaining = bucket?.remaining(limit, nowMs) ?? 0;
  return {
    code: "RATE_LIMITED",
    message: `The credential's client may call ${limit} times in a second.`,
    retryAfterSeconds: 1,
    limits: { rate: { limit, remaining, resetSeconds: bucket?.fullInSeconds(limit) ?? 1 }, quota: null },
  };
}

export function quotaExceeded(
  meter: Meter,
  { record }: KnownCredential,
  receipt: Pick<Receipt, "used" | "startsMs">,
  { cost, nowMs, rate }: { readonly cost: number; readonly nowMs: number; readonly rate: RateState | null },
): Refusal {
  const quota = meter.tightest(record, receipt, nowMs);
  const endMs = meter.exhausted(record, receipt, cost, nowMs)?.endMs ?? quota.resetsAtMs;
  const resetsAt = instantText(endMs);
  const refusal = { code: "QUOTA_EXCEEDED", limits: { rate, quota } } as const;
  if (resetsAt === null) return { ...refusal, message: `${REFUSALS.QUOTA_EXCEEDED[1]} It is never filled again.` };
  return {
    ...refusal,
    message: `${REFUSALS.QUOTA_EXCEEDED[1]} It is filled again at ${resetsAt}.`,
    retryAfterSeconds: Math.max(1, Math.ceil((endMs - nowMs) / 1_000)),
  };
}
