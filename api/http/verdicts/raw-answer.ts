import type { ServerResponse } from "node:http";
import { PROBLEM_TYPE } from "../problem.js";

/** Header lines as name, value, name, value: the form that Node writes without a detour. */
export type HeaderLines = readonly string[];

export interface RawAnswer {
  readonly status: number;
  readonly requestId: string;
  readonly body: string;
  readonly type?: string;
  readonly headers?: HeaderLines;
}

const JSON_TYPE = "application/json; charset=utf-8";

/** Writes an answer in one piece. */
export function answerWith(response: ServerResponse, { status, requestId, body, type, headers }: RawAnswer): void {
  if (response.writableEnded || response.destroyed) return;
  const lines = ["x-request-id", requestId, "x-content-type-options", "nosniff"];
  if (body !== "") lines.push("content-type", type ?? JSON_TYPE);
  lines.push("content-length", String(Buffer.byteLength(body)));
  if (headers) for (const text of headers) lines.push(text);
  response.writeHead(status, lines);
  response.end(body);
}

export function answerWithProblem(
  response: ServerResponse,
  problem: { readonly status: number; readonly requestId: string },
  headers: HeaderLines = [],
): void {
  const { status, requestId } = problem;
  answerWith(response, { status, requestId, body: JSON.stringify(problem), type: PROBLEM_TYPE, headers });
}
