import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { type GraphQLSchema, Kind } from "graphql";
import type { Call } from "../access/call.js";
import type { KeptAnswers } from "../idempotency/kept-answers.js";
import { awaitNodes } from "./await-nodes.js";
import { asRequestError, checkRequest } from "./check-request.js";
import type { Context } from "./context.js";
import { limitRules, noSubscriptions, TOKENS_MAX } from "./document-limits.js";
import { formatError, isRequestError, refusalOf } from "./format-error.js";
import { replayAnswers } from "./replay-answers.js";

/** Told of every error that an answer carries: a refusal with its detail, or a bug with its stack. */
export type OnError = (error: unknown, about: { requestId: string; operation: string | null; bug: boolean }) => void;

/** Told of a mutation that its caller may not run. The answer waits until it is done. */
export type OnForbidden = (call: Call, mutation: string) => Promise<void>;

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly publicIntrospection: boolean;
  readonly onError: OnError;
  readonly onForbidden: OnForbidden;
  readonly keptAnswers: KeptAnswers;
  /** Resolves when every node is bound by what was committed. */
  readonly everywhere: () => Promise<void>;
}

export function createApollo({
  schema,
  publicIntrospection,
  onError,
  onForbidden,
  keptAnswers,
  everywhere,
}: ApolloOptions): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    formatError,
    validationRules: [noSubscriptions, ...limitRules],
    parseOptions: { maxTokens: TOKENS_MAX },
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    nodeEnv: "production",
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      checkRequests(publicIntrospection),
      replayAnswers(keptAnswers, onError),
      reportErrors(onError),
      reportForbidden(onForbidden),
      answerOverload(),
      awaitNodes(everywhere),
    ],
  });
}

function checkRequests(publicIntrospection: boolean): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operationName, contextValue }) => {
        try {
          const read = { document, operationName, variables: request.variables ?? {} };
          checkRequest(schema, read, contextValue, publicIntrospection);
        } catch (error) {
          throw asRequestError(error);
        }
      },
    }),
  };
}

function reportErrors(onError: OnError): ApolloServerPlugin<Context> {
  return {
    unexpectedErrorProcessingRequest: async ({ error, requestContext: { contextValue, request } }) => {
      const operation = request.operationName ?? null;
      onError(error, { requestId: contextValue.requestId, operation, bug: true });
    },
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue, operationName }) => {
        const about = { requestId: contextValue.requestId, operation: operationName ?? null };
        for (const error of errors) {
          const refusal = refusalOf(error);
          if (refusal) onError(refusal, { ...about, bug: false });
          else onError(error.originalError ?? error, { ...about, bug: !isRequestError(error) });
        }
      },
    }),
  };
}

function reportForbidden(onForbidden: OnForbidden): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, operation, contextValue }) => {
        const { actor } = contextValue;
        if (operation?.operation !== "mutation" || !actor) return;
        for (const error of errors) {
          const [field] = error.nodes ?? [];
          // A field below a mutation is read, not run.
          if (refusalOf(error)?.code !== "FORBIDDEN" || error.path?.length !== 1 || field?.kind !== Kind.FIELD)
            continue;
          await onForbidden({ ...contextValue, actor }, field.name.value);
        }
      },
    }),
  };
}

/** A request that met a limit of the server answers 429 as a whole, so that proxies and clients slow down by themselves. */
function answerOverload(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ errors = [], response }) => {
        const limited = errors.map(refusalOf).find((refusal) => refusal?.code === "RATE_LIMITED");
        if (!limited) return;
        response.http.status = 429;
        response.http.headers.set("retry-after", String(limited.retryAfterSeconds ?? 1));
      },
    }),
  };
}
