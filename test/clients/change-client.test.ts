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
import { PASSWORD, seedClient, seedGroup, seedKey, seedSignedInClient } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("changing a client", () => {
  let world: World;
  let update: Mutation;
  let setStatus: Mutation;
  let remove: Mutation;
  let addGroups: Mutation;
  let removeGroups: Mutation;

  before(async () => {
    world = await startWorld();
    update = mutationOf(world, "updateClient", "UpdateClientInput", "{ id name displayName note priority timeZone }");
    setStatus = mutationOf(world, "setClientStatus", "SetClientStatusInput", "{ id status }");
    remove = mutationOf(world, "deleteClient", "DeleteClientInput", "{ id clientId }");
    addGroups = mutationOf(world, "addClientGroups", "ClientGroupsInput", "{ groups { id } }");
    removeGroups = mutationOf(world, "removeClientGroups", "ClientGroupsInput", "{ groups { id } }");
  });

  after(() => world.stop());

  it("changes what is given and leaves the rest, by id or by client id", async () => {
    const client = await seedClient(world);
    const { data } = await update({ id: client.clientId, note: "New", priority: 0 });
    expect(data.updateClient).toMatchObject({
      id: client.id,
      note: "New",
      priority: 0,
      displayName: client.displayName,
    });
    expect((await update({ id: client.id, timeZone: "Europe/Berlin" })).data.updateClient).toMatchObject({
      timeZone: "Europe/Berlin",
      note: "New",
    });
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.updated",
      before: { timeZone: "UTC" },
      after: { timeZone: "Europe/Berlin" },
    });
  });

  it("leaves no event when nothing differs", async () => {
    const client = await seedClient(world);
    await update({ id: client.id, note: client.note });
    expect((await lastEventAbout(world, client.id))?.event).toBe("client.created");
  });

  it("refuses bad values, and names that another client has", async () => {
    const [client, other] = [await seedClient(world), await seedClient(world)];
    for (const [changes, path] of [
      [{ name: "a b" }, "name"],
      [{ displayName: " " }, "displayName"],
      [{ displayName: null }, "displayName"],
      [{ note: "" }, "note"],
      [{ priority: 10 }, "priority"],
      [{ timeZone: "Nowhere" }, "timeZone"],
      [{ id: "not an id" }, "id"],
    ] as const) {
      expectInvalid(await update({ id: client.id, ...changes }), path);
    }
    expectConflict(await update({ id: client.id, name: other.name }), "name");
    expectConflict(await update({ id: client.id, displayName: other.displayName }), "displayName");
  });

  it("is for operators and administrators", async () => {
    const client = await seedClient(world);
    await expectKeptOut(world, update, { id: client.id, note: "x" }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, setStatus, { clientId: client.id, status: "DISABLED" }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, remove, { id: client.id, confirm: true }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, addGroups, { clientId: client.id, groupIds: [ABSENT] }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, removeGroups, { clientId: client.id, groupIds: [ABSENT] }, ["MEMBER", "AUDITOR"]);
    const { token } = await seedSignedInClient(world);
    expect(refusalIn(await update({ id: client.id, note: "x" }, token)).code).toBe("FORBIDDEN");
  });

  it("finds no client where there is none, by id or by client id", async () => {
    const group = await seedGroup(world);
    for (const reference of [ABSENT, "no-such-client"]) {
      expectNotFound(
        await update({ id: reference, note: "x" }),
        await setStatus({ clientId: reference, status: "ENABLED" }),
        await remove({ id: reference, confirm: true }),
        await addGroups({ clientId: reference, groupIds: [group.id] }),
        await removeGroups({ clientId: reference, groupIds: [group.id] }),
      );
    }
  });

  it("its status is followed by its keys at once, and audited", async () => {
    const { client, secret } = await seedKey(world);
    const codeAs = async (status: string) => {
      expect((await setStatus({ clientId: client.clientId, status })).data.setClientStatus).toMatchObject({ status });
      return (await world.latchkey.verify({ credential: secret })).code;
    };
    expect(await codeAs("DISABLED")).toBe("OWNER_DISABLED");
    expect(await codeAs("LOCKED")).toBe("OWNER_LOCKED");
    expect(await codeAs("ENABLED")).toBe("VALID");
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.statusChanged",
      before: { status: "LOCKED" },
      after: { status: "ENABLED" },
    });
  });

  it("groups are given once, and a group that is taken leaves the client's keys at once", async () => {
    const { client, secret, group, call } = await seedKey(world);
    const another = await seedGroup(world);
    const both = await addGroups({ clientId: client.clientId, groupIds: [group.id, another.id] });
    expect(both.data.addClientGroups.groups.length).toBe(2);
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.groupsAdded",
      before: { groupIds: [group.id] },
    });

    await removeGroups({ clientId: client.id, groupIds: [group.id] });
    expect((await world.latchkey.verify({ credential: secret, api: call })).code).toBe("GROUP_DENIED");
    await addGroups({ clientId: client.id, groupIds: [group.id] });
    expect((await world.latchkey.verify({ credential: secret, api: call })).code).toBe("GROUP_DENIED");
    expect(await lastEventAbout(world, client.id)).toMatchObject({ event: "client.groupsAdded" });
  });

  it("refuses empty, unknown and malformed groups, and those above the client's level", async () => {
    const client = await seedClient(world);
    const [low, high] = [await seedGroup(world), await seedGroup(world, { securityLevel: "A" })];
    expectInvalid(await addGroups({ clientId: client.id, groupIds: [] }), "groupIds");
    expectInvalid(await addGroups({ clientId: client.id, groupIds: ["nonsense"] }), "groupIds");
    expectInvalid(await addGroups({ clientId: client.id, groupIds: [low.id, ABSENT] }), "groupIds.1");
    expectInvalid(await addGroups({ clientId: client.id, groupIds: [low.id, high.id] }), "groupIds.1");
    expect((await world.latchkey.clients.get({ id: client.id })).groups).toEqual([]);
  });

  it("the database itself keeps a key's groups within its client's", async () => {
    const { client, apiKey } = await seedKey(world);
    const foreign = await seedGroup(world);
    const insert = world.database.query(
      "insert into api_key_groups (api_key_id, client_id, group_id) values ($1, $2, $3)",
      [apiKey.id, client.id, foreign.id],
    );
    await expect(insert).rejects.toMatchObject({ constraint: "api_key_groups_within_clients" });
  });

  it("a deletion is confirmed first, saying what would go, and then takes keys and sessions along", async () => {
    const { client, apiKey, secret } = await seedKey(world);
    const signedIn = await seedSignedInClient(world);
    const refused = await remove({ id: client.id });
    expectInvalid(refused, "confirm");
    expect(refused.errors[0]?.message).toContain("takes 1 keys, 0 tokens and 0 sessions");
    expectInvalid(await remove({ id: client.id, confirm: false }), "confirm");
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("VALID");

    expect((await remove({ id: client.clientId, confirm: true })).data.deleteClient).toEqual({
      id: client.id,
      clientId: client.clientId,
    });
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("NOT_FOUND");
    await expect(world.latchkey.keys.get(apiKey.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(world.latchkey.clients.get({ id: client.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.deleted",
      before: { clientId: client.clientId, keys: 1 },
    });

    await remove({ id: signedIn.client.id, confirm: true });
    await expect(signedIn.latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(
      signedIn.latchkey.signIn({ name: signedIn.client.clientId, password: PASSWORD }),
    ).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
