import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { type ApiKey, type AuditRecord, verifyAuditChain } from "@latchkey/sdk";
import { expect } from "expect";
import { FAR, seedClient, seedCollection, seedGroup, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { CommandLine, type Running } from "./command-line.js";

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

describe("the command line, of imports and exports", () => {
  let world: World;
  let line: CommandLine;

  before(async () => {
    world = await startWorld();
    line = await CommandLine.open({ LATCHKEY_URL: world.url, LATCHKEY_CREDENTIAL: world.token });
  });

  after(async () => {
    await line.close();
    await world.stop();
  });

  it("makes a collection what a document says, dry run first, and grants all of it by a group", async () => {
    const { id, regionCode, name } = await seedCollection(world.latchkey);
    const paths = { "/orders": { get: { summary: "List orders" }, post: { summary: "Place an order" } } };
    const document = JSON.stringify({ openapi: "3.1.0", info: { title: "Orders", version: "1" }, paths });
    await writeFile(join(line.home, "orders.json"), document);
    const collection = ["--collection", `${regionCode}/${name}`];
    const dry = await line.throughNpm(["import", "apis", "orders.json", ...collection, "--dry-run"]);
    expect([dry.code, dry.stderr]).toEqual([0, ""]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, addedCount: 2 });
    const { code, stdout } = await line.run(["import", "apis", "-", ...collection, "--output", "table"], document);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^added +Place an order +POST \/orders$/m);
    const group = await line.read<{ id: string }>(["groups", "create", "--name", unique("orders"), ...collection]);
    const { nodes } = await world.latchkey.apis.list({ filter: { groupId: group.id } });
    expect(nodes.map(({ name: api, collectionId }) => [api, collectionId])).toEqual([
      ["List orders", id],
      ["Place an order", id],
    ]);
  });

  it("knows a WSDL by its look, and refuses options that are for the other kind", async () => {
    const { id } = await seedCollection(world.latchkey);
    const wsdl = ["import", "apis", "-", "--collection", id];
    const wrong = await line.run([...wsdl, "--path-prefix", "/v1"], '<?xml version="1.0"?><definitions/>');
    expect([wrong.code, wrong.stderr]).toEqual([2, "error: --path-prefix is for OpenAPI documents\n"]);
    const refused = await line.run(wsdl, "<html/>");
    expect([refused.code, refused.stderr.split("\n")[0]?.split(":")[0]]).toEqual([1, "INVALID_INPUT"]);
  });

  it("imports keys out of CSV, says line by line which were refused, and passes over those that are there", async () => {
    const group = await seedGroup(world);
    const { clientId } = await seedClient(world, { groupIds: [group.id] });
    const secret = unique("sk_old_secret_that_is_long");
    const [first, second] = [unique("first"), unique("second")];
    const csv = [
      "name,hash,groups,tags,quota,metadata",
      `${first},${hashOf(secret)},${group.name},a;b,100/day,"{""plan"":""gold""}"`,
      `${second},${secret},${group.name},,,`,
      "",
    ].join("\r\n");
    await writeFile(join(line.home, "old.csv"), csv);
    const importing = ["import", "keys", "old.csv", "--client", clientId, "--expires-at", FAR];
    const imported = await line.run(importing);
    expect(imported.code).toBe(1);
    expect(JSON.parse(imported.stdout)).toMatchObject({ keys: 2, imported: 1, alreadyThere: 0, interrupted: false });
    expect(JSON.parse(imported.stdout)).toMatchObject({ refused: [{ line: 3, name: second, code: "INVALID_INPUT" }] });
    // A secret that was taken for its hash is told nobody.
    expect(imported.stdout + imported.stderr).not.toContain(secret);

    const { nodes } = await world.latchkey.keys.list({ filter: { clientId } });
    const quota = { limit: 100, period: "DAY" };
    expect(nodes).toMatchObject([{ name: first, tags: ["a", "b"], quota, metadata: { plan: "gold" } }]);
    expect(JSON.parse((await line.run(["verify"], secret)).stdout)).toMatchObject({ valid: true, code: "VALID" });
    const again = await line.run([...importing, "--output", "table"]);
    expect(again.stdout).toMatch(/^already there +1$/m);
    expect(again.stdout).toMatch(
      new RegExp(`^3 +${second} +INVALID_INPUT +hash: must have 64 hexadecimal digits$`, "m"),
    );
  });

  it("does not take another key of the same name for one that is there", async () => {
    const { client, apiKey, group } = await seedKey(world);
    const key = { name: apiKey.name, hash: hashOf(unique("secret")), clientId: client.clientId, groups: [group.id] };
    const { code, stdout } = await line.run(["import", "keys", "-"], JSON.stringify({ ...key, expiresAt: FAR }));
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      { alreadyThere: 0, refused: [{ line: 1, code: "CONFLICT" }] },
    ]);
  });

  it("imports nothing when a line cannot be read, and names it", async () => {
    const good = JSON.stringify({ name: unique("key"), hash: hashOf("secret") });
    const unreadable = [
      ["{", "line 2: must be an object in JSON"],
      ['{"nmae": "a"}', "line 2: nmae is unknown; known are name, hash,"],
      ['{"groups": "a"}', "line 2: groups must be a list"],
    ] as const;
    const ended = await Promise.all(unreadable.map(([bad]) => line.run(["import", "keys", "-"], `${good}\n${bad}\n`)));
    for (const [index, { code, stdout, stderr }] of ended.entries()) {
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(unreadable[index]?.[1]);
    }
    expect((await world.latchkey.keys.list({ search: JSON.parse(good).name as string })).totalCount).toBe(0);
  });

  it("stops on Ctrl-C between two batches, says what was done, and does the rest when it runs again", async () => {
    const group = await seedGroup(world);
    const { clientId } = await seedClient(world, { groupIds: [group.id] });
    const keys = Array.from({ length: 600 }, (_, index) => ({
      name: `old-${index}`,
      hash: hashOf(`${clientId}-${index}`),
    }));
    const input = keys.map((key) => `${JSON.stringify(key)}\n`).join("");
    const defaults = ["--client", clientId, "--group", group.name, "--expires-at", FAR];

    let running: Running | undefined;
    let batches = 0;
    // In front of Latchkey: the second batch is under way when Ctrl-C is pressed.
    const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = await text(request);
      if (body.includes("ImportApiKeys") && ++batches === 2) running?.child.kill("SIGINT");
      const { authorization = "" } = request.headers;
      const headers = { authorization, "content-type": "application/json" };
      const answer = await fetch(world.url + String(request.url), { method: "POST", headers, body });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    };
    const between = createServer((request, response) => void pass(request, response)).listen(0, "127.0.0.1");
    try {
      await once(between, "listening");
      const { port } = between.address() as AddressInfo;
      running = line.start(["--url", `http://127.0.0.1:${port}`, "import", "keys", "-", ...defaults], input);
      const { code, stdout, stderr } = await running.ended;
      expect([code, JSON.parse(stdout)]).toMatchObject([130, { keys: 600, imported: 500, interrupted: true }]);
      expect(stderr).toBe("Stopped before the end. Run it again: keys that are there are passed over.\n");
    } finally {
      between.close();
    }
    const rest = await line.read(["import", "keys", "-", ...defaults], input);
    expect(rest).toMatchObject({ imported: 100, alreadyThere: 500, refused: [], interrupted: false });
    expect((await world.latchkey.keys.list({ filter: { clientId }, first: 0 })).totalCount).toBe(600);
  });

  it("exports an audit that proves itself, and every key and client, a line each", async () => {
    // Their names are numbers: JSON.stringify would write them in another order than they were hashed in.
    const { client, apiKey } = await seedKey(world, { metadata: { "10": "a", "9": "b" } });
    await until("the links", async () => (await world.latchkey.audit.chain()).waiting === 0);
    const { code, stdout, stderr } = await line.run(["export", "audit"]);
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.trimEnd().split("\n");
    for (const each of lines) {
      const { hash } = JSON.parse(each) as AuditRecord;
      expect(hashOf(each.replace(`"hash":"${hash}",`, ""))).toBe(hash);
    }
    expect((await verifyAuditChain(lines.map((each) => JSON.parse(each) as AuditRecord))).firstBreak).toBeNull();
    const last = lines.length - 1;
    const later = await line.run(["export", "audit", "--after", String(last), "--target", apiKey.id]);
    expect(later.stdout).toBe(`${lines[last]}\n`);

    const [keys, clients] = await Promise.all([
      line.run(["export", "keys", "--client", client.clientId]),
      line.run(["export", "clients", "--search", client.clientId]),
    ]);
    expect(
      keys.stdout
        .trimEnd()
        .split("\n")
        .map((each) => (JSON.parse(each) as ApiKey).id),
    ).toEqual([apiKey.id]);
    expect(JSON.parse(clients.stdout)).toMatchObject({ id: client.id });
  });
});
