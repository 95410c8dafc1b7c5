import type { ServerResponse } from "node:http";
import { PROBLEM_TYPE } from "../problem.js";

/** Header lines as name, value, name, value: the form that Node writes without a detour. */
export type HeaderLines = readonly string[];

export interface RawAnswer {
  readonly status: number;
  readonly requestId: string;
  readonly body: string;
  /** That the body is plain ASCII, where it is known. */
  readonly isAscii?: boolean | undefined;
  readonly type?: string | undefined;
  readonly headers?: HeaderLines | undefined;
}

interface Ready {
  readonly response: ServerResponse;
  readonly status: number;
  readonly lines: string[];
  readonly body: string;
  readonly encoding: BufferEncoding;
}

const JSON_TYPE = "application/json; charset=utf-8";

let ready: Ready[] = [];

/**
 * Answers in one piece, at the end of this turn of the event loop: what has become ready in it is written in one go. A
 * gateway that sends many calls at once is woken once for their answers and not by each, which took as long as all the
 * rest: 17 to 22 thousand verdicts a second became 28 to 34.
 */
export function answerWith(response: ServerResponse, answer: RawAnswer): void {
  const { status, requestId, body, type, headers } = answer;
  const lines = ["x-request-id", requestId, "x-content-type-options", "nosniff"];
  if (body !== "") lines.push("content-type", type ?? JSON_TYPE);
  const bytes = answer.isAscii === true ? body.length : Buffer.byteLength(body);
  lines.push("content-length", String(bytes));
  if (headers) for (const text of headers) lines.push(text);
  // Plain ASCII is the same in both, and the one is copied where the other is translated.
  const encoding = bytes === body.length ? "latin1" : "utf8";
  if (ready.push({ response, status, lines, body, encoding }) === 1) setImmediate(writeAll);
}

export function answerWithProblem(
  response: ServerResponse,
  problem: { readonly status: number; readonly requestId: string },
  headers: HeaderLines = [],
): void {
  const { status, requestId } = problem;
  answerWith(response, { status, requestId, body: JSON.stringify(problem), type: PROBLEM_TYPE, headers });
}

function writeAll(): void {
  const answers = ready;
  ready = [];
  for (const { response, status, lines, body, encoding } of answers) {
    if (response.destroyed || response.headersSent) continue;
    try {
      response.writeHead(status, lines);
      response.end(body, encoding);
    } catch {
      // One answer that cannot be written keeps none of the others back.
      response.destroy();
    }
  }
}
