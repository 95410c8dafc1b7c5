import { isIP } from "node:net";
import { compile } from "@fastify/proxy-addr";
import fastify, { type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import { newId } from "../database/new-id.js";
import { sendProblem } from "./problem.js";

export const BODY_BYTES_MAX = 1_048_576;

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

export interface ServerOptions {
  readonly logger: Logger;
  readonly trustedProxies: readonly string[];
}

/** The HTTP server without a route: request ids, the caller's address, limits, and errors as problem documents. */
export function createServer({ logger, trustedProxies }: ServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: compile([...trustedProxies]),
    // Idle connections are closed when the server stops; those with a request in flight get their answer.
    forceCloseConnections: "idle",
    requestIdHeader: false,
    genReqId: ({ headers }) => {
      const given = headers["x-request-id"];
      return typeof given === "string" && REQUEST_ID.test(given) ? given : newId(new Date());
    },
    // Of a URL that cannot be read.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // Bodies are taken as they are: a number is no text, and an unknown field is a mistake to be told.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, formats: { "IP address": isAddress } } },
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 8_192 },
  }) as unknown as FastifyInstance;

  server.removeContentTypeParser("text/plain");

  server.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
  });
  server.addHook("onResponse", async (request, reply) => {
    const { method } = request;
    const facts = { method, path: pathOf(request.url), status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    // A gateway asks thousands of times a second: its lines are there for who wants them.
    if (request.url.startsWith("/v1/") || request.url.startsWith("/health/")) request.log.debug(facts, "answered");
    else request.log.info(facts, "answered");
  });
  server.addHook("preClose", async () => {
    // Idle connections are closed by now. One with a request in flight would be kept alive for over a minute after it.
    server.server.keepAliveTimeout = 1;
  });
  server.setErrorHandler(sendProblem);
  server.setNotFoundHandler((request, reply) =>
    sendProblem(
      { statusCode: 404, message: `There is nothing at ${request.method} ${pathOf(request.url)}.` },
      request,
      reply,
    ),
  );
  return server;
}

function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Without the query, which may carry a credential. */
function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}
