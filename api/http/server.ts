import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { compile } from "@fastify/proxy-addr";
import fastify, { type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import { newId } from "../database/new-id.js";
import { sendProblem } from "./problem.js";
import { BODY_BYTES_MAX } from "./verdicts/read-body.js";

/** Longer than proxies keep theirs, so that they close first. */
const KEEP_ALIVE_MS = 72_000;

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

export interface ServerOptions {
  /** Asked first about every request; true: it answers. */
  readonly answersFirst: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly logger: Logger;
  readonly trustedProxies: readonly string[];
}

/** The HTTP server without a route: request ids, the caller's address, limits, and errors as problem documents. */
export function createServer({ answersFirst, logger, trustedProxies }: ServerOptions): FastifyInstance {
  const server = fastify({
    serverFactory: (handler) =>
      createHttpServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
        if (!answersFirst(request, response)) handler(request, response);
      }),
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
    if (request.url.startsWith("/health/")) request.log.debug(facts, "answered");
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

/** Without the query, which may carry a credential. */
function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}
