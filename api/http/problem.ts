import type { FastifyReply, FastifyRequest } from "fastify";
import { isUnavailable } from "../database/unavailable.js";
import { ApiError, type ErrorCode, type FieldProblem, unavailable } from "../errors.js";

/** A problem document (RFC 9457) with the code of the error, or of the refusal, beside it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
}

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

const STATUS_OF_CODE: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** The framework's words, said with the remedy. */
const REMEDIES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "Send the body as application/json.",
  FST_ERR_CTP_EMPTY_JSON_BODY: "Send a JSON body.",
  FST_ERR_CTP_INVALID_JSON_BODY: "The body is no valid JSON.",
  FST_ERR_CTP_BODY_TOO_LARGE:
    "The body must have at most 1 MiB; 24 MiB from who may import documents into the catalogue.",
};

/** What an error that ended a request says to the caller. The caller's own mistakes keep their 4xx status. */
export function explainError(error: unknown): { status: number; refusal: ApiError } {
  if (error instanceof ApiError) return { status: STATUS_OF_CODE[error.code], refusal: error };
  if (isUnavailable(error)) return { status: 503, refusal: unavailable(error) };
  const { statusCode: status, code, message = "" } = error as { statusCode?: number; code?: string; message?: string };
  if (status === undefined || status >= 500) {
    const refusal = new ApiError(
      "INTERNAL",
      "Something went wrong here. The log has it under this answer's X-Request-Id.",
    );
    return { status: 500, refusal };
  }
  const fields = fieldsOf(error);
  const inWords = fields.map((field) => `${field.path}: ${field.message}`).join("; ");
  const text = inWords || (REMEDIES[code ?? ""] ?? message);
  return { status, refusal: new ApiError(status === 404 ? "NOT_FOUND" : "INVALID_INPUT", text, { fields }) };
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status >= 500) request.log.error({ err: error }, "failed");
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

export function problemOf(error: unknown, requestId: string): Problem {
  const { status, refusal } = explainError(error);
  return {
    type: `urn:latchkey:error:${refusal.code}`,
    title: titleOf(status),
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId,
    ...(refusal.fields.length > 0 && { errors: refusal.fields }),
  };
}

export function titleOf(status: number): string {
  return TITLES[status] ?? "Error";
}

/** The places that ajv found fault with, as dotted paths. */
function fieldsOf(error: unknown): FieldProblem[] {
  const { validation } = error as { validation?: readonly AjvProblem[] };
  // That a branch was taken is told beside what is wrong in it.
  return (validation ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map(({ instancePath, params, message }) => {
      const name = params?.missingProperty ?? params?.additionalProperty;
      const path = [...instancePath.split("/").slice(1), ...(name === undefined ? [] : [name])].join(".");
      const unknown = params?.additionalProperty !== undefined;
      const text = params?.format === undefined ? message : `must be a valid ${params.format}`;
      return { path: path === "" ? "body" : path, message: unknown ? "is not a known field" : (text ?? "is invalid") };
    });
}

interface AjvProblem {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params?: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly format?: string;
  };
  readonly message?: string;
}
