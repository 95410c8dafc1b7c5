import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Proxies close what is silent for longer. */
const SIGN_OF_LIFE_MS = 12_000;
/** Who takes nothing for so long is not listening. */
const STALLED_MS = 30_000;

/**
 * Writes events as they come (GraphQL over Server-Sent Events, distinct connections mode: each is `next`, the last word is
 * `complete`). The next event is not asked for before the last has left, so that nothing piles up for who reads slowly.
 */
export async function streamEvents(
  response: ServerResponse,
  events: AsyncGenerator<unknown>,
  onSignOfLife: () => void,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
  // Tells some browsers, and the proxies between, that the answer has begun.
  response.write(":\n\n");
  const alive = setInterval(() => {
    if (!response.writableNeedDrain) response.write(":\n\n");
    onSignOfLife();
  }, SIGN_OF_LIFE_MS);
  try {
    for await (const event of events) {
      if (response.destroyed) return;
      await write(response, `event: next\ndata: ${JSON.stringify(event)}\n\n`);
    }
    response.end("event: complete\ndata:\n\n");
  } finally {
    clearInterval(alive);
  }
}

async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.write(text)) return;
  const stalled = setTimeout(() => response.destroy(), STALLED_MS);
  const over = new AbortController();
  try {
    await Promise.race(["drain", "close"].map((event) => once(response, event, over)));
  } finally {
    clearTimeout(stalled);
    over.abort();
  }
}
