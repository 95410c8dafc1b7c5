import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "../../errors.js";
import type { Explainer } from "../../verification/explainer.js";
import { timeOrderedId } from "../../verification/time-ordered-id.js";
import type { Decision } from "../../verification/verdict.js";
import type { Verifier } from "../../verification/verifier.js";
import type { Askers } from "./asker.js";
import { answerAuthorize } from "./authorize-endpoint.js";
import { callHeadersReader } from "./call-headers.js";
import { readJson } from "./read-body.js";
import { VerdictCall } from "./verdict-call.js";
import { answerVerify, answerVerifyBatch } from "./verify-endpoint.js";

export interface VerdictEndpointOptions {
  readonly verifier: Verifier;
  readonly explainer: Explainer;
  readonly askers: Askers;
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: () => number;
  /** In lower case. */
  readonly apiKeyHeader: string;
  /** Whether `?api_key=` of the original call is read. */
  readonly queryCredentials: boolean;
  /** Told of every verdict, where somebody wants to know. */
  readonly onVerdict?:
    | ((call: VerdictCall, decision: Decision, transactionRef: string | undefined) => void)
    | undefined;
  readonly onAnswered: (call: VerdictCall, status: number) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

type Route = "/v1/verify" | "/v1/verify/batch" | "/v1/authorize" | "/v1/authorize/*";

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * The endpoints that are asked on every call of others. They stand before the framework, on Node's own server: a router and
 * hooks would cost more than the verdict. False: the request is for somebody else.
 */
export function verdictEndpoints(
  options: VerdictEndpointOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { askers, onAnswered, onError } = options;
  const readHeaders = callHeadersReader(options.apiKeyHeader);

  function answer(call: VerdictCall, route: Route): void {
    if (route === "/v1/authorize" || route === "/v1/authorize/*") {
      answerAuthorize(call, options);
      return;
    }
    const take = route === "/v1/verify" ? answerVerify : answerVerifyBatch;
    const fail = (error: unknown): void => call.fail(error);
    readJson(
      call.request,
      call.headers,
      (body) => {
        try {
          take(call, body, options);
        } catch (error) {
          fail(error);
        }
      },
      fail,
    );
  }

  return (request, response) => {
    const route = routeOf(request);
    if (!route) return false;
    const headers = readHeaders(request.rawHeaders);
    const { requestId: given } = headers;
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : timeOrderedId(Date.now());
    const call = new VerdictCall(request, response, headers, requestId, route, onAnswered, onError);
    try {
      const admitted = askers.admits(request, headers, options.now());
      if (admitted === true) answer(call, route);
      else call.settle(admitted, (is) => (is ? answer(call, route) : call.fail(mayNotAsk())));
    } catch (error) {
      call.fail(error);
    }
    return true;
  };
}

function mayNotAsk(): ApiError {
  return new ApiError(
    "FORBIDDEN",
    "Verdicts are given to the networks of VERIFY_NETWORKS, and to whoever sends one gateway key in force as X-Latchkey-Gateway-Key.",
  );
}

function routeOf({ url = "", method }: IncomingMessage): Route | undefined {
  if (!url.startsWith("/v1/")) return undefined;
  const path = url.includes("?") ? url.slice(0, url.indexOf("?")) : url;
  if (method === "POST" && (path === "/v1/verify" || path === "/v1/verify/batch")) return path;
  if (path === "/v1/authorize") return path;
  return path.startsWith("/v1/authorize/") ? "/v1/authorize/*" : undefined;
}
