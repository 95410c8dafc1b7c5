import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { ApiError, invalidInput } from "../errors.js";
import type { Context } from "./context.js";
import { limitRules, refuseCostlyDocument, TOKENS_MAX } from "./document-limits.js";
import { formatError, isRequestError, refusalOf } from "./format-error.js";
import { refuseIntrospection, refuseUnstorableValues } from "./refuse-request.js";
import { variableProblem } from "./variable-problem.js";

/** Told of every error that an answer carries: a refusal with its detail, or a bug with its stack. */
export type OnError = (error: unknown, about: { requestId: string; operation: string | null; bug: boolean }) => void;

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly publicIntrospection: boolean;
  readonly onError: OnError;
}

export function createApollo({ schema, publicIntrospection, onError }: ApolloOptions): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    formatError,
    validationRules: limitRules,
    parseOptions: { maxTokens: TOKENS_MAX },
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    nodeEnv: "production",
    plugins: [ApolloServerPluginLandingPageDisabled(), checkRequests(publicIntrospection), reportErrors(onError)],
  });
}

/** Judges what depends on variables and caller, and so cannot be part of the cached validation of a document. */
function checkRequests(publicIntrospection: boolean): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operationName, contextValue }) => {
        try {
          refuseUnstorableValues(request.variables, document);
          if (!publicIntrospection && !contextValue.actor) refuseIntrospection(document);
          refuseCostlyDocument(schema, document, request.variables ?? {}, operationName ?? undefined);
        } catch (error) {
          throw asRequestError(error);
        }
      },
    }),
  };
}

/** A request refused as a whole answers 4xx; a refusal of one operation stands in a 200 answer beside the others. */
function asRequestError(error: unknown): unknown {
  if (error instanceof ApiError) return badRequest(error);
  if (!(error instanceof GraphQLError)) return error;
  const problem = variableProblem(error);
  return badRequest(problem ? invalidInput(problem) : new ApiError("INVALID_INPUT", error.message));
}

function badRequest(refusal: ApiError): GraphQLError {
  const http = { status: refusal.code === "UNAUTHENTICATED" ? 401 : 400 };
  return new GraphQLError(refusal.message, { originalError: refusal, extensions: { code: refusal.code, http } });
}

function reportErrors(onError: OnError): ApolloServerPlugin<Context> {
  return {
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
