import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that webhooks lead to. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** What was sent to a path. */
  at(path: string): readonly Received[];
  /** How a path answers; 204 unless it is said. */
  answerWith(path: string, answer: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, (response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? "";
      received.push({ path, headers: request.headers, body });
      const answer = answers.get(path);
      if (answer) answer(response);
      else response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    at: (path) => received.filter((each) => each.path === path),
    answerWith: (path, answer) => void answers.set(path, answer),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = "") =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body);
  };

/** As a receiver checks what it got, with the published library. Throws when it is not what it says. */
export function verified({ headers, body }: Received, secret: string): unknown {
  const named = (name: string): string => String(headers[name]);
  return new Webhook(secret).verify(body, {
    "webhook-id": named("webhook-id"),
    "webhook-timestamp": named("webhook-timestamp"),
    "webhook-signature": named("webhook-signature"),
  });
}
