import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Availability } from "../database/availability.js";
import type { AuthorizationEndpoint, BrowserAnswer } from "../oauth/authorization/authorization-endpoint.js";
import { explainProblem, ForeignForm } from "../oauth/authorization/explain-problem.js";
import { FORM_BYTES_MAX } from "../oauth/parameters.js";
import { originOf } from "./call-origin.js";
import type { ShedSignIns } from "./shed-sign-ins.js";

export interface AuthorizationRouteOptions {
  readonly endpoint: AuthorizationEndpoint;
  readonly now: () => Date;
  readonly availability: Availability;
  /** Under which browsers know this server. */
  readonly publicUrl: () => string;
  /** Turns sign-ins away while too many wait. */
  readonly shedSignIns: ShedSignIns;
}

const PATH = "/oauth/authorize";

/** The pages that users sign in and consent on. Whatever happens, the answer is for a person to read. */
export function authorizationRoute(server: FastifyInstance, options: AuthorizationRouteOptions): void {
  const { endpoint, now, availability, publicUrl, shedSignIns } = options;
  const answerWith = async (reply: FastifyReply, work: () => Promise<BrowserAnswer>): Promise<FastifyReply> =>
    send(reply, await availability.run(work, reply.elapsedTime));

  server.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      const answer = explainProblem(error, { requestId: request.id, retryUrl: queryOf(request.url) });
      if (answer.status >= 500) request.log.error({ err: error }, "failed");
      else request.log.info({ status: answer.status, reason: (error as Error).message }, "refused");
      return send(reply, answer);
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.addHook("onRequest", async (request) => {
      if (request.method === "POST" && isForeign(request, publicUrl())) throw new ForeignForm();
    });

    scope.get(PATH, (request, reply) => answerWith(reply, () => endpoint.show(callOf(request, now()))));
    scope.post(PATH, { bodyLimit: FORM_BYTES_MAX }, async (request, reply) => {
      const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
      await shedSignIns(() => body.includes("action=sign-in"));
      const form = { contentType: request.headers["content-type"], body };
      return answerWith(reply, () => endpoint.take(callOf(request, now()), form));
    });
    scope.route({
      method: ["PUT", "PATCH", "DELETE", "OPTIONS"],
      url: PATH,
      onRequest: async (_request, reply) => {
        reply.header("allow", "GET, HEAD, POST");
        throw Object.assign(new Error("This page is opened with GET, and its forms are sent with POST."), {
          statusCode: 405,
        });
      },
      handler: () => undefined,
    });
  });
}

function callOf(request: FastifyRequest, now: Date) {
  return { url: request.url, cookies: request.headers.cookie, origin: originOf(request, now) };
}

function send(reply: FastifyReply, { status, headers, setCookies = [], body }: BrowserAnswer): FastifyReply {
  if (setCookies.length > 0) reply.header("set-cookie", [...setCookies]);
  return reply.code(status).headers(headers).send(body);
}

/**
 * Browsers say where a form was sent from. Under the pages' own referrer policy the `Origin` is `null`, which says nothing
 * (Fetch standard, "append a request Origin header"): then the form's token judges, and cookies that do not travel from other sites.
 */
function isForeign({ headers, host }: FastifyRequest, publicUrl: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return true;
  const { origin } = headers;
  if (origin === undefined || origin === "null") return false;
  return !URL.canParse(origin) || ![host, new URL(publicUrl).host].includes(new URL(origin).host);
}

function queryOf(url: string): string | undefined {
  const start = url.indexOf("?");
  return start < 0 ? undefined : url.slice(start);
}
