/** The codes a refused operation may carry in `extensions.code`. The list is closed and a promise to callers. */
export const ERROR_CODES = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One input field that stands in the way. `path` is dotted and relative to the operation's `input`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

export interface ApiErrorOptions {
  readonly fields?: readonly FieldProblem[];
  /** For the log only: never reaches the caller. */
  readonly detail?: string;
  readonly cause?: unknown;
  /** When it makes sense to ask again: `Retry-After` of the answer. */
  readonly retryAfterSeconds?: number;
}

/**
 * A refusal the caller may see: `code`, `message` and `fields` are public and stable, `detail` goes to the log.
 * Anything else that is thrown is a bug and reaches the caller as INTERNAL.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly fields: readonly FieldProblem[];
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ApiErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.fields = options.fields ?? [];
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Absent and somebody else's give this one answer, so that nobody learns what exists by asking. */
export function notFound(thing: string, detail?: string): ApiError {
  return new ApiError("NOT_FOUND", `No such ${thing}.`, detail === undefined ? {} : { detail });
}

export function unavailable(cause: unknown): ApiError {
  return new ApiError("UNAVAILABLE", "The database cannot be reached just now. Try again.", {
    cause,
    retryAfterSeconds: 1,
  });
}

export function invalidInput(...fields: [FieldProblem, ...FieldProblem[]]): ApiError {
  const message = fields.map((field) => `${field.path}: ${field.message}`).join("; ");
  return new ApiError("INVALID_INPUT", message, { fields });
}

export function conflict(path: string, message: string): ApiError {
  return new ApiError("CONFLICT", `${path}: ${message}`, { fields: [{ path, message }] });
}
