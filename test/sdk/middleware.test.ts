import { once } from "node:events";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { serve } from "@hono/node-server";
import { type CalledApi, createVerifier, type Verifier, type VerifierOptions, type VerifyRequest } from "@latchkey/sdk";
import { protect as protectExpress } from "@latchkey/sdk/express";
import { protect as protectFastify } from "@latchkey/sdk/fastify";
import { protect as protectHono } from "@latchkey/sdk/hono";
import { expect } from "expect";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { startWorld, type World } from "../support/world.js";
import { type Seeded, seedKey, unique } from "./seed.js";

/** Options that mean the same in every framework: what is read from the request stands in the header that is named. */
type Options = (VerifierOptions | { readonly verifier: Verifier }) & {
  readonly groups?: readonly string[];
  readonly scopes?: readonly string[];
  readonly collection?: string;
  readonly apiKeyHeader?: string;
  readonly api?: CalledApi | false | (() => CalledApi);
  readonly costHeader?: string;
  readonly addressHeader?: string;
};

interface Service {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** Serves every path below /open without, and every other with protection; answers with the verdict that it was given. */
type Serve = (options: Options) => Promise<Service>;

const frameworks: Record<string, Serve> = {
  Express: async ({ costHeader, addressHeader, ...options }) => {
    const app = express();
    app.get("/open", (request, response) => void response.json({ latchkey: request.latchkey ?? null }));
    const guard = protectExpress<express.Request>({
      ...options,
      ...(costHeader && { cost: (request) => Number(request.get(costHeader)) }),
      ...(addressHeader && { address: (request) => request.get(addressHeader) }),
    });
    const router = express.Router();
    router.use(guard, (request, response) => void response.json(request.latchkey));
    app.use("/mounted", router);
    app.use(guard, (request, response) => void response.json(request.latchkey));
    app.use(((_error, _request, response, _next) => void response.status(500).end()) as express.ErrorRequestHandler);
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
  },
  Fastify: async ({ costHeader, addressHeader, ...options }) => {
    const app = Fastify();
    app.get("/open", async (request) => ({ latchkey: request.latchkey ?? null }));
    await app.register(async (guarded) => {
      guarded.addHook(
        "onRequest",
        protectFastify({
          ...options,
          ...(costHeader && { cost: ({ headers }) => Number(headers[costHeader]) }),
          ...(addressHeader && { address: ({ headers }) => headers[addressHeader]?.toString() }),
        }),
      );
      guarded.all("/mounted/*", async (request) => request.latchkey);
      guarded.all("*", async (request) => request.latchkey);
    });
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), stop: () => app.close() };
  },
  Hono: async ({ costHeader, addressHeader, ...options }) => {
    const app = new Hono();
    app.get("/open", (c) => c.json({ latchkey: c.get("latchkey") ?? null }));
    const guard = protectHono({
      ...options,
      ...(costHeader && { cost: (c) => Number(c.req.header(costHeader)) }),
      ...(addressHeader && { address: (c) => c.req.header(addressHeader) }),
    });
    const mounted = new Hono();
    mounted.all("*", guard, (c) => c.json(c.get("latchkey")));
    app.route("/mounted", mounted);
    // An answer made by hand gets the headers as well.
    app.all("*", guard, (c) => Response.json(c.get("latchkey")));
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
  },
};

/** What of an answer the caller goes by. */
async function told(answer: Response) {
  const { requestId: _, ...problem } = (await answer.json()) as Record<string, unknown>;
  const names = ["content-type", "x-latchkey-code", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy"];
  return { status: answer.status, problem, headers: names.map((name) => `${name}: ${answer.headers.get(name)}`) };
}

/** A call with header lines as they are, which `fetch` would join. */
async function rawStatus(url: string, lines: readonly string[]): Promise<string> {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write([...lines, `Host: ${host}`, "Connection: close", "", ""].join("\r\n"));
  return (await text(socket)).split("\r\n")[0] ?? "";
}

describe("a service that is protected", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  for (const [name, serveWith] of Object.entries(frameworks)) {
    describe(`with ${name}`, () => {
      let service: Service;
      let path: string;
      let seeded: Seeded;

      before(async () => {
        service = await serveWith({ url: world.url });
        path = `/${unique("orders")}`;
        seeded = await seedKey(world.latchkey, `${path}/{id}`, { tpsPerNode: 0 });
      });

      after(() => service.stop());

      const call = (at: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
        fetch(service.url + at, { ...init, headers });

      async function beside(options: Options, run: (url: string) => Promise<void>): Promise<void> {
        const another = await serveWith(options);
        try {
          await run(another.url);
        } finally {
          await another.stop();
        }
      }

      it("lets an allowed call pass with its verdict, whichever header has the credential", async () => {
        const { secret, client, apiKey, api } = seeded;
        const facts = { valid: true, client: { id: client.id }, credential: { id: apiKey.id }, api: { id: api.id } };
        for (const headers of [
          { "x-api-key": secret },
          { authorization: `Bearer ${secret}` },
          { authorization: `bearer  ${secret} ` },
          { "x-api-key": secret, authorization: `Bearer ${secret}` },
          { "x-api-key": secret, authorization: "Basic YTpi" },
        ]) {
          const answer = await call(`${path}/7?full=true&x=/orders/8`, headers as Record<string, string>);
          expect([answer.status, await answer.json()]).toMatchObject([200, facts]);
          expect(answer.headers.get("ratelimit")).toBe(null);
        }
      });

      it("leaves other routes alone", async () => {
        expect(await (await call("/open")).json()).toEqual({ latchkey: null });
      });

      it("judges the whole path of a route that is mounted below another", async () => {
        const { secret } = await seedKey(world.latchkey, `/mounted${path}/{id}`);
        expect((await call(`/mounted${path}/7`, { "x-api-key": secret })).status).toBe(200);
        expect((await call(`/mounted${path}/7`, { "x-api-key": seeded.secret })).status).toBe(403);
      });

      it("refuses two different credentials, and a header that came twice", async () => {
        const { secret } = seeded;
        const two = await told(await call(`${path}/7`, { "x-api-key": secret, authorization: `Bearer ${secret}x` }));
        expect(two).toMatchObject({ status: 401, problem: { code: "MALFORMED", status: 401 } });
        expect(two.problem["detail"]).toBe("More than one credential was sent. Send exactly one.");
        const request = `GET ${path}/7 HTTP/1.1`;
        expect(await rawStatus(service.url, [request, `X-API-Key: ${secret}`])).toBe("HTTP/1.1 200 OK");
        for (const line of [`X-API-Key: ${secret}`, `Authorization: Bearer ${secret}`]) {
          const refused = await rawStatus(service.url, [request, line, line]);
          expect(refused).toBe("HTTP/1.1 401 Unauthorized");
        }
      });

      it("refuses a target that its router could read as another path", async () => {
        const { secret } = await seedKey(world.latchkey, `${path}/{id}/raw`, { tpsPerNode: 0 });
        const statusOf = (target: string) => rawStatus(service.url, [`GET ${target} HTTP/1.1`, `X-API-Key: ${secret}`]);
        expect(await statusOf(`${service.url}${path}/7/raw?a=b`)).toBe("HTTP/1.1 200 OK");
        for (const target of [
          `http://localhost?/x${path}/7/raw`,
          `http://localhost\\x${path}/7/raw`,
          `${path}/7/raw#/x`,
          `${path}\\..${path}/7/raw`,
          `/${path}/7/raw`,
        ]) {
          expect([target, await statusOf(target)]).toEqual([
            target,
            expect.stringMatching(/^HTTP\/1.1 (?:400|403|404) /),
          ]);
        }
      });

      it("answers a refusal as /v1/authorize does", async () => {
        const { secret } = seeded;
        const { secret: narrow } = await seedKey(world.latchkey);
        const { secret: slow } = await seedKey(world.latchkey, `${path}-slow`, { tpsPerNode: 1 });
        const { secret: poor } = await seedKey(world.latchkey, `${path}-poor`, {
          tpsPerNode: 0,
          quota: { limit: 1, period: "TOTAL" },
        });
        const refused: [string, Record<string, string>, number][] = [
          [`${path}/7`, {}, 401],
          [`${path}/7`, { "x-api-key": "nonsense" }, 401],
          [`${path}/7`, { "x-api-key": `${secret.slice(0, -1)}${secret.endsWith("a") ? "b" : "a"}` }, 401],
          [`${path}/7`, { "x-api-key": narrow }, 403],
          [`${path}/7/lines`, { "x-api-key": secret }, 403],
          [`${path}-poor`, { "x-api-key": poor }, 429],
          [`${path}-slow`, { "x-api-key": slow }, 429],
        ];
        await call(`${path}-poor`, { "x-api-key": poor });
        for (const [at, headers, status] of refused) {
          // The second of two at once is refused, however slow this machine is.
          const here = await Promise.all([call(at, headers), call(at, headers)]);
          const late = here.find((answer) => answer.status === status);
          const beside = () => world.fetch(`/v1/authorize${at}`, { headers });
          const there = (await Promise.all([beside(), beside()])).find((answer) => answer.status === status);
          expect([at, here.map((answer) => answer.status)]).toEqual([at, expect.arrayContaining([status])]);
          expect(await told(late as Response)).toEqual(await told(there as Response));
        }
      });

      it("tells what is left, on an allowed call", async () => {
        const { secret } = await seedKey(world.latchkey, `${path}/{id}/limited`, {
          tpsPerNode: 5,
          quota: { limit: 9 },
        });
        const { status, headers } = await call(`${path}/7/limited`, { "x-api-key": secret });
        expect(status).toBe(200);
        expect(headers.get("ratelimit-policy")).toBe('"tps";q=5;w=1, "quota";q=9');
        expect(headers.get("ratelimit")).toMatch(/^"tps";r=4;t=1, "quota";r=8;t=\d+$/);
      });

      it("refuses with 503 while Latchkey does not answer", async () => {
        const port = await closedPort();
        await beside({ url: `http://127.0.0.1:${port}` }, async (url) => {
          const answer = await fetch(`${url}${path}/7`, { headers: { "x-api-key": seeded.secret } });
          expect(await told(answer)).toMatchObject({
            status: 503,
            problem: { code: "UNDECIDED", title: "Service Unavailable", retryAfterSeconds: 1 },
            headers: expect.arrayContaining(["retry-after: 1", "www-authenticate: null"]),
          });
        });
      });

      it("lets nothing pass when a function of the options fails", async () => {
        const api = () => {
          throw new Error("No idea.");
        };
        await beside({ url: world.url, api }, async (url) => {
          expect((await fetch(`${url}${path}/7`, { headers: { "x-api-key": seeded.secret } })).status).toBe(500);
        });
      });

      it("refuses what no server would read, without asking", async () => {
        const long = await told(await call(`${path}/7`, { "x-api-key": "a".repeat(1_001) }));
        expect(long).toMatchObject({ status: 401, problem: { code: "MALFORMED" } });
        const far = await told(await call(`${path}/${"a".repeat(8_200)}`, { "x-api-key": seeded.secret }));
        expect(far).toMatchObject({ status: 403, problem: { code: "API_UNKNOWN" } });
      });

      it("demands groups, scopes and a collection where the route does", async () => {
        const { secret, group, region, collection } = seeded;
        const codeWith = async (options: Partial<Options>): Promise<unknown> => {
          let code: unknown;
          await beside({ url: world.url, ...options }, async (url) => {
            code = (
              (await (await fetch(`${url}${path}/7`, { headers: { "x-api-key": secret } })).json()) as Verdictlike
            ).code;
          });
          return code;
        };
        type Verdictlike = { readonly code?: unknown };
        expect(await codeWith({ groups: [group.name], collection: `${region.code}/${collection.name}` })).toBe("VALID");
        expect(await codeWith({ groups: [unique("group")] })).toBe("GROUP_DENIED");
        expect(await codeWith({ scopes: [unique("scope")] })).toBe("SCOPE_DENIED");
        expect(await codeWith({ collection: (await seedKey(world.latchkey)).collection.id })).toBe("API_UNKNOWN");
        expect(await codeWith({ api: { method: "GET", path: "/elsewhere" } })).toBe("API_UNKNOWN");
        expect(await codeWith({ api: () => ({ method: "GET", path: `${path}/8` }) })).toBe("VALID");
        expect(await codeWith({ api: false, groups: [group.name] })).toBe("VALID");
      });

      it("takes the cost, the address and the key's header from where it is told", async () => {
        const { secret } = await seedKey(world.latchkey, `${path}/{id}/bound`, {
          tpsPerNode: 0,
          quota: { limit: 9, period: "TOTAL" },
          hostBindings: [{ name: "203.0.113.7", match: "203.0.113.7" }],
        });
        const options = { url: world.url, costHeader: "x-cost", addressHeader: "x-caller", apiKeyHeader: "X-Shop-Key" };
        await beside(options, async (url) => {
          const from = (caller: string) =>
            fetch(`${url}${path}/7/bound`, { headers: { "x-shop-key": secret, "x-cost": "4", "x-caller": caller } });
          expect((await from("203.0.113.7")).headers.get("ratelimit")).toBe('"quota";r=5');
          expect((await told(await from("203.0.113.8"))).problem["code"]).toBe("ADDRESS_NOT_ALLOWED");
          expect((await told(await from("unknown"))).problem["code"]).toBe("ADDRESS_NOT_ALLOWED");
        });
        const { secret: local } = await seedKey(world.latchkey, `${path}/{id}/local`, {
          hostBindings: [{ name: "127.0.0.1", match: "127.0.0.1" }],
        });
        expect((await call(`${path}/7/local`, { "x-api-key": local })).status).toBe(200);
      });

      it("shares a verifier between routes, which is told the call and its reference", async () => {
        const asked: VerifyRequest[] = [];
        const real = createVerifier({ url: world.url });
        const verifier = {
          verify: (request: VerifyRequest) => {
            asked.push(request);
            return real.verify(request);
          },
        };
        await beside({ verifier }, async (url) => {
          const headers = { "x-api-key": seeded.secret, "x-transaction-ref": "CHG-1" };
          expect((await fetch(`${url}${path}/7?a=b`, { headers })).status).toBe(200);
        });
        expect(asked).toMatchObject([
          {
            credential: seeded.secret,
            api: { method: "GET", path: `${path}/7` },
            address: "127.0.0.1",
            transactionRef: "CHG-1",
          },
        ]);
      });
    });
  }
});

/** A port that a server had a moment ago, and nobody has now. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
