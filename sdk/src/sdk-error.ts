const SERVER_ERROR_CODES = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "INTERNAL",
] as const;

/** What the server promises to say of a refused operation. */
export type ServerErrorCode = (typeof SERVER_ERROR_CODES)[number];

export function isServerErrorCode(code: unknown): code is ServerErrorCode {
  return (SERVER_ERROR_CODES as readonly unknown[]).includes(code);
}

/**
 * The server's codes, and what may go wrong on the way: `NETWORK` (no answer), `TIMEOUT` (none in time), and
 * `BAD_ANSWER` (something that is not Latchkey answered).
 */
export type SdkErrorCode = ServerErrorCode | "NETWORK" | "TIMEOUT" | "BAD_ANSWER";

/** One input field that stands in the way. */
export interface FieldProblem {
  /** Dotted and relative to the operation's input, such as `groupIds.0`. */
  readonly path: string;
  readonly message: string;
}

/** What an {@link SdkError} knows beside its code and message. */
export interface SdkErrorFacts {
  readonly fields?: readonly FieldProblem[];
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/** The one error that the SDK throws. Branch on `code`; `message` is for people. It never holds a secret. */
export class SdkError extends Error {
  override readonly name = "SdkError";
  /** The input fields that stand in the way, of `INVALID_INPUT` and `CONFLICT`; else empty. */
  readonly fields: readonly FieldProblem[];
  /** The `X-Request-Id` under which the server's log and audit know the call. */
  readonly requestId: string | undefined;
  /** The HTTP status, when there was an answer. Most refused GraphQL operations have 200. */
  readonly status: number | undefined;

  constructor(
    readonly code: SdkErrorCode,
    message: string,
    { fields = [], requestId, status, cause }: SdkErrorFacts = {},
  ) {
    super(message, { cause });
    this.fields = fields;
    this.requestId = requestId;
    this.status = status;
  }
}

/** Refuses what could not even be sent, as the server would refuse it. */
export function invalidInput(path: string, message: string): SdkError {
  return new SdkError("INVALID_INPUT", `${path}: ${message}`, { fields: [{ path, message }] });
}
