import type { FastifyRequest } from "fastify";
import { linesOf, type NodeHead } from "./middleware/called-credential.js";
import { judgeBy } from "./middleware/judge.js";
import type { ProtectOptions } from "./middleware/options.js";
import type { Allowed } from "./verdict.js";

export type { Demands, ProtectOptions } from "./middleware/options.js";
export type { Allowed } from "./verdict.js";
export { createVerifier, type OnUnavailable, type Verifier, type VerifierOptions } from "./verifier.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls and what they may do, on routes that `protect` guards. */
    latchkey?: Allowed | undefined;
  }
}

/** What is used of Fastify's request. */
export interface ProtectedFastifyRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly ip: string;
  readonly raw: NodeHead;
  latchkey?: Allowed | undefined;
}

/** What is used of Fastify's reply. */
export interface ProtectedFastifyReply {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(body: string): unknown;
}

/**
 * A hook (`onRequest`, also `preHandler`) that lets only those calls pass which Latchkey allows, with the verdict in
 * `request.latchkey`. Others are answered with 401, 403, 429 or 503 and a problem document. The path that is judged is
 * `originalUrl`, without its query.
 */
export function protect(options: ProtectOptions<FastifyRequest>) {
  const judge = judgeBy(options);
  // Any request will do: those of routes with types of their own are not assignable to Fastify's plain one.
  return async (request: ProtectedFastifyRequest, reply: ProtectedFastifyReply): Promise<unknown> => {
    const { method, originalUrl: target, ip: address, raw } = request;
    const outcome = await judge({ method, target, headers: [...linesOf(raw)], address }, request as FastifyRequest);
    reply.headers({ ...outcome.headers });
    if (outcome.verdict) {
      request.latchkey = outcome.verdict;
      return undefined;
    }
    reply.code(outcome.status);
    return reply.send(outcome.body);
  };
}
