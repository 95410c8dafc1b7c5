import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld } from "../support/world.js";

/** A way to the database that can be cut. */
interface Way {
  urlTo(databaseUrl: string): string;
  cut(): void;
  mend(): Promise<void>;
  close(): void;
}

async function openWay(): Promise<Way> {
  const sockets = new Set<Socket>();
  let target = { host: "", port: 0 };
  let open = true;
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
    incoming.pipe(outgoing).pipe(incoming);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    urlTo: (databaseUrl) => {
      const url = new URL(databaseUrl);
      target = { host: url.hostname, port: Number(url.port) };
      url.host = `127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
      return url.href;
    },
    cut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: async () => {
      open = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe("a node whose database is gone", () => {
  it("is alive, not ready and undecided, and recovers by itself", async () => {
    const way = await openWay();
    const world = await startWorld({}, (url) => way.urlTo(url));
    try {
      const { secret } = await seedKey(world);
      const ask = () => world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
      const verify = async () =>
        (await (
          await world.fetch("/v1/verify", { method: "POST", headers: { "x-api-key": secret } })
        ).json()) as object;
      expect((await ask()).status).toBe(200);

      way.cut();
      const undecided = await ask();
      expect([
        undecided.status,
        undecided.headers.get("retry-after"),
        undecided.headers.get("x-latchkey-code"),
      ]).toEqual([503, "1", "UNDECIDED"]);
      expect(await verify()).toEqual({
        valid: false,
        code: "UNDECIDED",
        message: expect.any(String),
        requestId: expect.any(String),
      });
      const refused = await world.graphql("{ clients { totalCount } }");
      expect(refusalIn(refused).code).toBe("UNAVAILABLE");
      expect((await world.fetch("/health/live")).status).toBe(200);
      const ready = await world.fetch("/health/ready");
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: "down", checks: { database: "down", process: "up" } },
      ]);

      await way.mend();
      await until("the node to recover", async () => (await world.fetch("/health/ready")).status === 200);
      expect((await ask()).status).toBe(200);
      expect((await world.graphql("{ clients { totalCount } }")).errors).toEqual([]);
    } finally {
      await way.mend();
      await world.stop();
      way.close();
    }
  });
});
