import type { ValidationError } from "class-validator";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { isUnavailable } from "../database/unavailable.js";
import { ApiError, invalidInput, unavailable } from "../errors.js";
import { PasswordsBusy } from "../secrets/passwords.js";
import { withoutSecrets } from "../secrets/secret-format.js";
import { problemsOf } from "./validation-problems.js";

export const INTERNAL_MESSAGE = "Something went wrong here. The log has it under this answer's X-Request-Id.";

/**
 * What a caller reads of an error: message, code and fields; no stack, no SQL, no name of anything inside. It may quote
 * the request, and so a secret that stands in the wrong place of it: those are cut.
 */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const position = { ...(locations && { locations }), ...(path && { path }) };
  const refusal = refusalOf(thrown);
  if (refusal) return { message: withoutSecrets(refusal.message), ...position, extensions: extensionsOf(refusal) };
  if (isRequestError(formatted)) {
    const message = withoutSecrets(formatted.message);
    const fields = [{ path: "document", message }];
    return { message, ...position, extensions: { code: "INVALID_INPUT", fields } };
  }
  return { message: INTERNAL_MESSAGE, ...position, extensions: { code: "INTERNAL" } };
}

/** The refusal that stands behind an error, if it is one. Anything else is the request's fault or a bug. */
export function refusalOf(thrown: unknown): ApiError | undefined {
  const error = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  if (error instanceof ApiError) return error;
  if (error instanceof ArgumentValidationError) return fromValidation(error.extensions.validationErrors);
  if (error instanceof PasswordsBusy) {
    const { message, retryAfterSeconds } = error;
    return new ApiError("RATE_LIMITED", message, { retryAfterSeconds });
  }
  if (isUnavailable(error)) return unavailable(error);
  return undefined;
}

/** Codes that Apollo gives to requests that never reached a resolver. */
const REQUEST_ERRORS = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

export function isRequestError({ extensions }: Pick<GraphQLFormattedError, "extensions">): boolean {
  return REQUEST_ERRORS.has(String(extensions?.["code"]));
}

function extensionsOf({ code, fields }: ApiError): Record<string, unknown> {
  if (fields.length === 0) return { code };
  return {
    code,
    fields: fields.map(({ path, message }) => ({ path: withoutSecrets(path), message: withoutSecrets(message) })),
  };
}

function fromValidation(errors: readonly ValidationError[]): ApiError {
  const [first, ...rest] = errors.flatMap((error) => problemsOf(error));
  return first ? invalidInput(first, ...rest) : new ApiError("INVALID_INPUT", "The input is invalid.");
}
