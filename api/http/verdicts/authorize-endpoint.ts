import { type Decision, isGrant, statusOf } from "../../verification/verdict.js";
import { PROBLEM_TYPE } from "../problem.js";
import { credentialIn } from "./called-credential.js";
import { identityHeaders } from "./identity-headers.js";
import { readOriginalCall } from "./original-call.js";
import { rateLimitHeaders } from "./rate-limit-headers.js";
import { refusalHeaders, refusalProblem } from "./refusal-answer.js";
import type { VerdictCall } from "./verdict-call.js";
import type { VerdictEndpointOptions } from "./verdict-endpoints.js";

const NO_KEYS: readonly string[] = [];

/** `/v1/authorize`: answers a gateway's sub-request by status and headers. Bodies are for the upstream and not read. */
export function answerAuthorize(call: VerdictCall, options: VerdictEndpointOptions): void {
  const { headers, request } = call;
  const { askers, verifier, now, queryCredentials } = options;
  const api = readOriginalCall(request.method ?? "GET", request.url ?? "/", headers);
  const inQuery = queryCredentials && api && "path" in api ? keysInQuery(api.path ?? "") : NO_KEYS;
  const credential = credentialIn(headers, inQuery);
  const nowMs = now();
  const { transactionRef } = headers;
  const demand = { credential, api, address: askers.callerAddress(request, headers), transactionRef };
  call.settle(verifier.verify(demand, call.requestId, nowMs), (decision) => {
    options.onVerdict?.(call, decision, transactionRef);
    answer(call, decision, nowMs);
  });
}

function answer(call: VerdictCall, decision: Decision, nowMs: number): void {
  const status = statusOf(decision);
  if (isGrant(decision)) {
    const identity = identityHeaders(decision.known);
    const limits = rateLimitHeaders(decision, nowMs);
    call.answer({ status, body: "", headers: limits.length === 0 ? identity : [...identity, ...limits] });
    return;
  }
  const folded = isFolded(call.request.url ?? "");
  const lines = [...refusalHeaders(decision), ...(decision.limits ? rateLimitHeaders(decision.limits, nowMs) : [])];
  if (folded) lines.push("x-latchkey-status", String(status));
  const body = JSON.stringify(refusalProblem(decision, status, call.requestId));
  call.answer({ status: folded ? 403 : status, body, headers: lines, type: PROBLEM_TYPE });
}

function isFolded(url: string): boolean {
  return /[?&]fold=403(?:&|$)/.test(url);
}

function keysInQuery(target: string): readonly string[] {
  const start = target.indexOf("?");
  return start < 0 ? NO_KEYS : new URLSearchParams(target.slice(start)).getAll("api_key");
}
