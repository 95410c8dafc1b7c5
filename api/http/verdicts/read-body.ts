import type { IncomingMessage } from "node:http";
import type { CallHeaders } from "./call-headers.js";

export const BODY_BYTES_MAX = 1_048_576;

/** The caller's own mistake, in the words that the framework has for it. */
function mistake(statusCode: number, code: string): Error {
  return Object.assign(new Error(code), { statusCode, code });
}

/**
 * Reads a body as JSON, and calls back with what it holds: an empty object where there is none. `fail` is told of a body
 * that is too large, of another type or no JSON. A caller that goes away midway is owed nothing.
 */
export function readJson(
  request: IncomingMessage,
  { contentType, contentLength, transferEncoding }: CallHeaders,
  take: (body: unknown) => void,
  fail: (error: Error) => void,
): void {
  const hasBody = transferEncoding !== undefined || (contentLength !== undefined && contentLength !== "0");
  if (!hasBody) {
    take({});
    return;
  }
  if (contentType === undefined || !/^application\/json\s*(?:;|$)/i.test(contentType)) {
    fail(mistake(415, "FST_ERR_CTP_INVALID_MEDIA_TYPE"));
    return;
  }
  if (Number(contentLength) > BODY_BYTES_MAX) {
    fail(mistake(413, "FST_ERR_CTP_BODY_TOO_LARGE"));
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  });
  request.on("end", () => {
    if (bytes > BODY_BYTES_MAX) {
      fail(mistake(413, "FST_ERR_CTP_BODY_TOO_LARGE"));
      return;
    }
    let body: unknown;
    try {
      body = JSON.parse((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString());
    } catch {
      fail(mistake(400, "FST_ERR_CTP_INVALID_JSON_BODY"));
      return;
    }
    take(body);
  });
}
