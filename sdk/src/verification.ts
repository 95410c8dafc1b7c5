import type { CallOptions } from "./options.js";
import { type FieldProblem, SdkError, type SdkErrorCode } from "./sdk-error.js";
import type { Answer, Transport } from "./transport.js";
import type { Verdict, VerifyRequest } from "./verdict.js";

interface Problem {
  readonly code?: SdkErrorCode;
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
}

/** Asks for verdicts over `POST /v1/verify`, as gateways and services do. */
export class Verification {
  constructor(private readonly transport: Transport) {}

  async verify(request: VerifyRequest, options: CallOptions = {}): Promise<Verdict> {
    const ask = { path: "/v1/verify", body: request, repeat: "AFTER_ANSWER" } as const;
    const answer = await this.transport.send(ask, options);
    // UNDECIDED comes with 503 and is a verdict all the same.
    return "valid" in recordOf(answer) ? (answer.body as Verdict) : refuse(answer);
  }

  async verifyBatch(requests: readonly VerifyRequest[], options: CallOptions = {}): Promise<readonly Verdict[]> {
    const ask = { path: "/v1/verify/batch", body: { requests }, repeat: "AFTER_ANSWER" } as const;
    const answer = await this.transport.send(ask, options);
    return "verdicts" in recordOf(answer) ? (answer.body as { verdicts: Verdict[] }).verdicts : refuse(answer);
  }
}

function recordOf({ body }: Answer): object {
  return typeof body === "object" && body !== null ? body : {};
}

function refuse(answer: Answer): never {
  const { status, requestId } = answer;
  const { code = "BAD_ANSWER", detail, errors = [] }: Problem = recordOf(answer);
  throw new SdkError(code, detail ?? `The answer, status ${status}, is no verdict.`, {
    fields: errors,
    requestId,
    status,
  });
}
