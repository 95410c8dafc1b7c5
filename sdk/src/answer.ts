import { type FieldProblem, isServerErrorCode, SdkError, type SdkErrorCode } from "./sdk-error.js";

/** An answer to a call. */
export interface Answer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: string | null;
  /** Read as JSON; undefined when it is none. */
  readonly body: unknown;
}

export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const requestId = headers.get("x-request-id") ?? undefined;
  return { status, requestId, retryAfter: headers.get("retry-after"), body: parse(await response.text()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text, which may hold a secret.
    return undefined;
  }
}

/** The body as an object to look into, whatever it is. */
export function fieldsIn({ body }: Answer): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** A verdict's codes share names with the codes of errors, and mean the judged call, not the one that asked. */
export function isVerdict(answer: Answer): boolean {
  return typeof fieldsIn(answer)["valid"] === "boolean";
}

/** What the server says of a call that it refused: a problem document, or the first error of a GraphQL answer. */
export function refusalIn(answer: Answer): SdkError | undefined {
  const { code, detail, errors } = fieldsIn(answer);
  if (isServerErrorCode(code)) return refusal(answer, code, detail, errors);
  if (!Array.isArray(errors)) return undefined;
  const [error] = errors as readonly ({
    message?: unknown;
    extensions?: { code?: unknown; fields?: unknown };
  } | null)[];
  const { code: graphqlCode, fields } = error?.extensions ?? {};
  return isServerErrorCode(graphqlCode) ? refusal(answer, graphqlCode, error?.message, fields) : undefined;
}

/** For an answer that is not Latchkey's: a proxy says that it could not reach Latchkey, or the address is wrong. */
export function strangeAnswer({ status, requestId }: Answer): SdkError {
  const code = CODE_OF_STATUS[status] ?? "BAD_ANSWER";
  return new SdkError(code, `The answer, status ${status}, is not Latchkey's.`, { status, requestId });
}

const CODE_OF_STATUS: Readonly<Record<number, SdkErrorCode>> = {
  429: "RATE_LIMITED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "UNAVAILABLE",
};

function refusal({ status, requestId }: Answer, code: SdkErrorCode, message: unknown, fields: unknown): SdkError {
  return new SdkError(code, typeof message === "string" ? message : code, {
    fields: Array.isArray(fields) ? (fields as FieldProblem[]) : [],
    requestId,
    status,
  });
}
