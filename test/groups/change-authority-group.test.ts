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
import {
  callOf,
  seedApi,
  seedClient,
  seedCollection,
  seedGroup,
  seedKey,
  seedSignedInClient,
  unique,
} from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("changing an authority group", () => {
  let world: World;
  let update: Mutation;
  let addApis: Mutation;
  let removeApis: Mutation;
  let remove: Mutation;

  before(async () => {
    world = await startWorld();
    const fields = "{ id name securityLevel apiCount }";
    update = mutationOf(world, "updateAuthorityGroup", "UpdateAuthorityGroupInput", fields);
    addApis = mutationOf(world, "addGroupApis", "AuthorityGroupApisInput", fields);
    removeApis = mutationOf(world, "removeGroupApis", "AuthorityGroupApisInput", fields);
    remove = mutationOf(world, "deleteAuthorityGroup", "DeleteAuthorityGroupInput", "{ id }");
  });

  after(() => world.stop());

  it("moves its fields and APIs, each with its audit event, and verdicts follow", async () => {
    const { latchkey } = world;
    const { secret, group, api, call } = await seedKey(world);
    const other = await seedApi(world);
    const codes = async () =>
      Promise.all(
        [call, callOf(other)].map(async (asked) => (await latchkey.verify({ credential: secret, api: asked })).code),
      );
    expect(await codes()).toEqual(["VALID", "GROUP_DENIED"]);
    expect((await latchkey.groups.addApis({ groupId: group.id, apiIds: [other.id, api.id] })).apiCount).toBe(2);
    expect(await lastEventAbout(world, group.id)).toMatchObject({
      event: "authorityGroup.apisAdded",
      before: {},
      after: { apiIdsAdded: [other.id] },
    });
    expect(await codes()).toEqual(["VALID", "VALID"]);
    expect((await latchkey.groups.removeApis({ groupId: group.id, apiIds: [api.id] })).apiCount).toBe(1);
    expect(await codes()).toEqual(["GROUP_DENIED", "VALID"]);

    const name = unique("renamed");
    const changed = await latchkey.groups.update({ id: group.id, name, description: "New", apiIds: [api.id] });
    expect(changed).toMatchObject({ name, description: "New", securityLevel: "C", apiCount: 1 });
    expect(await codes()).toEqual(["VALID", "GROUP_DENIED"]);
    expect((await eventsAbout(world, group.id)).map(({ event }) => event)).toEqual([
      "authorityGroup.created",
      "authorityGroup.apisAdded",
      "authorityGroup.apisRemoved",
      "authorityGroup.updated",
    ]);
    expect(await lastEventAbout(world, group.id)).toMatchObject({
      before: { name: group.name, apiIdsRemoved: [other.id] },
      after: { name, apiIdsAdded: [api.id] },
    });
  });

  it("writes nothing when nothing differs", async () => {
    const group = await seedGroup(world);
    const { apis } = await world.latchkey.groups.get(group.id);
    const apiIds = apis.map(({ id }) => id);
    await world.latchkey.groups.update({ id: group.id, name: group.name, apiIds });
    await world.latchkey.groups.addApis({ groupId: group.id, apiIds });
    await world.latchkey.groups.removeApis({ groupId: group.id, apiIds: [ABSENT] });
    expect((await eventsAbout(world, group.id)).map(({ event }) => event)).toEqual(["authorityGroup.created"]);
  });

  it("refuses bad values, unknown APIs, a taken name, and a level above a client that holds it", async () => {
    const { name } = await seedGroup(world);
    const group = await seedGroup(world);
    expectConflict(await update({ id: group.id, name }), "name");
    for (const [changes, path] of [
      [{ name: "" }, "name"],
      [{ securityLevel: null }, "securityLevel"],
      [{ apiIds: [] }, "apiIds"],
      [{ apiIds: [ABSENT] }, "apiIds.0"],
    ] as const) {
      expectInvalid(await update({ id: group.id, ...changes }), path);
    }
    expectInvalid(await addApis({ groupId: group.id, apiIds: [(await seedApi(world)).id, ABSENT] }), "apiIds.1");
    expect((await world.latchkey.groups.get(group.id)).apiCount).toBe(1);

    await seedClient(world, { groupIds: [group.id] });
    expectConflict(await update({ id: group.id, securityLevel: "B" }), "securityLevel");
  });

  it("deletes a group that is held only when that is confirmed, and takes it from clients and keys", async () => {
    const { secret, group, client, call } = await seedKey(world);
    const refused = await remove({ id: group.id });
    expect(refused.errors[0]?.message).toContain("1 clients, 1 keys");
    expectInvalid(refused, "confirm");
    await world.latchkey.groups.delete({ id: group.id, confirm: true });
    expect((await world.latchkey.verify({ credential: secret, api: call })).code).toBe("GROUP_DENIED");
    expect((await world.latchkey.clients.get({ id: client.id })).groups).toEqual([]);
    expect(await lastEventAbout(world, group.id)).toMatchObject({
      event: "authorityGroup.deleted",
      before: { name: group.name, clients: 1, keys: 1 },
    });
    await world.latchkey.groups.delete({ id: (await seedGroup(world)).id });
  });

  it("keeps a group that a scope stands for: without it the scope would demand less", async () => {
    const group = await seedGroup(world);
    const scope = await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [group.id] });
    const refused = await remove({ id: group.id, confirm: true });
    expectConflict(refused, "id");
    expect(refused.errors[0]?.message).toContain(scope.name);
  });

  it("is for operators and administrators, and finds no absent group", async () => {
    const group = await seedGroup(world);
    const apiIds = [(await seedApi(world)).id];
    for (const [mutation, input] of [
      [update, (id: string) => ({ id, name: unique("x") })],
      [addApis, (groupId: string) => ({ groupId, apiIds })],
      [removeApis, (groupId: string) => ({ groupId, apiIds })],
      [remove, (id: string) => ({ id })],
    ] as const) {
      await expectKeptOut(world, mutation, input(group.id), ["MEMBER", "AUDITOR"]);
      expectNotFound(await mutation(input(ABSENT)));
    }
  });

  it("shows the first of its APIs by name, and of them to a client what is for its audience", async () => {
    const { id: collectionId } = await seedCollection(world.latchkey);
    const apis = await Promise.all(
      ["a", "b", "c"].map((name) =>
        seedApi(world, { collectionId, name, path: `/${name}`, ...(name === "b" && { status: "DELISTED" as const }) }),
      ),
    );
    const [group, one] = [
      await seedGroup(world, { apiIds: apis.map(({ id }) => id) }),
      await seedGroup(world, { apiIds: [apis[2]?.id ?? ""] }),
    ];
    const names = async (first: number, credential?: string) => {
      const { data } = await world.graphql(
        `query ($id: ID!, $other: ID!, $first: Int!) {
          group: authorityGroup(id: $id) { apiCount apis(first: $first) { name } }
          other: authorityGroup(id: $other) { apiCount apis(first: $first) { name } }
        }`,
        { id: group.id, other: one.id, first },
        credential,
      );
      return [data.group, data.other].map((each) => [
        each.apiCount,
        each.apis.map(({ name }: { name: string }) => name),
      ]);
    };
    expect(await names(2)).toEqual([
      [3, ["a", "b"]],
      [1, ["c"]],
    ]);
    const { token } = await seedSignedInClient(world);
    expect(await names(10, token)).toEqual([
      [2, ["a", "c"]],
      [1, ["c"]],
    ]);
    const refused = await world.graphql(`query ($id: ID!) { authorityGroup(id: $id) { apis(first: 1001) { id } } }`, {
      id: group.id,
    });
    expectInvalid(refused, "first");
    const granting = await world.latchkey.groups.list({ filter: { apiId: apis[2]?.id ?? "" } });
    expect(new Set(granting.nodes.map(({ id }) => id))).toEqual(new Set([group.id, one.id]));
  });
});
