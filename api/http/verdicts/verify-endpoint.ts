import { andThen } from "../../verification/and-then.js";
import type { Demand } from "../../verification/demand.js";
import { type Decision, statusOf } from "../../verification/verdict.js";
import { credentialIn } from "./called-credential.js";
import type { VerdictCall } from "./verdict-call.js";
import type { VerdictEndpointOptions } from "./verdict-endpoints.js";
import { isAsciiJson, verdictJson } from "./verdict-json.js";
import { asVerifyBatchRequest, asVerifyRequest, type VerifyRequest } from "./verify-request.js";

/** `POST /v1/verify`: one verdict, with 200 whether it allows or refuses. */
export function answerVerify(call: VerdictCall, body: unknown, options: VerdictEndpointOptions): void {
  const request = asVerifyRequest(body);
  const demand = demandOf(request, credentialIn(call.headers, [request.credential]));
  if (request.explain === true) {
    call.settle(options.explainer.explain(demand, { nowMs: options.now() }), ({ decision, checks }) => {
      const verdict = verdictJson(decision, call.requestId);
      answerOne(call, decision, `${verdict.slice(0, -1)},"checks":${JSON.stringify(checks)}}`, false);
    });
    return;
  }
  call.settle(options.verifier.verify(demand, call.requestId, options.now()), (decision) => {
    options.onVerdict?.(call, decision, request.transactionRef);
    answerOne(call, decision, verdictJson(decision, call.requestId), isAsciiJson(decision));
  });
}

function answerOne(call: VerdictCall, decision: Decision, body: string, isAscii: boolean): void {
  if (decision.code === "UNDECIDED") call.answer({ status: statusOf(decision), body, headers: ["retry-after", "1"] });
  else call.answer({ status: 200, body, isAscii });
}

/** `POST /v1/verify/batch`: up to 100, each of which names its credential itself: one in a header would count for all. */
export function answerVerifyBatch(call: VerdictCall, body: unknown, options: VerdictEndpointOptions): void {
  const { requests } = asVerifyBatchRequest(body);
  const verdicts = requests.map(async (request) => verdictIn(call, request, options));
  call.settle(Promise.all(verdicts), (all) => call.answer({ status: 200, body: `{"verdicts":[${all.join(",")}]}` }));
}

function verdictIn(
  call: VerdictCall,
  request: VerifyRequest,
  { verifier, explainer, now, onVerdict }: VerdictEndpointOptions,
): string | Promise<string> {
  const demand = demandOf(request, request.credential === "" ? undefined : request.credential);
  if (request.explain === true) {
    return explainer.explain(demand, { nowMs: now() }).then(({ decision, checks }) => {
      return `${verdictJson(decision, call.requestId).slice(0, -1)},"checks":${JSON.stringify(checks)}}`;
    });
  }
  return andThen(verifier.verify(demand, call.requestId, now()), (decision) => {
    onVerdict?.(call, decision, request.transactionRef);
    return verdictJson(decision, call.requestId);
  });
}

function demandOf(request: VerifyRequest, credential: Demand["credential"]): Demand {
  const { api, groups, scopes, address, cost, transactionRef } = request;
  return { credential, api, groups, scopes, address, cost, transactionRef };
}
