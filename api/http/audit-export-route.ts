import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Actor } from "../access/actor.js";
import { refuseWithout } from "../access/refuse-without.js";
import type { Availability } from "../database/availability.js";
import { ApiError } from "../errors.js";
import { originOf } from "./call-origin.js";
import { type CallerOptions, callerOf } from "./caller.js";
import { sendProblem } from "./problem.js";

export interface AuditExportRouteOptions extends CallerOptions {
  readonly now: () => Date;
  readonly availability: Availability;
  /** Throws what is wrong with the query. Lines come as they are read. */
  readonly exportEvents: (query: URLSearchParams) => AsyncIterable<string>;
}

/**
 * `GET /v1/audit/events.ndjson`: one event a line. A failure midway destroys the connection before the last chunk is
 * sent, so that the reader sees an incomplete transfer and never a shorter export.
 */
export function auditExportRoute(
  server: FastifyInstance,
  { now, availability, exportEvents, ...caller }: AuditExportRouteOptions,
): void {
  const open = new Set<Readable>();
  // Of a reader that is slow: the process does not wait for it.
  server.addHook("preClose", async () => {
    for (const stream of open) stream.destroy(new Error("The server stops."));
  });

  server.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      if (error instanceof ApiError && error.code === "UNAUTHENTICATED") {
        reply.header("www-authenticate", 'Bearer realm="latchkey"');
      }
      return sendProblem(error, request, reply);
    });
    scope.get("/v1/audit/events.ndjson", { exposeHeadRoute: false }, async (request, reply) => {
      const origin = originOf(request, now());
      refuseUnlessReader(await availability.run(() => callerOf(request, origin, caller), reply.elapsedTime));
      const lines = exportEvents(new URL(request.url, "http://localhost").searchParams);
      // The first lines are read before the answer begins: what fails until then is told by a status.
      const stream = Readable.from(await begun(lines), { objectMode: false, highWaterMark: 64 * 1024 });
      open.add(stream);
      stream.once("close", () => open.delete(stream));
      stream.once("error", (error) => request.log.error({ err: error }, "export broken off"));
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", 'attachment; filename="audit-events.ndjson"')
        .send(stream);
    });
  });
}

function refuseUnlessReader(actor: Actor | null): void {
  if (!actor) throw new ApiError("UNAUTHENTICATED", "Sign in first, or send a user's API key as X-API-Key or Bearer.");
  if (actor.passwordChangeRequired) {
    throw new ApiError("FORBIDDEN", "Change the password first, with changePassword: somebody else has set it.");
  }
  refuseWithout(actor, "audit:read");
}

async function begun(lines: AsyncIterable<string>): Promise<AsyncGenerator<string>> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
