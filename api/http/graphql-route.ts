import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "../errors.js";
import type { Context } from "../graphql/context.js";
import { type Claim, withClaim } from "../idempotency/claim.js";
import { readClaim } from "../idempotency/read-claim.js";
import { originOf } from "./call-origin.js";
import { callerOf } from "./caller.js";
import { bodyTooLarge, largeBodies } from "./large-bodies.js";
import { explainError } from "./problem.js";
import type { ShedSignIns } from "./shed-sign-ins.js";
import { type SubscriptionStreamOptions, subscriptionStream } from "./subscription-stream.js";
import { BODY_BYTES_MAX } from "./verdicts/read-body.js";

/** Of those who import documents into the catalogue: 10 MiB, with most of it escaped in JSON. */
const LARGE_BODY_BYTES_MAX = 24 * 2 ** 20;

/** Far more than the tokens that an operation may have. */
const QUERY_LENGTH_MAX = 100_000;

/** The operations that check passwords of strangers. */
const CHECKS_PASSWORD = /\b(?:signIn|generateToken)\b/;

declare module "fastify" {
  interface FastifyRequest {
    /** Of a GraphQL request: what its resolvers are handed. */
    graphqlContext: Context;
  }
}

export interface GraphqlRouteOptions extends SubscriptionStreamOptions {
  readonly apollo: ApolloServer<Context>;
  /** Turns sign-ins away while too many wait. */
  readonly shedSignIns: ShedSignIns;
}

/**
 * `POST /graphql`: one operation as JSON. A subscription is answered with a stream of events, asked for with
 * `Accept: text/event-stream`. Whatever is wrong with the request, the answer has the shape of GraphQL.
 */
export function graphqlRoute(server: FastifyInstance, options: GraphqlRouteOptions): void {
  const { apollo, createLoaders, now, availability, shedSignIns } = options;
  const stream = subscriptionStream(options);
  server.register(async (scope) => {
    scope.setErrorHandler(sendGraphqlError);
    scope.decorateRequest("graphqlContext");
    scope.addHook(
      "preParsing",
      largeBodies({
        bytesMax: BODY_BYTES_MAX,
        admit: async (request) => {
          const actor = await callerOf(request, originOf(request, now()), options);
          if (!actor?.permissions.has("catalogue:write")) throw bodyTooLarge();
        },
      }),
    );
    scope.addHook("preValidation", async (request, reply) => {
      refuseUnservedRequest(request);
      await shedSignIns(() => CHECKS_PASSWORD.test((request.body as { readonly query: string }).query));
      const origin = originOf(request, now());
      const actor = await availability.run(() => callerOf(request, origin, options), reply.elapsedTime);
      request.graphqlContext = { ...origin, actor, loaders: createLoaders() };
    });
    const handle = fastifyApolloHandler(apollo, { context: async (request: FastifyRequest) => request.graphqlContext });
    scope.post("/graphql", { bodyLimit: LARGE_BODY_BYTES_MAX }, (request, reply) =>
      request.headers.accept?.includes("text/event-stream")
        ? stream(request, reply)
        : availability.run(
            async () => withClaim(claimOf(request), async () => handle.call(scope, request, reply)),
            reply.elapsedTime,
          ),
    );
    scope.route({
      method: ["GET", "HEAD", "PUT", "PATCH", "DELETE"],
      url: "/graphql",
      onRequest: async (_request, reply) => {
        reply.header("allow", "POST");
        throw Object.assign(new Error("Send the operation as JSON with POST."), { statusCode: 405 });
      },
      handler: () => undefined,
    });
  });
}

function claimOf({ headers, body, graphqlContext }: FastifyRequest): Claim | undefined {
  const { actor, now } = graphqlContext;
  return readClaim({ header: headers["idempotency-key"], actor, body: body as object, now });
}

function refuseUnservedRequest({ body, headers }: FastifyRequest): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw Object.assign(new Error("The charset must be utf-8."), { statusCode: 415 });
  }
  const problem = problemOf(body);
  if (problem) throw new ApiError("INVALID_INPUT", problem);
}

function problemOf(body: unknown): string | undefined {
  if (Array.isArray(body)) return "Batches are not served: send one operation in one request.";
  if (typeof body !== "object" || body === null)
    return 'The body must be a JSON object such as {"query": "{ me { name } }"}.';
  const { query, variables, operationName, extensions } = body as Record<string, unknown>;
  if (typeof query !== "string" || query.trim() === "") {
    return "The body must have a `query`, a text with the operation. Persisted queries are not served.";
  }
  if (query.length > QUERY_LENGTH_MAX) return `The \`query\` must have at most ${QUERY_LENGTH_MAX} characters.`;
  if (!isObjectOrAbsent(variables)) return "`variables` must be an object.";
  if (!isObjectOrAbsent(extensions)) return "`extensions` must be an object.";
  if (operationName != null && typeof operationName !== "string") return "`operationName` must be a text.";
  if (extensions != null && "persistedQuery" in extensions) return "Persisted queries are not served.";
  return undefined;
}

function isObjectOrAbsent(value: unknown): value is object | null | undefined {
  return value == null || (typeof value === "object" && !Array.isArray(value));
}

function sendGraphqlError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, refusal } = explainError(error);
  if (status >= 500) request.log.error({ err: error }, "failed");
  else request.log.info({ code: refusal.code, detail: refusal.detail }, "refused");
  if (refusal.retryAfterSeconds !== undefined) reply.header("retry-after", refusal.retryAfterSeconds);
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="latchkey"');
  const { code, fields } = refusal;
  const extensions = fields.length > 0 ? { code, fields } : { code };
  const answer = { errors: [{ message: refusal.message, extensions }] };
  return reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(answer));
}
