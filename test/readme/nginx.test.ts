import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { callOf, FAR, seedApi, seedClient, seedGroup, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { codeBlocksOf } from "./code-blocks.js";

const NGINX = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"].find((path) =>
  existsSync(path),
);

describe("the README's nginx", { skip: NGINX ? false : "no nginx was found on this machine" }, () => {
  let world: World;
  let upstream: Server;
  let directory: string;
  let nginx: ReturnType<typeof spawn>;
  let gateway: string;
  let reached: IncomingHttpHeaders[];
  let secret: string;
  let clientId: string;
  let groupName: string;
  let path: string;

  before(async () => {
    world = await startWorld();
    reached = [];
    upstream = createServer((request, response) => {
      reached.push(request.headers);
      response.end("upstream");
    }).listen(0, "127.0.0.1");
    await once(upstream, "listening");

    const { latchkey } = world;
    const region = await latchkey.regions.create({ code: "eu", name: "Europe" });
    const server = { serverName: "orders", baseUrl: "https://orders.example.com" };
    const collection = await latchkey.collections.create({ regionId: region.id, name: "orders", ...server });
    const api = await seedApi(world, { collectionId: collection.id });
    const [readBySoap] = await Promise.all(
      ["Read", "Cancel"].map((operation) =>
        latchkey.apis.create({
          collectionId: collection.id,
          kind: "SOAP",
          name: operation,
          endpoint: "https://orders.example.com/soap",
          soapAction: `urn:orders#${operation}`,
        }),
      ),
    );
    const group = await seedGroup(world, { apiIds: [api.id, readBySoap?.id ?? ""] });
    await seedApi(world, { collectionId: collection.id, path: "/admin" });
    const client = await seedClient(world, { groupIds: [group.id] });
    ({ secret } = await latchkey.keys.create({
      clientId: client.id,
      name: unique("key"),
      expiresAt: FAR,
      groupIds: [group.id],
    }));
    ({ clientId } = client);
    groupName = group.name;
    ({ path } = callOf(api));

    directory = await mkdtemp(join(tmpdir(), "latchkey-nginx-"));
    const port = await freePort();
    gateway = `http://127.0.0.1:${port}`;
    const [block] = (await codeBlocksOf("README.md")).filter(({ language }) => language === "nginx");
    const here: Readonly<Record<string, string>> = {
      "127.0.0.1:8080": `127.0.0.1:${port}`,
      "127.0.0.1:9000": new URL(urlOf(upstream)).host,
      "127.0.0.1:4000": new URL(world.url).host,
    };
    // In one pass: a port of here may begin like one of the README.
    const site = (block?.code ?? "").replace(/127\.0\.0\.1:\d+/g, (written) => here[written] ?? written);
    for (const folder of ["body", "proxy", "fastcgi", "uwsgi", "scgi"]) await mkdir(join(directory, folder));
    const temporary = ["client_body body", "proxy proxy", "fastcgi fastcgi", "uwsgi uwsgi", "scgi scgi"].map((each) => {
      const [name, folder] = each.split(" ");
      return `${name}_temp_path ${directory}/${folder};`;
    });
    const config = [
      "daemon off;",
      `pid ${directory}/pid;`,
      "events {}",
      `http { access_log off; ${temporary.join(" ")} ${site} }`,
    ];
    await writeFile(join(directory, "nginx.conf"), config.join("\n"));
    nginx = spawn(
      NGINX ?? "nginx",
      ["-p", directory, "-c", join(directory, "nginx.conf"), "-e", join(directory, "error.log")],
      {
        stdio: "inherit",
      },
    );
    await until("nginx", () => listens(port));
  });

  after(async () => {
    nginx.kill("SIGQUIT");
    if (nginx.exitCode === null) await once(nginx, "exit");
    upstream.close();
    await world.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("lets an allowed call pass and tells the upstream who calls", async () => {
    const response = await fetch(`${gateway}${path}?page=1`, { headers: { "x-api-key": secret } });
    expect([response.status, await response.text()]).toEqual([200, "upstream"]);
    expect(reached.at(-1)).toMatchObject({ "x-latchkey-client-id": clientId, "x-latchkey-groups": groupName });
  });

  it("judges a call with a body by its method, without the body", async () => {
    const denied = await fetch(`${gateway}${path}`, {
      method: "POST",
      headers: { "x-api-key": secret },
      body: "x".repeat(100_000),
    });
    expect(denied.status).toBe(403);
  });

  it("judges a SOAP call by the action that its caller sends, and no other call by it", async () => {
    const statusOf = async (target: string, headers: Record<string, string>) =>
      (await fetch(gateway + target, { method: "POST", headers: { "x-api-key": secret, ...headers }, body: "<a/>" }))
        .status;
    expect(await statusOf("/soap", { soapaction: '"urn:orders#Read"', "content-type": "text/xml" })).toBe(200);
    expect(await statusOf("/soap", { "content-type": 'application/soap+xml; action="urn:orders#Read"' })).toBe(200);
    expect(await statusOf("/soap", { soapaction: '"urn:orders#Cancel"' })).toBe(403);
    expect(await statusOf("/soap", { "content-type": "text/xml" })).toBe(403);
    expect(await statusOf("/admin", { soapaction: '"urn:orders#Read"' })).toBe(403);
  });

  it("refuses without a credential, with a wrong one, and for a call that nobody granted", async () => {
    const before = reached.length;
    for (const [target, headers] of [
      [path, {}],
      [path, { "x-api-key": "nonsense" }],
      ["/admin", { "x-api-key": secret }],
      ["/nothing", { "x-api-key": secret }],
      [`${path}/../../admin`, { "x-api-key": secret }],
      ["/%61dmin", { "x-api-key": secret }],
    ] as const) {
      expect({ target, status: (await fetch(gateway + target, { headers })).status }).toEqual({ target, status: 403 });
    }
    expect(reached.length).toBe(before);
  });

  it("is not deceived by headers that a caller sends itself", async () => {
    const forged = {
      "x-api-key": secret,
      "x-forwarded-uri": path,
      "x-forwarded-method": "GET",
      "x-original-uri": path,
      "x-original-url": `https://orders.example.com${path}`,
      "x-original-method": "GET",
      "x-latchkey-collection": "eu/orders",
    };
    expect((await fetch(`${gateway}/admin`, { headers: forged })).status).toBe(403);
    const identity = {
      "x-latchkey-client-id": "somebody-else",
      "x-latchkey-groups": "admins",
      "x-latchkey-key-id": "x",
      "x-latchkey-user-name": "root",
      "x-latchkey-scopes": "all",
      "x-latchkey-priority": "0",
    };
    const response = await fetch(`${gateway}${path}`, { headers: { ...identity, "x-api-key": secret } });
    expect(response.status).toBe(200);
    const told = reached.at(-1) ?? {};
    expect(told).toMatchObject({ "x-latchkey-client-id": clientId, "x-latchkey-groups": groupName });
    for (const value of ["somebody-else", "admins", "root"]) expect(Object.values(told)).not.toContain(value);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = Number(new URL(urlOf(server)).port);
  server.close();
  await once(server, "close");
  return port;
}

function urlOf(server: Server): string {
  const address = server.address();
  return address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
