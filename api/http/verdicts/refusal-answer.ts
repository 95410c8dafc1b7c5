import { messageOf, type Refusal, type RefusalCode } from "../../verification/verdict.js";
import { type Problem, titleOf } from "../problem.js";
import type { HeaderLines } from "./raw-answer.js";

/** RFC 6750 section 3.1 has a word for each refusal that a new credential, or a wider one, would mend. */
const CHALLENGES: Readonly<Partial<Record<RefusalCode, string>>> = {
  MISSING: 'Bearer realm="latchkey"',
  MALFORMED: 'Bearer realm="latchkey", error="invalid_token"',
  NOT_FOUND: 'Bearer realm="latchkey", error="invalid_token"',
  NOT_YET_EFFECTIVE: 'Bearer realm="latchkey", error="invalid_token"',
  EXPIRED: 'Bearer realm="latchkey", error="invalid_token"',
  REVOKED: 'Bearer realm="latchkey", error="invalid_token"',
  DISABLED: 'Bearer realm="latchkey", error="invalid_token"',
  ROTATED_OUT: 'Bearer realm="latchkey", error="invalid_token"',
  USES_EXHAUSTED: 'Bearer realm="latchkey", error="invalid_token"',
  GROUP_DENIED: 'Bearer realm="latchkey", error="insufficient_scope"',
  SCOPE_DENIED: 'Bearer realm="latchkey", error="insufficient_scope"',
};

export function refusalHeaders({ code, retryAfterSeconds }: Refusal): HeaderLines {
  const lines = ["x-latchkey-code", code];
  const challenge = CHALLENGES[code];
  if (challenge !== undefined) lines.push("www-authenticate", challenge);
  if (retryAfterSeconds !== undefined) lines.push("retry-after", String(retryAfterSeconds));
  return lines;
}

export function refusalProblem(refusal: Refusal, status: number, requestId: string): Problem {
  const { code, retryAfterSeconds } = refusal;
  const type = `urn:latchkey:verdict:${code}`;
  const problem = { type, title: titleOf(status), status, detail: messageOf(refusal), code, requestId };
  return retryAfterSeconds === undefined ? problem : { ...problem, retryAfterSeconds };
}
