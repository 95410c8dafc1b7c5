import { after, before, describe, it } from "node:test";
import type { CatalogueImport } from "@latchkey/sdk";
import { expect } from "expect";
import { eventsAbout } from "../../support/accounts.js";
import { expectInvalid, expectKeptOut, lastEventAbout, type Mutation, mutationOf } from "../../support/mutations.js";
import { seedApi, seedCollection } from "../../support/seed.js";
import { startWorld, type World } from "../../support/world.js";
import { type WsdlParts, wsdl } from "./documents.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

const ORDERS: WsdlParts = {
  operations: [
    { name: "GetOrder", action: "urn:orders#Get", documentation: "Reads <b>one</b> order." },
    { name: "CancelOrder", action: "urn:orders#Cancel" },
    { name: "Ping" },
  ],
};

describe("importing a WSDL document", () => {
  let world: World;
  let importWsdl: Mutation;

  before(async () => {
    world = await startWorld();
    importWsdl = mutationOf(world, "importWsdl", "ImportWsdlInput", "{ addedCount }");
  });

  after(() => world.stop());

  const newCollection = async () => (await seedCollection(world.latchkey)).id;
  const load = (collectionId: string, parts: WsdlParts | string, changes: object = {}) =>
    world.latchkey.collections.importWsdl({
      collectionId,
      document: typeof parts === "string" ? parts : wsdl(parts),
      ...changes,
    });
  const countsOf = ({ addedCount, changedCount, goneCount, unchangedCount }: CatalogueImport) => ({
    added: addedCount,
    changed: changedCount,
    gone: goneCount,
    unchanged: unchangedCount,
  });
  const apisOf = async (collectionId: string) => (await world.latchkey.apis.list({ collectionId })).nodes;

  it("adds one API for each operation of its SOAP ports, be they of SOAP 1.1 or 1.2", async () => {
    const collectionId = await newCollection();
    const wsdlLocation = "https://orders.example.com/soap?wsdl";
    const result = await load(collectionId, ORDERS, { wsdlLocation });
    expect(result).toMatchObject({ title: "OrdersService", addedCount: 3, warnings: [] });
    expect(result.skipped).toEqual([{ name: "port OrdersHttp", reason: "its binding is not one of SOAP" }]);
    const endpoint = "https://orders.example.com/soap";
    const known = { kind: "SOAP", endpoint, port: "OrdersSoap", wsdlLocation, method: null, path: null };
    expect(await apisOf(collectionId)).toMatchObject([
      { ...known, name: "CancelOrder", soapAction: "urn:orders#Cancel", operation: "CancelOrder", description: "" },
      { ...known, name: "GetOrder", soapAction: "urn:orders#Get", operation: "GetOrder", description: "Reads  order." },
      { ...known, name: "Ping", soapAction: null, operation: "Ping" },
    ]);
    expect(await lastEventAbout(world, collectionId)).toMatchObject({
      event: "collection.imported",
      after: { title: "OrdersService", addedCount: 3 },
    });
  });

  it("changes nothing the second time, and follows actions that moved to another endpoint", async () => {
    const collectionId = await newCollection();
    expect(countsOf(await load(collectionId, ORDERS, { dryRun: true }))).toMatchObject({ added: 3 });
    expect(await apisOf(collectionId)).toEqual([]);
    await load(collectionId, ORDERS);
    expect(countsOf(await load(collectionId, ORDERS))).toEqual({ added: 0, changed: 0, gone: 0, unchanged: 3 });
    expect(await eventsAbout(world, collectionId, "collection.imported")).toHaveLength(1);

    const before = await apisOf(collectionId);
    const moved = { ...ORDERS, address: "https://orders.example.com/v2/soap" };
    const result = await load(collectionId, moved);
    expect(countsOf(result)).toEqual({ added: 0, changed: 3, gone: 0, unchanged: 0 });
    expect(result.changed[0]?.fields).toEqual([
      { field: "endpoint", before: "https://orders.example.com/soap", after: "https://orders.example.com/v2/soap" },
    ]);
    const after = await apisOf(collectionId);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(new Set(after.map(({ endpoint }) => endpoint))).toEqual(new Set(["https://orders.example.com/v2/soap"]));
  });

  it("delists operations that are gone, and leaves REST APIs alone", async () => {
    const collectionId = await newCollection();
    const rest = await seedApi(world, { collectionId });
    await load(collectionId, ORDERS);
    const result = await load(collectionId, { operations: ORDERS.operations.slice(0, 2) });
    expect(result.gone.map(({ name }) => name)).toEqual(["Ping"]);
    const statuses = (await apisOf(collectionId)).map(({ name, status }) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      CancelOrder: "LISTED",
      GetOrder: "LISTED",
      Ping: "DELISTED",
      [rest.name]: "LISTED",
    });
  });

  it("takes the endpoint that is given, and the collection's where the document has none", async () => {
    const collectionId = await newCollection();
    const endpoint = "https://gateway.example.com/orders";
    const { added } = await load(collectionId, { ...ORDERS, address: "http://localhost:8080/x" }, { endpoint });
    expect(new Set(added.map((each) => each.endpoint))).toEqual(new Set([endpoint]));
    const other = await newCollection();
    const unknown = await load(other, { ...ORDERS, address: "REPLACE_WITH_ACTUAL_URL" });
    expect(unknown.warnings).toEqual([
      expect.stringContaining("Port OrdersSoap has no"),
      expect.stringContaining("Port OrdersSoap12 has no"),
    ]);
    expect((await apisOf(other)).map((each) => each.endpoint)).toEqual([null, null, null]);
  });

  it("leaves out operations that no header can name apart", async () => {
    const collectionId = await newCollection();
    const { added, skipped } = await load(collectionId, {
      operations: [
        { name: "One", action: "urn:same" },
        { name: "Two", action: "urn:same" },
        { name: "Three", action: "urn:with space" },
        { name: "Überweisung", action: "urn:transfer" },
        { name: "Überweisung" },
      ],
    });
    expect(added.map(({ name, soapAction, operation }) => [name, soapAction, operation])).toEqual([
      ["One", "urn:same", "One"],
      ["Überweisung", "urn:transfer", null],
    ]);
    expect(skipped.slice(0, 3)).toEqual([
      { name: "Two", reason: "has the same action as One" },
      { name: "Three", reason: "no header can carry its SOAP action" },
      { name: "Überweisung", reason: expect.stringContaining("neither an action nor a name") },
    ]);
  });

  it("reads hundreds of operations with their schemas inline", async () => {
    const collectionId = await newCollection();
    const operations = Array.from({ length: 800 }, (_, number) => ({
      name: `Do${number}`,
      action: `urn:do#${number}`,
    }));
    const element = '<xsd:element name="e" type="xsd:string"><xsd:annotation/></xsd:element>';
    const types = `<xsd:schema targetNamespace="urn:orders">${element.repeat(20_000)}</xsd:schema>`;
    expect(countsOf(await load(collectionId, { operations, types }))).toMatchObject({ added: 800 });
  });

  it("is for operators and administrators, and for a collection that exists", async () => {
    const document = wsdl(ORDERS);
    const collectionId = await newCollection();
    await expectKeptOut(world, importWsdl, { collectionId, document }, ["MEMBER", "AUDITOR"]);
    expectInvalid(await importWsdl({ collectionId: ABSENT, document }), "collectionId");
    expectInvalid(await importWsdl({ collectionId, document, endpoint: "nonsense" }), "endpoint");
    expectInvalid(await importWsdl({ collectionId, document, wsdlLocation: "javascript:alert(1)" }), "wsdlLocation");
  });
});
