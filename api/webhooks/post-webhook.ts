import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Reachable } from "./public-address.js";

/** Name, connection, and the head of the answer, all together. */
const POST_MS_MAX = 10_000;
const ANSWER_HEAD_BYTES_MAX = 16_384;

/**
 * The status of the answer. Nothing else of it is read: the body could be without end, or of somebody who should not be
 * reached. Redirects are not followed.
 */
export async function postWebhook(
  reachable: Reachable,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number> {
  let sent: http.ClientRequest | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The receiver does not answer in time.")), POST_MS_MAX);
  });
  try {
    const addresses = await Promise.race([reachable.addressesOf(url), late]);
    const { request } = url.protocol === "https:" ? https : http;
    const lookup: LookupFunction = (_host, { all }, answer) => {
      const [first] = addresses;
      if (all) answer(null, [...addresses]);
      else answer(null, first?.address ?? "", first?.family);
    };
    sent = request(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "Latchkey",
        ...headers,
      },
      // A connection of its own: one that is kept could have been made to somebody else.
      agent: false,
      lookup,
      maxHeaderSize: ANSWER_HEAD_BYTES_MAX,
    });
    return await Promise.race([statusOf(sent, body), late]);
  } finally {
    clearTimeout(timer);
    sent?.destroy();
  }
}

function statusOf(sent: http.ClientRequest, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    sent.on("response", ({ statusCode = 0 }) => resolve(statusCode));
    sent.on("error", reject);
    sent.end(body);
  });
}
