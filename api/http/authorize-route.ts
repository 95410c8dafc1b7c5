import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { httpStatusOf, type Verdict } from "../verification/verdict.js";
import type { Verifier } from "../verification/verifier.js";
import { callerAddressOf } from "./call-origin.js";
import { readOriginalCall } from "./original-call.js";
import { PROBLEM_TYPE } from "./problem.js";
import { readCredentials } from "./read-credentials.js";
import { identityHeaders, refusalHeaders, refusalProblem } from "./verdict-answer.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Of the call that a gateway asks about. */
    originalContentType: string | undefined;
  }
}

export interface AuthorizeRouteOptions {
  readonly verifier: Verifier;
  readonly now: () => Date;
  readonly mayAsk: (request: FastifyRequest) => Promise<void>;
  /** Whether `?api_key=` of the original call is read. */
  readonly queryCredentials: boolean;
}

/** `/v1/authorize`: answers a gateway's sub-request by status and headers. Bodies are for the upstream and not read. */
export function authorizeRoute(server: FastifyInstance, options: AuthorizeRouteOptions): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => {
      payload.resume();
      done(null);
    });
    scope.decorateRequest("originalContentType");
    scope.addHook("onRequest", async (request) => {
      // The original call's: one that is malformed is the upstream's to refuse.
      request.originalContentType = request.raw.headers["content-type"];
      delete request.raw.headers["content-type"];
    });
    for (const url of ["/v1/authorize", "/v1/authorize/*"]) {
      scope.all<{ Querystring: { fold?: string } }>(url, { onRequest: options.mayAsk }, async (request, reply) =>
        send(reply, await judge(request, options), request.query.fold === "403"),
      );
    }
  });
}

function judge(request: FastifyRequest, { verifier, now, queryCredentials }: AuthorizeRouteOptions): Promise<Verdict> {
  const api = readOriginalCall(request);
  const credentials = new Set(readCredentials(request.raw));
  if (queryCredentials && api && "path" in api && api.path !== undefined)
    for (const value of keysInQuery(api.path)) credentials.add(value);
  return verifier.verify({ credentials: [...credentials], api, address: callerAddressOf(request) }, request.id, now());
}

function send(reply: FastifyReply, verdict: Verdict, folded: boolean): FastifyReply {
  const status = httpStatusOf(verdict);
  if (verdict.valid) return reply.code(status).headers(identityHeaders(verdict)).send();
  if (folded) reply.header("x-latchkey-status", String(status));
  return reply
    .code(folded ? 403 : status)
    .headers(refusalHeaders(verdict))
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(refusalProblem(verdict, status)));
}

function keysInQuery(target: string): string[] {
  const start = target.indexOf("?");
  return start < 0 ? [] : new URLSearchParams(target.slice(start)).getAll("api_key");
}
