import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A way to a server, on which everything can happen that happens on ways. */
export interface Way {
  /** Leads to where this URL leads, by the way. Another one leads the next connections elsewhere. */
  urlTo(url: string): string;
  /** What went there so far. */
  readonly bytes: number;
  /** Connections break, and new ones are refused. */
  cut(): void;
  /** Connections stay open and new ones are taken, but nothing comes through before the way is mended. */
  blackHole(): void;
  /** Whatever is sent is so long on its way, in both directions. */
  slow(ms: number): void;
  mend(): void;
  close(): void;
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** `onSent` is told what goes there. */
export async function openWay(onSent: (chunk: Buffer) => void = () => undefined): Promise<Way> {
  const sockets = new Set<Socket>();
  let target = { host: "", port: 0 };
  let isCut = false;
  let slowMs = 0;
  let gate: Gate | undefined;
  let bytes = 0;

  /** In order, as it is with TCP; also the farewell. */
  function forward(from: Socket, to: Socket): void {
    let before = Promise.resolve();
    const inTurn = (act: () => void): void => {
      const arrived = slowMs > 0 ? delay(slowMs) : undefined;
      before = Promise.all([before, arrived])
        .then(() => gate?.opened)
        .then(act);
    };
    from.on("data", (chunk) => inTurn(() => to.writable && to.write(chunk)));
    from.on("close", () => inTurn(() => to.end()));
    from.on("error", () => undefined);
  }

  const server: Server = createServer((incoming) => {
    if (isCut) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target.port, target.host);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    incoming.on("data", (chunk) => {
      bytes += chunk.length;
      onSent(chunk);
    });
    forward(incoming, outgoing);
    forward(outgoing, incoming);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();

  function mend(): void {
    isCut = false;
    slowMs = 0;
    gate?.open();
    gate = undefined;
  }

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
      mend();
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    blackHole: () => {
      gate ??= newGate();
    },
    slow: (ms) => {
      slowMs = ms;
    },
    mend,
    close: () => {
      mend();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function newGate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
