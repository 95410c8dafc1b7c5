import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import { ApiError } from "../errors.js";
import type { Context } from "./context.js";
import { refuseCostlyDocument } from "./document-limits.js";
import { refuseIntrospection, refuseUnstorableValues } from "./refuse-request.js";
import { refuseUnfitVariables } from "./refuse-unfit-variables.js";

/** An operation as it was sent, with its document read. */
export interface ReadRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

/** Judges what depends on variables and caller, and so cannot be part of the cached validation of a document. */
export function checkRequest(
  schema: GraphQLSchema,
  { document, operationName, variables }: ReadRequest,
  { actor }: Pick<Context, "actor">,
  publicIntrospection: boolean,
): void {
  refuseUnfitVariables(schema, document, operationName, variables);
  refuseUnstorableValues(variables, document);
  if (!publicIntrospection && !actor) refuseIntrospection(document);
  refuseCostlyDocument(schema, document, variables, operationName ?? undefined);
}

/** A request refused as a whole answers 4xx; a refusal of one operation stands in a 200 answer beside the others. */
export function asRequestError(error: unknown): unknown {
  if (error instanceof GraphQLError) return badRequest(new ApiError("INVALID_INPUT", error.message));
  return error instanceof ApiError ? badRequest(error) : error;
}

function badRequest(refusal: ApiError): GraphQLError {
  const http = { status: refusal.code === "UNAUTHENTICATED" ? 401 : 400 };
  return new GraphQLError(refusal.message, { originalError: refusal, extensions: { code: refusal.code, http } });
}
