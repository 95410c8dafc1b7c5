import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { expect } from "expect";
import { FAR, seedClient, seedCollection, seedGroup, seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const run = promisify(execFile);

const PATH = "/usr/bin:/bin";

/** Whether a program is there and answers; without it its sample is not run. */
async function has(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args, { env: { PATH } }).then(
    () => true,
    () => false,
  );
}

describe("samples of a key", () => {
  let world: World;
  let server: Server;
  let baseUrl: string;
  let folder: string;
  const heard: { readonly request: IncomingMessage; readonly body: string }[] = [];

  before(async () => {
    world = await startWorld();
    folder = await mkdtemp(join(tmpdir(), "latchkey-samples-"));
    server = createServer((request, response) => {
      void text(request).then((body) => {
        heard.push({ request, body });
        response.end("heard");
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/it's/a "base"/`;
  });

  after(async () => {
    server.close();
    await world.stop();
    await rm(folder, { recursive: true });
  });

  type NewApi = Omit<Parameters<World["latchkey"]["apis"]["create"]>[0], "collectionId" | "name">;

  async function seedKeyFor(changes: NewApi) {
    const { latchkey } = world;
    const { regionId } = await seedCollection(latchkey);
    const collection = await latchkey.collections.create({
      regionId,
      name: unique("odd"),
      serverName: "odd",
      baseUrl: encodeURI(baseUrl),
    });
    const api = await latchkey.apis.create({ collectionId: collection.id, name: unique("api"), ...changes });
    const group = await seedGroup(world, { apiIds: [api.id] });
    const client = await seedClient(world, { groupIds: [group.id] });
    const made = await latchkey.keys.create({
      clientId: client.id,
      name: unique("key"),
      expiresAt: FAR,
      groupIds: [group.id],
    });
    return { ...made, samples: await latchkey.keys.samples(made.apiKey.id) };
  }

  const runners = {
    CURL: { file: "sample.sh", program: "sh", needs: ["curl", "--version"] },
    PYTHON: { file: "sample.py", program: "python3", needs: ["python3", "-c", "import requests"] },
    NODE: { file: "sample.mjs", program: process.execPath, needs: [process.execPath, "--version"] },
  } as const;

  /** What the server heard when each sample that can be run here was run. */
  async function runAll({ samples, secret }: Awaited<ReturnType<typeof seedKeyFor>>) {
    expect(samples.map(({ language }) => language)).toEqual(["CURL", "PYTHON", "NODE"]);
    heard.length = 0;
    let ran = 0;
    for (const { language, code } of samples) {
      const { file, program, needs } = runners[language];
      expect(code).not.toContain(secret);
      const [needed = "", ...args] = needs;
      if (!(await has(needed, ...args))) continue;
      await writeFile(join(folder, file), code);
      const { stdout } = await run(program, [join(folder, file)], { env: { PATH, API_KEY: secret } });
      expect([language, stdout]).toEqual([language, expect.stringContaining("heard")]);
      ran++;
    }
    expect(heard.length).toBe(ran);
    return heard;
  }

  it("call a REST API with the key in its header, as they stand", async () => {
    const seeded = await seedKeyFor({ kind: "REST", method: "POST", path: "/orders/list" });
    for (const { request, body } of await runAll(seeded)) {
      expect(request.method).toBe("POST");
      expect(decodeURI(request.url ?? "")).toBe(`/it's/a "base"/orders/list`);
      expect(request.headers).toMatchObject({ "x-api-key": seeded.secret, "content-type": "application/json" });
      expect(JSON.parse(body)).toEqual({});
    }
  });

  it("call a SOAP action with its action in quotes and an envelope", async () => {
    const action = "urn:o'brien:GetOrder";
    const seeded = await seedKeyFor({ kind: "SOAP", soapAction: action });
    for (const { request, body } of await runAll(seeded)) {
      expect(request.headers).toMatchObject({ "x-api-key": seeded.secret, soapaction: `"${action}"` });
      expect(body).toContain("<soap:Envelope");
    }
  });

  it("leave in braces what the caller fills in", async () => {
    const { samples } = await seedKeyFor({ kind: "REST", method: "GET", path: "/orders/{id}" });
    expect(samples.map(({ title }) => title)).toEqual(Array(3).fill("GET /orders/{id}"));
    for (const { code } of samples) expect(code).toContain("/orders/{id}");
  });

  it("are of the API that was asked for, and of none that the key may not call", async () => {
    const one = await seedKey(world);
    const other = await seedKey(world);
    const of = (apiId: string) => world.latchkey.keys.samples(one.apiKey.id, apiId);
    expect((await of(one.api.id))[0]?.title).toBe(`GET ${one.api.path}`);
    expect(await of(other.api.id)).toEqual([]);
    expect(await of("not-an-id")).toEqual([]);
  });

  it("of a user's key call Latchkey itself", async () => {
    const { apiKey, secret } = await world.latchkey.keys.create({ name: unique("own"), expiresAt: FAR });
    const node = (await world.latchkey.keys.samples(apiKey.id)).find(({ language }) => language === "NODE");
    await writeFile(join(folder, "own.mjs"), node?.code ?? "");
    const { stdout } = await run(process.execPath, [join(folder, "own.mjs")], {
      env: { PATH, API_KEY: secret },
    });
    expect(stdout).toContain(world.admin.name);
  });
});
