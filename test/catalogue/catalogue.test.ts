import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { seedApi, seedCollection, seedGroup, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("the catalogue", () => {
  let world: World;
  let createRegion: Mutation;
  let createCollection: Mutation;
  let createApi: Mutation;

  before(async () => {
    world = await startWorld();
    createRegion = mutationOf(world, "createRegion", "CreateRegionInput", "{ id code name }");
    createCollection = mutationOf(
      world,
      "createCollection",
      "CreateCollectionInput",
      "{ id name serverName baseUrl region { code } }",
    );
    createApi = mutationOf(
      world,
      "createApi",
      "CreateApiInput",
      "{ id kind name description method path status audience openToAll collection { id } }",
    );
  });

  after(() => world.stop());

  const region = (changes: object = {}) => ({ code: unique("r"), name: unique("Region"), ...changes });
  const collection = async (changes: object = {}) => ({
    regionId: (await world.latchkey.regions.create(region())).id,
    name: unique("collection"),
    serverName: "orders",
    baseUrl: "https://orders.example.com:8443/v1",
    ...changes,
  });
  const api = async (changes: object = {}) => ({
    collectionId: (await seedCollection(world.latchkey)).id,
    kind: "REST",
    name: unique("Read"),
    method: "GET",
    path: "/orders/{id}",
    ...changes,
  });

  it("goes from a region over a collection to an API, each with its audit event", async () => {
    const made = (await createRegion(region({ code: unique("eu") }))).data.createRegion;
    expect(await lastEventAbout(world, made.id)).toMatchObject({
      event: "region.created",
      targetKind: "Region",
      after: { code: made.code },
    });
    const input = await collection({ regionId: made.id });
    const inRegion = (await createCollection(input)).data.createCollection;
    const { regionId: _, ...told } = input;
    expect(inRegion).toMatchObject({ ...told, region: { code: made.code } });
    expect(await lastEventAbout(world, inRegion.id)).toMatchObject({
      event: "collection.created",
      after: { baseUrl: input.baseUrl },
    });
    const entry = (await createApi(await api({ collectionId: inRegion.id }))).data.createApi;
    expect(entry).toMatchObject({
      kind: "REST",
      method: "GET",
      path: "/orders/{id}",
      description: "",
      status: "LISTED",
      audience: "INTERNAL_AND_EXTERNAL",
      openToAll: false,
      collection: { id: inRegion.id },
    });
    expect(await lastEventAbout(world, entry.id)).toMatchObject({
      event: "api.created",
      after: { path: "/orders/{id}" },
    });
  });

  it("refuses bad regions, and codes and names that are taken", async () => {
    const taken = await world.latchkey.regions.create(region());
    for (const [changes, path] of [
      [{ code: "a b" }, "code"],
      [{ code: "" }, "code"],
      [{ code: "x".repeat(51) }, "code"],
      [{ name: " " }, "name"],
      [{ name: "x".repeat(101) }, "name"],
    ] as const) {
      expectInvalid(await createRegion(region(changes)), path);
    }
    expectConflict(await createRegion(region({ code: taken.code })), "code");
    expectConflict(await createRegion(region({ name: taken.name })), "name");
  });

  it("refuses bad collections, and a name that its region has already", async () => {
    for (const [changes, path] of [
      [{ regionId: ABSENT }, "regionId"],
      [{ regionId: "nonsense" }, "regionId"],
      [{ name: "" }, "name"],
      [{ name: "x".repeat(101) }, "name"],
      [{ serverName: "x".repeat(254) }, "serverName"],
      [{ baseUrl: "orders.example.com" }, "baseUrl"],
      [{ baseUrl: "ftp://orders.example.com" }, "baseUrl"],
      [{ baseUrl: "https://orders.example.com/?a=1" }, "baseUrl"],
      [{ baseUrl: "https://orders.example.com/#a" }, "baseUrl"],
      [{ baseUrl: "javascript:alert(1)" }, "baseUrl"],
    ] as const) {
      expectInvalid(await createCollection(await collection(changes)), path);
    }
    const first = await collection();
    await createCollection(first);
    expectConflict(await createCollection(first), "name");
    expect((await createCollection(await collection({ name: first.name }))).errors).toEqual([]);
  });

  it("refuses templates that are no templates, and other bad values", async () => {
    for (const path of [
      "orders",
      "",
      "/orders//7",
      "/orders//",
      "//orders",
      "/a/../b",
      "/./a",
      "/{a}{b}",
      "/x{a}{b}y",
      "/{id",
      "/id}",
      "/{{id}}",
      "/{a b}",
      "/{a:.*}",
      `/{${"x".repeat(65)}}`,
      "/a;b",
      "/a%3Bb",
      "/files/*",
      "/%2e%2E/a",
      "/a%2Fb",
      "/a%5Cb",
      "/a%00",
      "/a%zz",
      "/a%c3%28",
      "/{}",
      "/{1a}",
      "/{a}/{a}",
      "/a b",
      "/a?x=1",
      "/a#b",
      "/ü",
      "/a\\b",
      `/${"x".repeat(500)}`,
    ]) {
      const { code, fields } = refusalIn(await createApi(await api({ path })));
      expect({ path, code, field: fields?.[0]?.path }).toEqual({ path, code: "INVALID_INPUT", field: "path" });
    }
    for (const [changes, path] of [
      [{ collectionId: ABSENT }, "collectionId"],
      [{ collectionId: "nonsense" }, "collectionId"],
      [{ name: "" }, "name"],
      [{ method: "get" }, "method"],
      [{ kind: "GRPC" }, "kind"],
      [{ description: "x".repeat(2_001) }, "description"],
      [{ openToAll: null }, "openToAll"],
    ] as const) {
      expectInvalid(await createApi(await api(changes)), path);
    }
  });

  it("holds one method and template once in a collection, whatever its parameters are called", async () => {
    const first = await api();
    expect((await createApi(first)).errors).toEqual([]);
    expectConflict(await createApi({ ...first, path: "/orders/{number}" }), "path");
    expect((await createApi({ ...first, method: "POST" })).errors).toEqual([]);
    for (const path of ["/orders/all", "/orders/{id}/", "/orders/{id}.json", "/orders/caf%c3%a9"]) {
      expect((await createApi({ ...first, path })).errors).toEqual([]);
    }
    expectConflict(await createApi({ ...first, path: "/orders/{name}.json" }), "path");
    expectConflict(await createApi({ ...first, path: "/orders/caf%C3%A9" }), "path");
    expectConflict(await createApi({ ...first, path: "/%6frders/{id}" }), "path");
    expect((await createApi(await api())).errors).toEqual([]);
  });

  it("is written by operators and administrators", async () => {
    for (const [mutation, input] of [
      [createRegion, region()],
      [createCollection, await collection()],
      [createApi, await api()],
    ] as const) {
      await expectKeptOut(world, mutation, input, ["MEMBER", "AUDITOR"]);
    }
    const { token } = await seedUser(world, "OPERATOR");
    expect((await createRegion(region(), token)).errors).toEqual([]);
  });

  it("is found by keyword, region, collection, status and method, page by page", async () => {
    const { latchkey } = world;
    const { id, regionCode } = await seedCollection(latchkey);
    const mark = unique("find");
    const names = ["a", "b", "c"].map((each) => `${mark} ${each}`);
    for (const [index, name] of names.entries()) {
      await latchkey.apis.create({
        collectionId: id,
        kind: "REST",
        name,
        method: index === 0 ? "POST" : "GET",
        path: `/${mark}/${index}`,
        ...(index === 2 && { status: "DELISTED" }),
      });
    }
    const found = async (query: object) => (await latchkey.apis.list(query)).nodes.map(({ name }) => name);
    expect(await found({ search: mark.toUpperCase() })).toEqual(names);
    expect(await found({ search: `/${mark}/1` })).toEqual([names[1]]);
    expect(await found({ search: mark, filter: { method: "POST" } })).toEqual([names[0]]);
    expect(await found({ search: mark, filter: { status: "LISTED" } })).toEqual(names.slice(0, 2));
    expect(await found({ collectionId: id, kind: "REST" })).toEqual(names);
    expect(await found({ collectionId: ABSENT })).toEqual([]);
    const page = await latchkey.apis.list({ search: mark, first: 2 });
    expect([page.totalCount, page.nodes.length, page.pageInfo.hasNextPage]).toEqual([3, 2, true]);
    const rest = await latchkey.apis.list({ search: mark, first: 2, after: page.pageInfo.endCursor });
    expect(rest.nodes.map(({ name }) => name)).toEqual([names[2]]);

    const regions = await latchkey.regions.list({ search: regionCode });
    expect(regions.nodes.map(({ code }) => code)).toEqual([regionCode]);
    const collections = await latchkey.collections.list({ regionId: regions.nodes[0]?.id ?? "" });
    expect(collections.nodes.map((each) => each.id)).toEqual([id]);
    expect((await latchkey.collections.list({ search: unique("nothing") })).nodes).toEqual([]);
  });

  it("finds one thing by its id, and none where there is none", async () => {
    const made = await seedApi(world);
    const group = await seedGroup(world, { apiIds: [made.id] });
    const { data } = await world.graphql(
      `query ($id: ID!) { api(id: $id) { name collection { region { code } } groups { name } } }`,
      { id: made.id },
    );
    expect(data.api).toMatchObject({ name: made.name, groups: [{ name: group.name }] });
    for (const field of ["region", "collection", "api"]) {
      const ask = (id: string) => world.graphql(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
      expectNotFound(await ask(ABSENT));
      expectInvalid(await ask("nonsense"), "id");
    }
  });

  it("is open to verification as soon as an entry exists", async () => {
    const { secret } = await world.latchkey.keys.create({ name: unique("own") });
    const { id } = await seedCollection(world.latchkey);
    const path = `/${unique("new")}`;
    const ask = async () => (await world.latchkey.verify({ credential: secret, api: { method: "GET", path } })).code;
    expect(await ask()).toBe("API_UNKNOWN");
    await world.latchkey.apis.create({
      collectionId: id,
      kind: "REST",
      name: "new",
      method: "GET",
      path,
      openToAll: true,
    });
    expect(await ask()).toBe("VALID");
  });
});
