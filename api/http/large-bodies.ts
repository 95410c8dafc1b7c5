import { Readable } from "node:stream";
import type { FastifyRequest, preParsingAsyncHookHandler } from "fastify";

export interface LargeBodyOptions {
  /** What everybody may send. */
  readonly bytesMax: number;
  /** Throws unless the caller may send more; asked before anything beyond has been read. */
  readonly admit: (request: FastifyRequest) => Promise<void>;
}

/**
 * Lets only those who may send bodies beyond the ordinary limit. The route's own `bodyLimit` is the limit for them.
 * A body that does not tell its length is counted as it comes.
 */
export function largeBodies({ bytesMax, admit }: LargeBodyOptions): preParsingAsyncHookHandler {
  return async (request, _reply, payload) => {
    const length = request.headers["content-length"];
    if (length === undefined)
      return Readable.from(
        counted(payload, bytesMax, () => admit(request)),
        { objectMode: false },
      );
    if (Number(length) > bytesMax) await admit(request);
    return payload;
  };
}

async function* counted(
  payload: AsyncIterable<Buffer>,
  bytesMax: number,
  admit: () => Promise<void>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of payload) {
    const ordinary = bytes <= bytesMax;
    bytes += chunk.length;
    if (ordinary && bytes > bytesMax) await admit();
    yield chunk;
  }
}

/** What the framework itself says of a body beyond its limit. */
export function bodyTooLarge(): Error {
  return Object.assign(new Error("The body is too large."), { statusCode: 413, code: "FST_ERR_CTP_BODY_TOO_LARGE" });
}
