import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that can be cut. */
export interface Way {
  /** Leads to where this URL leads, by the way. */
  urlTo(url: string): string;
  /** What went there so far. */
  readonly bytes: number;
  cut(): void;
  mend(): void;
  close(): void;
}

/** `onSent` is told what goes there. */
export async function openWay(onSent: (chunk: Buffer) => void = () => undefined): Promise<Way> {
  const sockets = new Set<Socket>();
  let target = { host: "", port: 0 };
  let open = true;
  let bytes = 0;
  const server: Server = createServer((incoming) => {
    if (!open) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target.port, target.host);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        incoming.destroy();
        outgoing.destroy();
      });
    }
    incoming.on("data", (chunk) => {
      bytes += chunk.length;
      onSent(chunk);
    });
    incoming.pipe(outgoing).pipe(incoming);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    urlTo: (text) => {
      const url = new URL(text);
      target = { host: url.hostname, port: Number(url.port) };
      url.host = `127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
      return url.href;
    },
    get bytes() {
      return bytes;
    },
    cut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      open = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
