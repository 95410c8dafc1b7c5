import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { callOf, seedApi, seedClient, seedCollection, seedGroup, seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("changing the catalogue", () => {
  let world: World;
  let updateRegion: Mutation;
  let deleteRegion: Mutation;
  let updateCollection: Mutation;
  let deleteCollection: Mutation;
  let updateApi: Mutation;
  let deleteApi: Mutation;

  before(async () => {
    world = await startWorld();
    updateRegion = mutationOf(world, "updateRegion", "UpdateRegionInput", "{ id code name }");
    deleteRegion = mutationOf(world, "deleteRegion", "DeleteRegionInput", "{ id }");
    updateCollection = mutationOf(
      world,
      "updateCollection",
      "UpdateCollectionInput",
      "{ id name serverName baseUrl region { id } }",
    );
    deleteCollection = mutationOf(world, "deleteCollection", "DeleteCollectionInput", "{ id }");
    updateApi = mutationOf(
      world,
      "updateApi",
      "UpdateApiInput",
      "{ id name description method path status audience openToAll }",
    );
    deleteApi = mutationOf(world, "deleteApi", "DeleteApiInput", "{ id }");
  });

  after(() => world.stop());

  const seedRegion = () => world.latchkey.regions.create({ code: unique("r"), name: unique("Region") });

  it("moves fields that are given, leaves the others, and tells both sides in the audit", async () => {
    const region = await seedRegion();
    const code = unique("new");
    const changed = await world.latchkey.regions.update({ id: region.id, code });
    expect(changed).toMatchObject({ id: region.id, code, name: region.name });
    expect(await lastEventAbout(world, region.id)).toMatchObject({
      event: "region.updated",
      before: { code: region.code },
      after: { code },
    });

    const collection = await seedCollection(world.latchkey);
    const moved = await world.latchkey.collections.update({ id: collection.id, regionId: region.id, serverName: "s2" });
    expect(moved).toMatchObject({ regionId: region.id, serverName: "s2", name: collection.name });
    expect(await lastEventAbout(world, collection.id)).toMatchObject({
      event: "collection.updated",
      after: { regionId: region.id, serverName: "s2" },
    });

    const api = await seedApi(world);
    const path = `/${unique("moved")}/{number}`;
    const after = await world.latchkey.apis.update({ id: api.id, path, description: "Moved", audience: "EXTERNAL" });
    expect(after).toMatchObject({ path, description: "Moved", audience: "EXTERNAL", method: "GET", name: api.name });
    expect(await lastEventAbout(world, api.id)).toMatchObject({
      event: "api.updated",
      before: { path: api.path, description: "" },
      after: { path, description: "Moved" },
    });
  });

  it("writes nothing when nothing differs", async () => {
    const region = await seedRegion();
    const api = await seedApi(world);
    await world.latchkey.regions.update({ id: region.id, code: region.code, name: region.name });
    const same = await world.latchkey.apis.update({ id: api.id, name: api.name, openToAll: false });
    expect(same.updatedAt).toBe(api.updatedAt);
    expect((await eventsAbout(world, region.id)).map(({ event }) => event)).toEqual(["region.created"]);
    expect((await eventsAbout(world, api.id)).map(({ event }) => event)).toEqual(["api.created"]);
  });

  it("is followed by verdicts at once", async () => {
    const { secret, api, call } = await seedKey(world);
    const codeOf = async (asked: object) =>
      (await world.latchkey.verify({ credential: secret, api: { ...call, ...asked } })).code;
    expect(await codeOf({})).toBe("VALID");
    await world.latchkey.apis.update({ id: api.id, status: "DELISTED" });
    expect(await codeOf({})).toBe("API_UNKNOWN");
    const path = `/${unique("moved")}`;
    await world.latchkey.apis.update({ id: api.id, status: "LISTED", method: "PUT", path });
    expect([await codeOf({}), await codeOf({ method: "PUT", path })]).toEqual(["API_UNKNOWN", "VALID"]);
    const { region } = (
      await world.graphql(`query ($id: ID!) { collection(id: $id) { region { id } } }`, { id: api.collectionId })
    ).data.collection;
    const code = unique("renamed");
    await world.latchkey.regions.update({ id: region.id, code });
    await world.latchkey.collections.update({ id: api.collectionId, name: "renamed" });
    expect(await codeOf({ method: "PUT", path, collection: `${code}/renamed` })).toBe("VALID");
  });

  it("refuses bad values and what is taken", async () => {
    const [one, other] = [await seedRegion(), await seedRegion()];
    expectConflict(await updateRegion({ id: one.id, code: other.code }), "code");
    expectConflict(await updateRegion({ id: one.id, name: other.name }), "name");
    expectInvalid(await updateRegion({ id: one.id, code: "a b" }), "code");
    expectInvalid(await updateRegion({ id: one.id, name: null }), "name");

    const collection = await seedCollection(world.latchkey);
    const { name } = await world.latchkey.collections.create({
      regionId: collection.regionId,
      name: unique("second"),
      serverName: "s",
      baseUrl: "https://s.example.com",
    });
    expectConflict(await updateCollection({ id: collection.id, name }), "name");
    expectInvalid(await updateCollection({ id: collection.id, regionId: ABSENT }), "regionId");
    expectInvalid(await updateCollection({ id: collection.id, baseUrl: "nonsense" }), "baseUrl");

    const api = await seedApi(world, { collectionId: collection.id, path: "/a/{x}" });
    await seedApi(world, { collectionId: collection.id, path: "/b/{x}" });
    expectConflict(await updateApi({ id: api.id, path: "/b/{y}" }), "path");
    expectInvalid(await updateApi({ id: api.id, path: "b" }), "path");
    expectInvalid(await updateApi({ id: api.id, name: "" }), "name");
  });

  it("deletes what nothing uses without further ado", async () => {
    const region = await seedRegion();
    await world.latchkey.regions.delete({ id: region.id });
    const collection = await seedCollection(world.latchkey);
    const api = await seedApi(world, { collectionId: collection.id });
    await world.latchkey.apis.delete({ id: api.id });
    await world.latchkey.collections.delete({ id: collection.id });
    for (const [id, event] of [
      [region.id, "region.deleted"],
      [api.id, "api.deleted"],
      [collection.id, "collection.deleted"],
    ] as const) {
      expect((await lastEventAbout(world, id))?.event).toBe(event);
    }
    expectNotFound(await deleteApi({ id: api.id }), await deleteApi({ id: ABSENT }));
  });

  it("says what uses a thing, and takes it along only when that is confirmed", async () => {
    const { secret, api, group, call } = await seedKey(world);
    const collection = await world.latchkey.collections.get(api.collectionId);
    const client = await seedClient(world, { regionId: collection.regionId });
    const refused = async (answer: ReturnType<Mutation>, ...uses: string[]) => {
      const { errors } = await answer;
      expect(errors).toMatchObject([{ extensions: { code: "INVALID_INPUT", fields: [{ path: "confirm" }] } }]);
      for (const use of uses) expect(errors[0]?.message).toContain(use);
    };
    await refused(deleteApi({ id: api.id }), "1 authority groups");
    await refused(deleteCollection({ id: collection.id, confirm: false }), "1 APIs", "1 authority groups");
    await refused(deleteRegion({ id: collection.regionId }), "1 collections", "1 APIs", "1 clients");
    expect((await world.latchkey.verify({ credential: secret, api: call })).code).toBe("VALID");

    expect((await deleteRegion({ id: collection.regionId, confirm: true })).errors).toEqual([]);
    expect((await world.latchkey.verify({ credential: secret, api: call })).code).toBe("API_UNKNOWN");
    expect((await world.latchkey.groups.get(group.id)).apis).toEqual([]);
    const orphan = await world.graphql(`query ($id: ID!) { client(id: $id) { region { id } } }`, { id: client.id });
    expect(orphan.data.client.region).toBeNull();
    expect(await lastEventAbout(world, collection.regionId)).toMatchObject({
      event: "region.deleted",
      before: { collections: 1, APIs: 1, clients: 1 },
    });
  });

  it("is for operators and administrators, and finds no absent thing", async () => {
    const region = await seedRegion();
    const collection = await seedCollection(world.latchkey);
    const api = await seedApi(world);
    for (const [mutation, id, changes] of [
      [updateRegion, region.id, { name: "x" }],
      [deleteRegion, region.id, {}],
      [updateCollection, collection.id, { name: "x" }],
      [deleteCollection, collection.id, {}],
      [updateApi, api.id, { name: "x" }],
      [deleteApi, api.id, {}],
    ] as const) {
      await expectKeptOut(world, mutation, { id, ...changes }, ["MEMBER", "AUDITOR"]);
      expectNotFound(await mutation({ id: ABSENT, ...changes }));
      expectInvalid(await mutation({ id: "nonsense", ...changes }), "id");
    }
  });

  it("lists the APIs of a region, of a group, for an audience and open to all", async () => {
    const collection = await seedCollection(world.latchkey);
    const inside = await seedApi(world, { collectionId: collection.id, audience: "EXTERNAL" });
    const open = await seedApi(world, { collectionId: collection.id, openToAll: true });
    await seedApi(world);
    const group = await seedGroup(world, { apiIds: [open.id] });
    const found = async (query: object) =>
      new Set((await world.latchkey.apis.list({ regionId: collection.regionId, ...query })).nodes.map(({ id }) => id));
    expect(await found({})).toEqual(new Set([inside.id, open.id]));
    expect(await found({ filter: { audience: "EXTERNAL" } })).toEqual(new Set([inside.id]));
    expect(await found({ filter: { openToAll: true } })).toEqual(new Set([open.id]));
    expect(await found({ filter: { groupId: group.id } })).toEqual(new Set([open.id]));
    expect(callOf(open).method).toBe("GET");
  });
});
