import type { Limits } from "../../verification/verdict.js";
import type { HeaderLines } from "./raw-answer.js";

const NONE: HeaderLines = [];

/**
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers, version 10): what the limits are, how much of each is
 * left, and in how many seconds it is full again. `tps` is the client's on one node, `quota` the tightest of its quotas.
 */
export function rateLimitHeaders({ rate, quota }: Limits, nowMs: number): HeaderLines {
  if (!rate && !quota) return NONE;
  const policies: string[] = [];
  const states: string[] = [];
  if (rate) {
    policies.push(`"tps";q=${rate.limit};w=1`);
    states.push(`"tps";r=${rate.remaining};t=${rate.resetSeconds}`);
  }
  if (quota) {
    const { limit, remaining, resetsAtMs } = quota;
    policies.push(`"quota";q=${limit}`);
    const t = Number.isFinite(resetsAtMs) ? `;t=${Math.max(0, Math.ceil((resetsAtMs - nowMs) / 1_000))}` : "";
    states.push(`"quota";r=${remaining}${t}`);
  }
  return ["ratelimit-policy", policies.join(", "), "ratelimit", states.join(", ")];
}
