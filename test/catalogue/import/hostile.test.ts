import { createServer, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../../support/graphql.js";
import { type Mutation, mutationOf } from "../../support/mutations.js";
import { seedCollection, seedKey, seedUser } from "../../support/seed.js";
import { startWorld, type World } from "../../support/world.js";
import { openApi, operation, wsdl } from "./documents.js";

const FINE = { "/fine": { get: operation("Fine") } };
const PING = { operations: [{ name: "Ping" }] };
const MEGABYTE = 2 ** 20;

describe("a hostile document", () => {
  let world: World;
  let elsewhere: Server;
  let elsewhereUrl: string;
  let fetched: string[];
  let importOpenApi: Mutation;
  let importWsdl: Mutation;
  let collectionId: string;

  before(async () => {
    world = await startWorld();
    fetched = [];
    elsewhere = createServer((request, response) => {
      fetched.push(request.url ?? "");
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => elsewhere.once("listening", resolve));
    const address = elsewhere.address();
    elsewhereUrl = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : ""}`;
    importOpenApi = mutationOf(world, "importOpenApi", "ImportOpenApiInput", "{ addedCount }");
    importWsdl = mutationOf(world, "importWsdl", "ImportWsdlInput", "{ addedCount }");
    collectionId = (await seedCollection(world.latchkey)).id;
  });

  after(async () => {
    elsewhere.close();
    await world.stop();
  });

  async function refusalOf(load: Mutation, document: string, changes: object = {}): Promise<string> {
    const answer = await load({ collectionId, document, ...changes });
    expect(refusalIn(answer)).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "document" }] });
    expect((await world.latchkey.apis.list({ collectionId })).nodes).toEqual([]);
    return answer.errors[0]?.message ?? "";
  }

  it("that refers to others is refused, or read without them, but nothing is ever fetched", async () => {
    const referring = [
      openApi({ "/a": { $ref: `${elsewhereUrl}/item.json` } }),
      openApi({ "/a": { get: operation("A", { requestBody: { $ref: `${elsewhereUrl}/body.json` } }) } }),
      openApi(FINE, { components: { schemas: { A: { $ref: "./order.yaml#/Order" } } } }),
      openApi(FINE, { components: { schemas: { A: { $ref: "file:///etc/passwd" } } } }),
      openApi({ "/a": { get: operation("A", { responses: { default: { $ref: "./errors.yaml#/E" } } }) } }),
    ];
    for (const document of referring) {
      expect(await refusalOf(importOpenApi, JSON.stringify(document))).toMatch(
        /refers to another document at #\/.*put all/,
      );
    }
    const wsdls = [
      wsdl({ ...PING, extra: `<wsdl:import namespace="urn:x" location="${elsewhereUrl}/x.wsdl"/>` }),
      wsdl({ ...PING, types: `<xsd:schema><xsd:import schemaLocation="${elsewhereUrl}/x.xsd"/></xsd:schema>` }),
      wsdl({ ...PING, types: '<xsd:schema><xsd:include schemaLocation="file:///etc/passwd"/></xsd:schema>' }),
    ];
    for (const document of wsdls) {
      expect(await refusalOf(importWsdl, document)).toMatch(/refers to another document at line \d+/);
    }
    const left = { dryRun: true, ignoreExternalReferences: true };
    expect(await refusalOf(importOpenApi, JSON.stringify(referring[0]), left)).toContain("stands in another document");
    for (const document of referring.slice(1)) {
      const { data } = await importOpenApi({ collectionId, document: JSON.stringify(document), ...left });
      expect(data.importOpenApi.addedCount).toBe(1);
    }
    for (const document of wsdls) {
      expect((await importWsdl({ collectionId, document, ...left })).data.importWsdl.addedCount).toBe(1);
    }
    expect(fetched).toEqual([]);
  });

  it("that declares entities is refused, whether they are fetched, multiplied or harmless", async () => {
    for (const prolog of [
      `<!DOCTYPE a SYSTEM "${elsewhereUrl}/a.dtd">`,
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
      `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>`,
      "<!DOCTYPE a>",
    ]) {
      expect(await refusalOf(importWsdl, wsdl({ ...PING, prolog }))).toContain("document type declaration at line 1");
    }
    expect(await refusalOf(importWsdl, wsdl({ operations: [{ name: "P", documentation: "&undefined;" }] }))).toContain(
      "no valid XML",
    );
    expect(fetched).toEqual([]);
  });

  it("that multiplies or holds itself is refused", async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const of = level === 0 ? '"ha"' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array.from({ length: 9 }, () => of).join(", ")}]`;
    });
    expect(await refusalOf(importOpenApi, `openapi: 3.1.0\n${levels.join("\n")}\npaths: {}`)).toMatch(
      /multiplies itself/,
    );
    expect(await refusalOf(importOpenApi, "openapi: 3.1.0\npaths: &p\n  /a: *p\n")).toMatch(/YAML|holds itself/);
    const flat = ["x: &x {a: 1, b: [2, 3]}", ...Array.from({ length: 5_000 }, (_, number) => `x${number}: *x`)];
    const document = `openapi: 3.1.0\npaths: {/a: {get: {}}}\n${flat.join("\n")}`;
    const { data } = await importOpenApi({ collectionId, document, dryRun: true });
    expect(data.importOpenApi.addedCount).toBe(1);
    const circle = { A: { $ref: "#/components/pathItems/B" }, B: { $ref: "#/components/pathItems/A" } };
    const circular = openApi({ "/a": { $ref: "#/components/pathItems/A" } }, { components: { pathItems: circle } });
    expect(await refusalOf(importOpenApi, JSON.stringify(circular))).toContain("references in a circle");
    const dangling = openApi({ "/a": { $ref: "#/components/__proto__" } });
    expect(await refusalOf(importOpenApi, JSON.stringify(dangling))).toContain("reference to nothing");
  });

  it("that nests without end is refused", async () => {
    const depth = 100_000;
    const nested = "[".repeat(depth) + "]".repeat(depth);
    expect(await refusalOf(importOpenApi, `{"openapi": "3.1.0", "paths": ${nested}}`)).toContain("has no paths");
    expect(await refusalOf(importOpenApi, `openapi: 3.1.0\npaths: ${nested}`)).toContain("nested too deeply");
    expect(await refusalOf(importOpenApi, `{"x": ${nested}, openapi: "3.1.0"}`)).toMatch(/JSON/);
    const tags = "<a>".repeat(depth) + "</a>".repeat(depth);
    expect(await refusalOf(importWsdl, wsdl({ ...PING, types: tags }))).toContain("nested too deeply");
  });

  it("that has more operations than anybody looks through is refused", async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, number) => [`/p${number}`, { get: {} }]));
    expect(await refusalOf(importOpenApi, JSON.stringify(openApi(many)))).toContain("10000 operations");
  });

  it("that is full of what is no operation costs nobody time or memory", async () => {
    const useless = Object.fromEntries(Array.from({ length: 600 }, (_, number) => [`m${number}`, {}]));
    const paths = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, number) => [`/p${number}`, { $ref: "#/components/pathItems/Useless" }]),
    );
    const components = { pathItems: { Useless: useless } };
    const document = JSON.stringify(openApi({ ...FINE, ...paths }, { components }));
    expect(document.length).toBeLessThan(200_000);
    expect(await refusalOf(importOpenApi, document)).toContain("100000 parts that are no operations");
    const fewer = openApi(
      { ...FINE, "/p": { $ref: "#/components/pathItems/Useless" }, "/q": { ...useless } },
      { components },
    );
    const { skippedCount, skipped } = await world.latchkey.collections.importOpenApi({
      collectionId,
      document: JSON.stringify(fewer),
      dryRun: true,
    });
    expect([skippedCount, skipped.length]).toEqual([1_200, 1_000]);
  });

  it("that is something else is refused with what it is not", async () => {
    for (const [document, reason] of [
      [" \n", "is empty"],
      ["just text", "no OpenAPI document"],
      ["[]", "no OpenAPI document"],
      ["null", "no OpenAPI document"],
      ['{"openapi": "3.1.0", "paths": {', "no valid JSON"],
      ["openapi: 3.1.0\n  paths: {", "no valid YAML"],
      ["openapi: 3.1.0\nopenapi: 3.0.0\npaths: {}", "unique"],
      ["a: 1\n---\nb: 2", "multiple documents"],
      ['{"swagger": "2.0", "paths": {}}', "Swagger 2"],
      ['{"openapi": "4.0.0", "paths": {}}', "3.0 or 3.1"],
      ['{"openapi": 3.1, "paths": {}}', "3.0 or 3.1"],
      ['{"openapi": "3.1.0"}', "has no paths"],
      ['{"openapi": "3.1.0", "paths": {}}', "has no operation"],
      ['{"openapi": "3.1.0", "paths": {"__proto__": {"get": {}}}}', "start with /"],
      ["\u0000", "NUL"],
      ["openapi: !!js/function 'function(){}'\npaths: {}", "3.0 or 3.1"],
      [wsdl(PING), ""],
    ] as const) {
      expect(await refusalOf(importOpenApi, document)).toContain(reason);
    }
    for (const [document, reason] of [
      [" ", "is empty"],
      ["{}", "no valid XML"],
      ["<a>&b;</a>", "no WSDL 1.1"],
      ["<a/>", "no WSDL 1.1"],
      ["<a><b></a>", "no WSDL 1.1"],
      [wsdl(PING).replace("</wsdl:service>", ""), "no valid XML"],
      ['<d:description xmlns:d="http://www.w3.org/ns/wsdl"/>', "WSDL 2.0"],
      ['<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>', "no SOAP port"],
      [wsdl({ operations: [] }), "no SOAP port"],
      [wsdl({ operations: [{ name: "a\u0000b" }] }), "NUL"],
      [wsdl({ operations: [{ name: "a\u0001b" }] }), "no valid XML"],
      [`${wsdl(PING)}<more/>`, "no valid XML"],
      [wsdl(PING).replaceAll('binding="tns:', 'binding="nowhere:'), "no SOAP port"],
    ] as const) {
      expect(await refusalOf(importWsdl, document)).toContain(reason);
    }
  });

  it("that is too long is refused, and up to 10 MiB are read", async () => {
    const filler = "x".repeat(10 * MEGABYTE);
    const tooLong = JSON.stringify(openApi(FINE, { info: { title: "Long", description: filler } }));
    expect(await refusalOf(importOpenApi, tooLong)).toContain("10 MiB");
    const description = "é\n".repeat((10 * MEGABYTE - 1_000) / 4);
    const long = JSON.stringify(openApi(FINE, { info: { title: "Long", description } }));
    const answer = await importOpenApi({ collectionId, document: long, dryRun: true });
    expect(answer.data.importOpenApi.addedCount).toBe(1);
    const letters = JSON.stringify(openApi(FINE, { info: { title: "é".repeat(6 * MEGABYTE) } }));
    expect(await refusalOf(importOpenApi, letters)).toContain("UTF-8");
  });

  it("keeps no verdict waiting while it is read", async () => {
    const { secret } = await seedKey(world);
    const lines = Array.from({ length: 15_000 }, (_, number) => `  k${number}: {a: [1, 2, {b: c}]}`);
    const reading = importOpenApi({ collectionId, document: `openapi: 3.1.0\npaths: {}\nx:\n${lines.join("\n")}` });
    let isReading = true;
    void reading.finally(() => {
      isReading = false;
    });
    let verdicts = 0;
    while (isReading) {
      expect((await world.latchkey.verify({ credential: secret })).code).toBe("VALID");
      verdicts++;
    }
    expect(refusalIn(await reading).code).toBe("INVALID_INPUT");
    expect(verdicts).toBeGreaterThan(5);
  });

  it("comes from nobody who may not import: their bodies end at 1 MiB, whether they tell their length or not", async () => {
    const body = JSON.stringify({ query: "{ me { id } }", variables: { x: "x".repeat(2 * MEGABYTE) } });
    const { token: member } = await seedUser(world, "MEMBER");
    const statusOf = async (token: string | undefined, streamed: boolean) => {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const init = {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization },
        body: streamed ? new Blob([body]).stream() : body,
        duplex: "half",
      };
      return (await world.fetch("/graphql", init as RequestInit)).status;
    };
    for (const streamed of [false, true]) {
      expect([await statusOf(undefined, streamed), await statusOf(member, streamed)]).toEqual([413, 413]);
      expect(await statusOf("lk_ss_nonsense", streamed)).toBe(401);
      expect(await statusOf(world.token, streamed)).toBe(200);
    }
  });
});
