import { after, before, describe, it } from "node:test";
import type { CatalogueImport } from "@latchkey/sdk";
import { expect } from "expect";
import { stringify } from "yaml";
import { eventsAbout } from "../../support/accounts.js";
import { expectInvalid, expectKeptOut, lastEventAbout, type Mutation, mutationOf } from "../../support/mutations.js";
import { seedApi, seedCollection, unique } from "../../support/seed.js";
import { startWorld, type World } from "../../support/world.js";
import { largeOpenApi, openApi, operation } from "./documents.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

const ORDERS = openApi({
  "/orders": { get: operation("List orders"), post: operation("Place an order", { description: "Of one\tor more." }) },
  "/orders/{id}": { parameters: [], get: operation("Read an order"), "x-internal": true },
});

describe("importing an OpenAPI document", () => {
  let world: World;
  let importOpenApi: Mutation;

  before(async () => {
    world = await startWorld();
    importOpenApi = mutationOf(world, "importOpenApi", "ImportOpenApiInput", "{ addedCount goneCount changedCount }");
  });

  after(() => world.stop());

  const newCollection = async () => (await seedCollection(world.latchkey)).id;
  const load = (collectionId: string, document: object | string, changes: object = {}) => {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    return world.latchkey.collections.importOpenApi({ collectionId, document: text, ...changes });
  };
  const countsOf = ({ addedCount, changedCount, goneCount, unchangedCount, skippedCount }: CatalogueImport) => ({
    added: addedCount,
    changed: changedCount,
    gone: goneCount,
    unchanged: unchangedCount,
    skipped: skippedCount,
  });
  const operationsOf = async (collectionId: string, status?: "LISTED" | "DELISTED") => {
    const filter = status && { status };
    const operations: string[] = [];
    for await (const api of world.latchkey.apis.all({ collectionId, ...(filter && { filter }) })) {
      operations.push(`${api.method} ${api.path}`);
    }
    return operations.sort();
  };

  it("first tells what it would add, and changes nothing", async () => {
    const collectionId = await newCollection();
    const told = await load(collectionId, ORDERS, { dryRun: true });
    expect(countsOf(told)).toEqual({ added: 3, changed: 0, gone: 0, unchanged: 0, skipped: 0 });
    expect(told).toMatchObject({ dryRun: true, title: "Orders", warnings: [] });
    expect(told.added.map(({ id, kind, name, method, path }) => ({ id, kind, name, method, path }))).toEqual([
      { id: null, kind: "REST", name: "List orders", method: "GET", path: "/orders" },
      { id: null, kind: "REST", name: "Place an order", method: "POST", path: "/orders" },
      { id: null, kind: "REST", name: "Read an order", method: "GET", path: "/orders/{id}" },
    ]);
    expect(await operationsOf(collectionId)).toEqual([]);
    expect((await lastEventAbout(world, collectionId))?.event).toBe("collection.created");
  });

  it("then adds it, with one audit event, and verdicts know it", async () => {
    const collectionId = await newCollection();
    const { added } = await load(collectionId, ORDERS);
    expect(await operationsOf(collectionId)).toEqual(["GET /orders", "GET /orders/{id}", "POST /orders"]);
    const [, placed] = added;
    expect(await world.latchkey.apis.get(placed?.id ?? "")).toMatchObject({
      name: "Place an order",
      description: "Of one\tor more.",
      status: "LISTED",
      openToAll: false,
    });
    expect(await lastEventAbout(world, collectionId)).toMatchObject({
      event: "collection.imported",
      after: { title: "Orders", addedCount: 3, added: ["List orders", "Place an order", "Read an order"] },
    });
    const group = await world.latchkey.groups.create({ name: unique("g"), apiIds: [placed?.id ?? ""] });
    expect((await world.latchkey.groups.get(group.id)).apis.map(({ path }) => path)).toEqual(["/orders"]);
  });

  it("changes nothing when the same document comes again, in JSON or YAML", async () => {
    const collectionId = await newCollection();
    await load(collectionId, ORDERS);
    const epochOf = async () => (await world.database.query("select max(id) from credential_changes")).rows;
    const before = [await epochOf(), await world.latchkey.apis.list({ collectionId })];
    for (const document of [ORDERS, stringify(ORDERS), { ...ORDERS, openapi: "3.0.3" }]) {
      const again = await load(collectionId, document);
      expect(countsOf(again)).toEqual({ added: 0, changed: 0, gone: 0, unchanged: 3, skipped: 0 });
    }
    expect([await epochOf(), await world.latchkey.apis.list({ collectionId })]).toEqual(before);
    expect(await eventsAbout(world, collectionId, "collection.imported")).toHaveLength(1);
  });

  it("follows what has changed, and knows an operation under other parameter names", async () => {
    const collectionId = await newCollection();
    const { added } = await load(collectionId, ORDERS);
    const next = openApi({
      "/orders": { get: operation("List all orders"), post: operation("Place an order", { description: "New" }) },
      "/orders/{orderId}": { get: operation("Read an order") },
      "/orders/{orderId}/items": { get: operation("List items") },
    });
    const told = await load(collectionId, next, { dryRun: true });
    expect(countsOf(told)).toEqual({ added: 1, changed: 3, gone: 0, unchanged: 0, skipped: 0 });
    expect(told.changed).toContainEqual({
      id: added[2]?.id,
      name: "Read an order",
      fields: [{ field: "path", before: "/orders/{id}", after: "/orders/{orderId}" }],
    });
    expect(told.changed).toContainEqual({
      id: added[0]?.id,
      name: "List orders",
      fields: [{ field: "name", before: "List orders", after: "List all orders" }],
    });
    expect(countsOf(await load(collectionId, next))).toEqual(countsOf(told));
    expect(await world.latchkey.apis.get(added[2]?.id ?? "")).toMatchObject({ path: "/orders/{orderId}" });
    expect(countsOf(await load(collectionId, next))).toMatchObject({ changed: 0, unchanged: 4 });
  });

  it("delists what is gone, keeps it when told to, and never lists it again by itself", async () => {
    const collectionId = await newCollection();
    await load(collectionId, ORDERS);
    const less = openApi({ "/orders": { get: operation("List orders") } });
    const kept = await load(collectionId, less, { gone: "KEEP" });
    expect(kept.gone.map(({ name }) => name)).toEqual(["Place an order", "Read an order"]);
    expect(await operationsOf(collectionId, "DELISTED")).toEqual([]);
    const delisting = await load(collectionId, less);
    expect(countsOf(delisting)).toEqual({ added: 0, changed: 0, gone: 2, unchanged: 1, skipped: 0 });
    expect(delisting.gone.map(({ status }) => status)).toEqual(["DELISTED", "DELISTED"]);
    expect(await operationsOf(collectionId, "DELISTED")).toEqual(["GET /orders/{id}", "POST /orders"]);
    expect(await lastEventAbout(world, collectionId)).toMatchObject({ after: { delistedCount: 2 } });
    expect(countsOf(await load(collectionId, less))).toMatchObject({ gone: 0, unchanged: 1 });

    const back = await load(collectionId, ORDERS);
    expect(back.stillDelisted.map(({ name }) => name)).toEqual(["Place an order", "Read an order"]);
    expect(await operationsOf(collectionId, "LISTED")).toEqual(["GET /orders"]);
  });

  it("takes nothing for gone that may stand where it could not read", async () => {
    const collectionId = await newCollection();
    await load(collectionId, ORDERS);
    const split = openApi({
      "/orders": { get: operation("List orders"), $ref: "./orders.yaml" },
      "/orders/{number}": { get: "later" },
    });
    const result = await load(collectionId, split, { ignoreExternalReferences: true });
    expect(countsOf(result)).toEqual({ added: 0, changed: 0, gone: 0, unchanged: 1, skipped: 2 });
    expect(await operationsOf(collectionId, "DELISTED")).toEqual([]);
  });

  it("merges what stands beside a reference, and YAML's merge keys", async () => {
    const collectionId = await newCollection();
    const document = [
      "\ufeffopenapi: 3.1.0",
      "x-shared: &shared {get: {summary: Shared}}",
      "paths:",
      '  /a: {$ref: "#/components/pathItems/A", post: {summary: Own}}',
      "  /b: {<<: *shared, put: {summary: Put}}",
      "components: {pathItems: {A: {get: {summary: Theirs}, post: {summary: Other}}}}",
    ].join("\n");
    const { added } = await load(collectionId, document);
    expect(new Set(added.map(({ method, path, name }) => `${method} ${path} ${name}`))).toEqual(
      new Set(["GET /a Theirs", "POST /a Own", "GET /b Shared", "PUT /b Put"]),
    );
  });

  it("leaves SOAP APIs and other collections alone", async () => {
    const collectionId = await newCollection();
    const soap = { collectionId, kind: "SOAP", name: "Soap", operation: "Soap" } as const;
    await world.latchkey.apis.create(soap);
    const elsewhere = await seedApi(world);
    expect((await load(collectionId, ORDERS)).gone).toEqual([]);
    expect((await world.latchkey.apis.get(elsewhere.id)).status).toBe("LISTED");
  });

  it("reads documents in the shape of large public ones", async () => {
    const collectionId = await newCollection();
    const large = largeOpenApi(60, 6_500);
    const text = JSON.stringify(large);
    expect(text.length).toBeGreaterThan(4_000_000);
    const result = await load(collectionId, text);
    expect(countsOf(result)).toMatchObject({ added: 60 * 7, skipped: 0 });
    expect(result.warnings).toEqual([expect.stringContaining("/v1"), expect.stringContaining("eu.orders.example.com")]);
    expect(await operationsOf(collectionId)).toContain("GET /resource-7/{owner}/{repo.name}/compare/{base}...{head}");
    expect(countsOf(await load(collectionId, stringify(largeOpenApi(60))))).toMatchObject({ unchanged: 60 * 7 });
  });

  it("puts a prefix before the paths where the calls carry one", async () => {
    const collectionId = await newCollection();
    const document = { ...ORDERS, servers: [{ url: "/v1/" }] };
    const result = await load(collectionId, document, { pathPrefix: "/v1" });
    expect(result.warnings).toEqual([]);
    expect(await operationsOf(collectionId)).toEqual(["GET /v1/orders", "GET /v1/orders/{id}", "POST /v1/orders"]);
    expect((await load(collectionId, document, { dryRun: true })).warnings).toEqual([expect.stringContaining("/v1")]);
  });

  it("follows references within the document, and takes letters as a URL has them", async () => {
    const collectionId = await newCollection();
    const document = openApi(
      {
        "/a": { $ref: "#/components/pathItems/Shared" },
        "/b~c/d": { $ref: "#/paths/~1a" },
        "/straße/{name}": { get: operation("\u0007 \n"), post: { operationId: "makeStreet" } },
        "/plain": { get: {} },
      },
      { components: { pathItems: { Shared: { get: operation("Shared") } } } },
    );
    const { added } = await load(collectionId, document);
    expect(added.map(({ name, method, path }) => `${name}: ${method} ${path}`)).toEqual([
      "Shared: GET /a",
      "Shared: GET /b~c/d",
      "GET /stra%C3%9Fe/{name}: GET /stra%C3%9Fe/{name}",
      "makeStreet: POST /stra%C3%9Fe/{name}",
      "GET /plain: GET /plain",
    ]);
  });

  it("leaves out what is no operation of a server, and says why", async () => {
    const collectionId = await newCollection();
    const result = await load(
      collectionId,
      openApi({
        "/fine": { get: operation("x".repeat(200), { description: "y".repeat(3_000) }) },
        "/query?a={b}": { get: operation("Query") },
        "/a/{x}": { get: operation("One") },
        "/a/{y}": { get: operation("Other"), foo: operation("Foo") },
        "/{a}{b}": { get: operation("Adjacent") },
        relative: { get: operation("Relative") },
        "/list": [],
        "/null": { get: null },
        "x-paths": { get: operation("Extension") },
        "/constructor/prototype": { get: operation("Constructor") },
      }),
    );
    expect(result.added.map(({ path }) => path)).toEqual(["/fine", "/a/{x}", "/constructor/prototype"]);
    expect(result.added[0]?.name).toHaveLength(100);
    expect(Object.fromEntries(result.skipped.map(({ name, reason }) => [name, reason]))).toEqual({
      "/query?a={b}": expect.stringContaining("query"),
      "GET /a/{y}": "answers the same calls as GET /a/{x}",
      "FOO /a/{y}": expect.stringContaining("none of HTTP"),
      "/{a}{b}": expect.stringContaining("between two parameters"),
      relative: expect.stringContaining("start with /"),
      "/list": "is no path item",
      "GET /null": "is no operation",
    });
  });

  it("lets two imports into one collection take turns", async () => {
    const collectionId = await newCollection();
    const results = await Promise.all([load(collectionId, ORDERS), load(collectionId, ORDERS)]);
    expect(new Set(results.map(({ addedCount }) => addedCount))).toEqual(new Set([0, 3]));
  });

  it("is for operators and administrators, and for a collection that exists", async () => {
    const document = JSON.stringify(ORDERS);
    const collectionId = await newCollection();
    await expectKeptOut(world, importOpenApi, { collectionId, document }, ["MEMBER", "AUDITOR"]);
    expectInvalid(await importOpenApi({ collectionId: ABSENT, document }), "collectionId");
    for (const [changes, path] of [
      [{ document: "" }, "document"],
      [{ document: null }, "document"],
      [{ pathPrefix: "v1" }, "pathPrefix"],
      [{ pathPrefix: "/v1/" }, "pathPrefix"],
      [{ gone: "DELETE" }, "gone"],
      [{ dryRun: null }, "dryRun"],
    ] as const) {
      expectInvalid(await importOpenApi({ collectionId, document, ...changes }), path);
    }
  });
});
