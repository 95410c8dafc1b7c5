import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { expectConflict, expectInvalid, lastEventAbout, type Mutation, mutationOf } from "../support/mutations.js";
import { seedApi, seedCollection, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const FIELDS = "{ id kind name method path endpoint soapAction operation port wsdlLocation }";

describe("a SOAP API", () => {
  let world: World;
  let create: Mutation;
  let update: Mutation;
  let collectionId: string;

  before(async () => {
    world = await startWorld();
    create = mutationOf(world, "createApi", "CreateApiInput", FIELDS);
    update = mutationOf(world, "updateApi", "UpdateApiInput", FIELDS);
    collectionId = (await seedCollection(world.latchkey)).id;
  });

  after(() => world.stop());

  const soap = (changes: object = {}) => ({
    collectionId,
    kind: "SOAP",
    name: "Get an order",
    endpoint: "https://orders.example.com/soap?tenant=1",
    soapAction: `urn:orders#${unique("Get")}`,
    operation: "GetOrder",
    port: "OrdersPort",
    wsdlLocation: "https://orders.example.com/soap?wsdl",
    ...changes,
  });

  it("is known by action and operation, and has neither method nor path", async () => {
    const input = soap();
    const made = (await create(input)).data.createApi;
    const { collectionId: _, ...told } = input;
    expect(made).toEqual({ id: made.id, ...told, method: null, path: null });
    expect(await lastEventAbout(world, made.id)).toMatchObject({
      event: "api.created",
      after: { kind: "SOAP", soapAction: input.soapAction },
    });
    const found = await world.latchkey.apis.list({ kind: "SOAP", search: input.soapAction.toUpperCase() });
    expect(found.nodes.map(({ id }) => id)).toEqual([made.id]);
  });

  it("needs an action or an operation; an empty action is none", async () => {
    const operation = unique("Ping");
    const { data } = await create(soap({ soapAction: "", operation, endpoint: null }));
    expect(data.createApi).toMatchObject({ soapAction: null, operation, endpoint: null });
    expectInvalid(await create(soap({ soapAction: "", operation: null })), "soapAction");
    expectInvalid(await update({ id: data.createApi.id, operation: null }), "soapAction");
    const { updateApi } = (await update({ id: data.createApi.id, operation: null, soapAction: operation })).data;
    expect(updateApi).toMatchObject({ soapAction: operation, operation: null, port: "OrdersPort" });
  });

  it("is refused with what only a REST API has, and a REST API with what only SOAP has", async () => {
    expectInvalid(await create(soap({ method: "POST" })), "method");
    expectInvalid(await create(soap({ path: "/orders" })), "path");
    const rest = { collectionId, kind: "REST", name: "Read", method: "GET", path: `/${unique("a")}` };
    expectInvalid(await create({ ...rest, soapAction: "urn:a" }), "soapAction");
    expectInvalid(await create({ ...rest, endpoint: "https://a.example.com" }), "endpoint");
    const { method: _, ...withoutMethod } = rest;
    expectInvalid(await create(withoutMethod), "method");
    const { path: __, ...withoutPath } = rest;
    expectInvalid(await create(withoutPath), "path");
    expectInvalid(await update({ id: (await seedApi(world)).id, operation: "Get" }), "operation");
  });

  it("refuses what is no URL, and actions that no header can carry", async () => {
    for (const [changes, path] of [
      [{ endpoint: "orders" }, "endpoint"],
      [{ endpoint: "https://a.example.com/#soap" }, "endpoint"],
      [{ endpoint: "file:///etc/passwd" }, "endpoint"],
      [{ wsdlLocation: "javascript:alert(1)" }, "wsdlLocation"],
      [{ soapAction: 'urn:"a"' }, "soapAction"],
      [{ soapAction: "urn:a b" }, "soapAction"],
      [{ soapAction: "urn:ü" }, "soapAction"],
      [{ soapAction: "x".repeat(501) }, "soapAction"],
      [{ operation: "" }, "operation"],
      [{ port: "x".repeat(201) }, "port"],
    ] as const) {
      expectInvalid(await create(soap(changes)), path);
    }
  });

  it("stands once at an endpoint of its collection; an operation without action counts as its name", async () => {
    const first = soap();
    expect((await create(first)).errors).toEqual([]);
    expectConflict(await create({ ...first, operation: "Other" }), "soapAction");
    expectConflict(await create({ ...first, soapAction: null, operation: first.soapAction }), "soapAction");
    expect((await create({ ...first, endpoint: "https://orders.example.com/v2/soap" })).errors).toEqual([]);
    expect((await create(soap({ collectionId: (await seedCollection(world.latchkey)).id }))).errors).toEqual([]);
  });
});
