import type { RefusalCode, Refused } from "../verdict.js";

/** How a refused call is answered, in the words of `/v1/authorize`. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A problem document (RFC 9457). */
  readonly body: string;
}

const STATUS_OF_CODE: Readonly<Partial<Record<RefusalCode, number>>> = {
  MISSING: 401,
  MALFORMED: 401,
  NOT_FOUND: 401,
  NOT_YET_EFFECTIVE: 401,
  EXPIRED: 401,
  REVOKED: 401,
  DISABLED: 401,
  ROTATED_OUT: 401,
  USES_EXHAUSTED: 401,
  RATE_LIMITED: 429,
  QUOTA_EXCEEDED: 429,
  UNDECIDED: 503,
};

const TITLES: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

export function refusalAnswer(verdict: Refused): RefusalAnswer {
  const { code, message: detail, requestId, retryAfterSeconds } = verdict;
  const status = STATUS_OF_CODE[code] ?? 403;
  const problem = {
    type: `urn:latchkey:verdict:${code}`,
    title: TITLES[status],
    status,
    detail,
    code,
    // Empty when the verdict is not Latchkey's.
    requestId: requestId === "" ? undefined : requestId,
    retryAfterSeconds,
  };
  const challenge = challengeOf(code, status);
  const headers = {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    "x-latchkey-code": code,
    ...(challenge !== undefined && { "www-authenticate": challenge }),
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    ...limitHeaders(verdict),
  };
  return { status, headers, body: JSON.stringify(problem) };
}

/** RFC 6750 section 3.1 has a word for each refusal that a new credential, or a wider one, would mend. */
function challengeOf(code: RefusalCode, status: number): string | undefined {
  if (code === "MISSING") return 'Bearer realm="latchkey"';
  if (status === 401) return 'Bearer realm="latchkey", error="invalid_token"';
  const isTooNarrow = code === "GROUP_DENIED" || code === "SCOPE_DENIED";
  return isTooNarrow ? 'Bearer realm="latchkey", error="insufficient_scope"' : undefined;
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers, version 10), where anything is limited. */
export function limitHeaders({
  rateLimit,
  quota,
}: Pick<Refused, "rateLimit" | "quota">): Readonly<Record<string, string>> {
  const policies: string[] = [];
  const states: string[] = [];
  if (rateLimit) {
    policies.push(`"tps";q=${rateLimit.limit};w=1`);
    states.push(`"tps";r=${rateLimit.remaining};t=${rateLimit.resetSeconds}`);
  }
  if (quota) {
    const { limit, remaining, resetsAt } = quota;
    policies.push(`"quota";q=${limit}`);
    const resetSeconds = resetsAt === null ? undefined : Math.ceil((Date.parse(resetsAt) - Date.now()) / 1_000);
    states.push(`"quota";r=${remaining}${resetSeconds === undefined ? "" : `;t=${Math.max(0, resetSeconds)}`}`);
  }
  if (policies.length === 0) return {};
  return { "ratelimit-policy": policies.join(", "), ratelimit: states.join(", ") };
}
