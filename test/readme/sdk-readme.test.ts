import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { SdkError } from "@latchkey/sdk";
import { expect } from "expect";
import { hashPassword } from "../../api/secrets/passwords.js";
import { seedKey, unique } from "../sdk/seed.js";
import { seedKey as seedKeyOf } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { type CodeBlock, codeBlocksOf, root } from "./code-blocks.js";

const DEFAULT_URL = "http://127.0.0.1:4000";
const run = promisify(execFile);

/** Prints the port of whatever server a sample starts. */
const TELL_PORT = `data:text/javascript,${encodeURIComponent(`
  import { Server } from "node:net";
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...given) {
    this.once("listening", () => console.log(this.address().port));
    return listen.apply(this, given);
  };
`)}`;

describe("the SDK's README", () => {
  let world: World;
  let blocks: readonly CodeBlock[];
  let directory: string;

  before(async () => {
    world = await startWorld();
    blocks = await codeBlocksOf("sdk/README.md");
    // Below the project, so that the package is found as an installed one is.
    await mkdir(join(root, "dist/readme"), { recursive: true });
    directory = await mkdtemp(join(root, "dist/readme/sdk-"));
  });

  after(async () => {
    await rm(directory, { recursive: true });
    await world.stop();
  });

  const under = (heading: string): CodeBlock[] => blocks.filter((block) => block.heading === heading);

  /** Saves a block as a newcomer would, but for this world. What makes no SDK of its own is handed one. */
  async function save({ code, language }: CodeBlock): Promise<string> {
    const credential = JSON.stringify(world.token);
    const given = /\blatchkey = /.test(code)
      ? ""
      : `import { Latchkey } from "@latchkey/sdk";\nconst latchkey = new Latchkey({ url: "${DEFAULT_URL}", credential: ${credential} });\n`;
    const file = join(directory, `sample.${language === "cjs" ? "cjs" : "mjs"}`);
    await writeFile(file, (given + code).replaceAll(DEFAULT_URL, world.url).replace("listen(8080", "listen(0"));
    return file;
  }

  async function output(block: CodeBlock | undefined): Promise<string[]> {
    if (!block) throw new Error("There is no such block.");
    const env = { ADMIN_PASSWORD: world.admin.password, LATCHKEY_CREDENTIAL: world.token };
    const { stdout } = await run(process.execPath, [await save(block)], { cwd: directory, env });
    return stdout.trimEnd().split("\n");
  }

  it("has the blocks that are run here, and no other", () => {
    expect(blocks.map(({ heading, language }) => `${heading}: ${language}`)).toEqual([
      "@latchkey/sdk: sh",
      "A first verified key: js",
      "A first verified key: js",
      "Importing a document: js",
      "Rotating a key: js",
      "Tokens: js",
      "Usage: js",
      "Anomalies and webhooks: js",
      "Paging: js",
      "The audit: js",
      "Errors: js",
      "Protect a service: js",
      "Express: js",
      "Fastify: js",
      "Hono: js",
      "A verifier of your own: js",
      "Live: js",
      "Retries and timeouts: js",
      "CommonJS: cjs",
    ]);
  });

  it("installs what is packed, without the network", async () => {
    const [install] = under("@latchkey/sdk");
    const empty = await mkdtemp(join(tmpdir(), "latchkey-install-"));
    try {
      const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", empty], { cwd: join(root, "sdk") });
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
      await writeFile(join(empty, "package.json"), "{}");
      const [npm = "", ...words] = (install?.code.trim() ?? "").split(" ");
      const packed = words.map((word) => (word === "@latchkey/sdk" ? join(empty, filename) : word));
      await run(npm, [...packed, "--offline", "--no-audit"], { cwd: empty });
      const print =
        'import("@latchkey/sdk").then((esm) => console.log(typeof esm.Latchkey, typeof require("@latchkey/sdk").Latchkey))';
      expect((await run(process.execPath, ["-e", print], { cwd: empty })).stdout).toBe("function function\n");
    } finally {
      await rm(empty, { recursive: true });
    }
  });

  it("leads from nothing to a verified key", async () => {
    const [secret, code] = await output(under("A first verified key")[0]);
    expect(code).toBe("VALID");
    expect(await world.latchkey.verify({ credential: String(secret) })).toMatchObject({ code: "VALID" });
  });

  it("gives a script a narrowed key", async () => {
    expect(await output(under("A first verified key")[1])).toEqual(["[ 'clients:read', 'keys:read' ]"]);
  });

  it("imports a document: first told, then done", async () => {
    await seedKey(world.latchkey, "/orders/{id}");
    const paths = { "/orders": { get: { summary: "List" } }, "/orders/{number}": { get: { summary: "Read" } } };
    const document = { openapi: "3.1.0", info: { title: "Orders", version: "1" }, paths };
    await writeFile(join(directory, "orders.yaml"), JSON.stringify(document));
    const printed = await output(under("Importing a document")[0]);
    expect(printed[0]).toBe("new: GET /orders");
    expect(printed[1]).toMatch(/^changed: /);
    const [group] = (await world.latchkey.groups.list({ search: "orders-all" })).nodes;
    expect((await world.latchkey.groups.get(group?.id ?? "")).apis.map(({ path }) => path)).toEqual(["/orders"]);
  });

  it("rotates a key, shows both secrets, and finishes the rotation", async () => {
    const { apiKey, secret: old } = await seedKey(world.latchkey);
    const [secret = "", ...secrets] = await output(under("Rotating a key")[0]);
    expect(secrets).toEqual([
      expect.stringMatching(/ null null$/),
      expect.stringMatching(new RegExp(`^${apiKey.lookupId} \\S+Z null$`)),
    ]);
    const codes = [secret, old].map(async (credential) => (await world.latchkey.verify({ credential })).code);
    expect(await Promise.all(codes)).toEqual(["VALID", "ROTATED_OUT"]);
  });

  it("tells how often a client called, what is left, and of one call", async () => {
    const { secret: credential, call: api } = await seedKeyOf(world);
    await world.latchkey.verify({ credential, api, address: "192.0.2.1", transactionRef: "CASE-4711" });
    const input = {
      from: new Date(Date.now() - 3_600_000).toISOString(),
      step: "HOUR",
      filter: { clientId: "web-shop" },
    } as const;
    await until("the calls to be counted", async () => (await world.latchkey.usage.read({ input })).totals.calls === 2);
    await until(
      "the call to be kept",
      async () => (await world.latchkey.usage.listCalls({ search: "CASE-4711" })).totalCount === 1,
    );
    const [totals, ...lines] = await output(under("Usage")[0]);
    expect(totals).toBe("2 2 0 [ { code: 'VALID', calls: 2 } ]");
    expect(lines.slice(-3)).toEqual([
      "production 2",
      "10 undefined undefined undefined",
      expect.stringMatching(new RegExp(`^\\S+Z VALID GET ${api.path} 192\\.0\\.2\\.1$`)),
    ]);
  });

  it("generates a token, lists, reveals and revokes it", async () => {
    const { clients } = world.latchkey;
    const { nodes } = await clients.list({ search: "web-shop" });
    const password = "correct horse battery";
    if (nodes.length === 0)
      await clients.create({ clientId: "web-shop", name: "web-shop", displayName: "Shop", note: "n" });
    await world.database.query("update clients set password_digest = $1 where client_id = 'web-shop'", [
      await hashPassword(password),
    ]);
    const [code, listed, same] = await output(under("Tokens")[0]);
    expect([code, same]).toEqual(["VALID", "true"]);
    expect(listed).toMatch(/^lk_at_[0-9A-Za-z]{12}… ACTIVE 2$/);
    expect((await world.latchkey.tokens.list({ clientId: "web-shop" })).nodes).toMatchObject([{ status: "REVOKED" }]);
  });

  it("sees to what is unusual, and has a server told", async () => {
    const { apiKey } = await seedKey(world.latchkey);
    await world.database.query(
      `insert into anomalies (id, kind, subject_id, api_key_id, detected_at, window_starts_at, window_ends_at, seen, expected, addresses)
       values (gen_random_uuid(), 'BURST', $1, $1, now(), now(), now(), 500, 80, '{}')`,
      [apiKey.id],
    );
    const [told, secret] = await output(under("Anomalies and webhooks")[0]);
    expect(told).toBe(`BURST ${apiKey.name} 500 80`);
    expect(secret).toMatch(/^whsec_/);
    const { nodes } = await world.latchkey.anomalies.list();
    expect(nodes).toMatchObject([{ note: "A load test" }]);
    const deliveries = await world.latchkey.webhooks.listDeliveries();
    expect(deliveries.nodes).toMatchObject([{ event: "webhook.test" }]);
  });

  it("reads a page, and every page", async () => {
    const { apiKey } = await seedKey(world.latchkey);
    const [page, ...keys] = await output(under("Paging")[0]);
    expect(page).toMatch(/^\d+ \d+ false$/);
    expect(keys).toContain(`${apiKey.name} ${apiKey.lookupId} ${apiKey.expiresAt}`);
  });

  it("exports the audit and proves it", async () => {
    await seedKey(world.latchkey);
    const printed = await output(under("The audit")[0]);
    expect(printed[0]).toMatch(/^\S+Z region\.created admin$/);
    expect(printed.at(-1)).toBe("true null true");
  });

  it("follows keys as they change", async () => {
    expect(await output(under("Live")[0])).toEqual(["just made ACTIVE"]);
  });

  it("tells of a refusal by its code, its request id and its fields", async () => {
    const [first, ...fields] = await output(under("Errors")[0]);
    expect(first).toMatch(/^INVALID_INPUT [0-9a-f-]{36}$/);
    expect(fields).toEqual([expect.stringMatching(/^code must /)]);
  });

  it("lists every code that an error can have", async () => {
    const text = await readFile(join(root, "sdk/README.md"), "utf8");
    const table = text.slice(text.indexOf("| code |"), text.indexOf("## Protect"));
    const source = await readFile(join(root, "sdk/src/sdk-error.ts"), "utf8");
    const codes = new Set([...source.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => code));
    expect(codes.has(new SdkError("NETWORK", "").code)).toBe(true);
    expect(new Set([...table.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code))).toEqual(codes);
  });

  it("protects a service", async () => {
    const path = `/${unique("path")}`;
    const { secret, client } = await seedKey(world.latchkey, `${path}/{id}`);
    const [block] = under("Protect a service");
    const file = await save(block as CodeBlock);
    const told = `${await readFile(file, "utf8")}\nserver.on("listening", () => console.log(server.address().port));`;
    await writeFile(file, told);
    const service = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const [port] = (await once(service.stdout, "data")) as [Buffer];
      const call = async (at: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
        const answer = await fetch(`http://127.0.0.1:${String(port).trim()}${at}`, { headers });
        return [answer.status, await answer.text()];
      };
      const withKey = { "x-api-key": secret };
      expect(await call(`${path}/7?full=true`, withKey)).toEqual([200, `Hello, ${client.displayName}`]);
      expect(await call(`${path}/7`)).toEqual([403, "MISSING"]);
      expect(await call(`${path}/7/lines`, withKey)).toEqual([403, "API_UNKNOWN"]);
    } finally {
      const ended = once(service, "exit");
      service.kill();
      await ended;
    }
  });

  for (const framework of ["Express", "Fastify", "Hono"]) {
    it(`protects a service with ${framework} in three lines`, async () => {
      const path = `/${unique("path")}`;
      const { secret, client } = await seedKey(world.latchkey, `${path}/{id}`);
      const [block] = under(framework);
      const file = await save({ ...(block as CodeBlock), code: (block?.code ?? "").replace("/orders", path) });
      await writeFile(file, (await readFile(file, "utf8")).replace("8080", "0"));
      const service = spawn(process.execPath, ["--import", TELL_PORT, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const [port] = (await once(service.stdout, "data")) as [Buffer];
        const call = async (at: string, headers: Record<string, string> = {}): Promise<[number, string | null]> => {
          const answer = await fetch(`http://127.0.0.1:${String(port).trim()}${at}`, { headers });
          return [answer.status, answer.headers.get("x-latchkey-code") ?? (await answer.text())];
        };
        expect(await call(`${path}/7?full=true`, { "x-api-key": secret })).toEqual([
          200,
          `Hello, ${client.displayName}`,
        ]);
        expect(await call(`${path}/7`)).toEqual([401, "MISSING"]);
        expect(await call(`${path}/7/lines`, { "x-api-key": secret })).toEqual([403, "API_UNKNOWN"]);
      } finally {
        const ended = once(service, "exit");
        service.kill();
        await ended;
      }
    });
  }

  it("lists every option of a protected route", async () => {
    const text = await readFile(join(root, "sdk/README.md"), "utf8");
    const table = text.slice(text.indexOf("| option |"), text.indexOf("The path is judged"));
    const source = await readFile(join(root, "sdk/src/middleware/options.ts"), "utf8");
    const options = [...source.matchAll(/readonly (\w+)\??:/g)].map(([, option]) => option);
    const told = table
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, word]) => word));
    expect(new Set(told)).toEqual(new Set(options));
  });

  it("asks with a verifier of your own", async () => {
    expect(await output(under("A verifier of your own")[0])).toEqual(["false MALFORMED"]);
    const source = await readFile(join(root, "sdk/src/verifier.ts"), "utf8");
    expect(source).toContain("timeoutMs = 2_000, retries = 0, gatewayKey, cacheSeconds = 0, singleFlight = true");
  });

  it("sets retries and timeouts, and marks a change with a reference", async () => {
    await seedKey(world.latchkey);
    expect(await output(under("Retries and timeouts")[0])).toEqual(["5"]);
    const { nodes } = await world.latchkey.audit.list({ search: "CHG-4711" });
    expect(nodes).toMatchObject([{ event: "region.created", transactionRef: "CHG-4711" }]);
    const source = await readFile(join(root, "sdk/src/transport.ts"), "utf8");
    expect(source).toContain("timeoutMs = 10_000, retries = 2");
  });

  it("can be required", async () => {
    expect(await output(under("CommonJS")[0])).toEqual(["MALFORMED"]);
  });
});
