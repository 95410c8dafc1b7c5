import { isUnavailable } from "../database/unavailable.js";
import { ApiError } from "../errors.js";
import { PasswordsBusy } from "../secrets/passwords.js";

/** RFC 6749 sections 4.1.2.1 and 5.2. RFC 7009 and 7662 use the same. */
const STATUSES = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof STATUSES;

export interface OAuthErrorOptions {
  readonly status?: number;
  readonly cause?: unknown;
  /** When it makes sense to ask again. */
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What `error_description` may hold: neither a quote nor a backslash, nor anything beyond ASCII. */
const UNFIT = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

/** A refusal in the standard's form. Code and description are for the caller. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly description: string;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: OAuthErrorCode,
    description: string,
    { status, cause, retryAfterSeconds, headers = {} }: OAuthErrorOptions = {},
  ) {
    const fit = description.replace(UNFIT, "?");
    super(fit, { cause });
    this.description = fit;
    this.status = status ?? STATUSES[code];
    this.retryAfterSeconds = retryAfterSeconds;
    this.headers = headers;
  }

  /** As the body of an answer, or the parameters of a redirect. */
  toJSON(): { readonly error: OAuthErrorCode; readonly error_description: string } {
    return { error: this.code, error_description: this.description };
  }
}

export function invalidRequest(description: string): OAuthError {
  return new OAuthError("invalid_request", description);
}

/** Whatever has ended a request, in the standard's words. Of a bug nothing is told. */
export function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof PasswordsBusy) return tryAgain(error.message, error);
  if (error instanceof ApiError && error.code === "UNAVAILABLE") return tryAgain(error.message, error);
  if (error instanceof ApiError && error.code === "INVALID_INPUT") return invalidRequest(error.message);
  if (isUnavailable(error)) return tryAgain("The database cannot be reached just now. Try again.", error);
  return new OAuthError("server_error", "Something went wrong here. The log has it under this answer's X-Request-Id.", {
    cause: error,
  });
}

function tryAgain(description: string, cause: unknown): OAuthError {
  return new OAuthError("temporarily_unavailable", description, { cause, retryAfterSeconds: 1 });
}
