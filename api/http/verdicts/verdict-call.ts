import type { IncomingMessage, ServerResponse } from "node:http";
import { problemOf } from "../problem.js";
import type { CallHeaders } from "./call-headers.js";
import { answerWith, answerWithProblem, type RawAnswer } from "./raw-answer.js";

/** A request for a verdict, from its headers to its answer. */
export class VerdictCall {
  readonly startedAtMs = performance.now();

  constructor(
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly headers: CallHeaders,
    readonly requestId: string,
    /** As it is declared, for the metrics. */
    readonly route: string,
    private readonly onAnswered: (call: VerdictCall, status: number) => void,
    private readonly onError: (error: unknown, requestId: string) => void,
  ) {}

  answer(answer: Omit<RawAnswer, "requestId">): void {
    const { requestId } = this;
    const { status, body, isAscii, type, headers } = answer;
    answerWith(this.response, { status, requestId, body, isAscii, type, headers });
    this.onAnswered(this, status);
  }

  /** What went wrong, as a problem document. */
  fail(error: unknown): void {
    const problem = problemOf(error, this.requestId);
    if (problem.status >= 500) this.onError(error, this.requestId);
    answerWithProblem(this.response, problem, problem.status === 503 ? ["retry-after", "1"] : []);
    this.onAnswered(this, problem.status);
  }

  /** Goes on at once with what is there, and later with what is promised. */
  settle<T>(value: T | Promise<T>, goOn: (value: T) => void): void {
    if (value instanceof Promise) value.then(goOn).catch((error: unknown) => this.fail(error));
    else goOn(value);
  }
}
