import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Availability } from "../database/availability.js";
import { asOAuthError, invalidRequest, OAuthError } from "../oauth/oauth-error.js";
import type { OAuthRequest } from "../oauth/oauth-request.js";
import { FORM_BYTES_MAX } from "../oauth/parameters.js";
import { originOf } from "./call-origin.js";

const JSON_TYPE = "application/json; charset=utf-8";
const NO_BODY = Buffer.alloc(0);

/** An endpoint that programs send forms to. */
interface FormEndpoint {
  answer(request: OAuthRequest): Promise<object>;
}

export interface OAuthRoutesOptions {
  readonly token: FormEndpoint;
  readonly introspection: FormEndpoint;
  readonly revocation: FormEndpoint;
  /** Of RFC 8414. */
  readonly metadata: () => object;
  readonly now: () => Date;
  readonly availability: Availability;
}

/** The endpoints of OAuth 2.0 that programs ask. Whatever is wrong, the answer has the standard's form. */
export function oauthRoutes(server: FastifyInstance, options: OAuthRoutesOptions): void {
  const { now, availability } = options;
  server.register(async (scope) => {
    scope.setErrorHandler(sendOAuthError);
    // What kind of body it must be, and is not, is for the endpoint to say.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: FORM_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    );
    const forms = [
      ["/oauth/token", options.token],
      ["/oauth/introspect", options.introspection],
      ["/oauth/revoke", options.revocation],
    ] as const;
    for (const [url, endpoint] of forms) {
      scope.post(url, async (request, reply) => {
        const asked = requestOf(request, now());
        const answer = await availability.run(() => endpoint.answer(asked), reply.elapsedTime);
        return send(reply, 200, answer);
      });
      refuseOtherMethods(scope, url, ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"], "POST");
    }
    const metadataUrl = "/.well-known/oauth-authorization-server";
    scope.get(metadataUrl, async (_request, reply) => reply.type(JSON_TYPE).send(JSON.stringify(options.metadata())));
    refuseOtherMethods(scope, metadataUrl, ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"], "GET, HEAD");
  });
}

function refuseOtherMethods(scope: FastifyInstance, url: string, methods: string[], allow: string): void {
  scope.route({
    method: methods,
    url,
    onRequest: async () => {
      throw new OAuthError("invalid_request", `Use ${allow}.`, { status: 405, headers: { allow } });
    },
    handler: () => undefined,
  });
}

function requestOf(request: FastifyRequest, now: Date): OAuthRequest {
  const { headers, body, raw } = request;
  return {
    origin: originOf(request, now),
    authorization: linesOf(raw.rawHeaders, "authorization"),
    gatewayKeys: linesOf(raw.rawHeaders, "x-latchkey-gateway-key"),
    contentType: headers["content-type"],
    body: Buffer.isBuffer(body) ? body : NO_BODY,
  };
}

function linesOf(rawHeaders: readonly string[], name: string): string[] {
  const lines: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) lines.push(rawHeaders[index + 1] ?? "");
  }
  return lines;
}

function sendOAuthError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = framework(thrown) ?? asOAuthError(thrown);
  if (error.status >= 500) request.log.error({ err: error.cause ?? error }, "failed");
  else request.log.info({ code: error.code, reason: error.description }, "refused");
  if (error.retryAfterSeconds !== undefined) reply.header("retry-after", error.retryAfterSeconds);
  return send(reply.headers(error.headers), error.status, error);
}

/** What the framework itself refuses: a body that is too large, or that breaks off. */
function framework(thrown: unknown): OAuthError | undefined {
  const { statusCode: status, code } = thrown as { readonly statusCode?: number; readonly code?: string };
  if (status === undefined || status < 400 || status >= 500) return undefined;
  if (code !== "FST_ERR_CTP_BODY_TOO_LARGE") return invalidRequest("The request cannot be read.");
  return new OAuthError("invalid_request", `The body must have at most ${FORM_BYTES_MAX} bytes.`, { status });
}

/** RFC 6749 section 5.1: what tokens are in, or were refused, is nowhere kept. */
function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  reply.header("cache-control", "no-store").header("pragma", "no-cache");
  return reply.code(status).type(JSON_TYPE).send(JSON.stringify(body));
}
