import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
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
import {
  callOf,
  FAR,
  seedApi,
  seedClient,
  seedGroup,
  seedKey,
  seedSignedInClient,
  seedUser,
  unique,
} from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DAY_MS = 86_400_000;

describe("changing a key", () => {
  let world: World;
  let update: Mutation;

  before(async () => {
    world = await startWorld();
    update = mutationOf(world, "updateApiKey", "UpdateApiKeyInput", "{ id name }");
  });

  after(() => world.stop());

  const fromNow = (ms: number) => new Date(world.now().getTime() + ms).toISOString();

  it("moves the fields that are given, keeps secret and all else, and tells both sides in the audit", async () => {
    const { apiKey, secret } = await seedKey(world, { description: "Old", tags: ["a"] });
    const changed = await world.latchkey.keys.update({
      id: apiKey.id,
      description: "New",
      tags: ["b"],
      metadata: { plan: "gold" },
      quota: { limit: 1_000 },
    });
    expect(changed).toMatchObject({
      id: apiKey.id,
      name: apiKey.name,
      lookupId: apiKey.lookupId,
      description: "New",
      tags: ["b"],
      quota: { limit: 1_000, period: "DAY" },
      expiresAt: apiKey.expiresAt,
      groups: apiKey.groups,
    });
    expect(await world.latchkey.verify({ credential: secret })).toMatchObject({
      code: "VALID",
      metadata: { plan: "gold" },
    });
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.updated",
      before: { description: "Old", tags: ["a"], quotaLimit: null },
      after: { description: "New", tags: ["b"], quotaLimit: 1_000, quotaPeriod: "DAY" },
    });
    expect((await world.latchkey.keys.update({ id: apiKey.id, quota: null })).quota).toBeNull();
  });

  it("writes nothing when nothing differs", async () => {
    const { apiKey } = await seedKey(world);
    const groupIds = apiKey.groups.map(({ id }) => id);
    await world.latchkey.keys.update({ id: apiKey.id, name: apiKey.name, groupIds, expiresAt: FAR });
    expect((await eventsAbout(world, apiKey.id)).map(({ event }) => event)).toEqual(["apiKey.created"]);
  });

  it("is followed by verdicts at once: groups and dates", async () => {
    const { apiKey, secret, client, group, call } = await seedKey(world);
    const other = await seedApi(world);
    const second = await seedGroup(world, { apiIds: [other.id] });
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [second.id] });
    const codes = () =>
      Promise.all(
        [call, callOf(other)].map(async (api) => (await world.latchkey.verify({ credential: secret, api })).code),
      );
    expect(await codes()).toEqual(["VALID", "GROUP_DENIED"]);
    const moved = await world.latchkey.keys.update({ id: apiKey.id, groupIds: [second.id] });
    expect(moved.groups.map(({ id }) => id)).toEqual([second.id]);
    expect(await codes()).toEqual(["GROUP_DENIED", "VALID"]);
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      before: { groupIds: [group.id] },
      after: { groupIds: [second.id] },
    });
    await world.latchkey.keys.update({ id: apiKey.id, effectiveAt: fromNow(DAY_MS) });
    expect(await codes()).toEqual(["NOT_YET_EFFECTIVE", "NOT_YET_EFFECTIVE"]);
    await world.latchkey.keys.update({ id: apiKey.id, effectiveAt: fromNow(-DAY_MS), expiresAt: fromNow(60_000) });
    world.moveClock(60_000);
    expect(await codes()).toEqual(["EXPIRED", "EXPIRED"]);
  });

  it("reads days in the owner's time zone", async () => {
    const group = await seedGroup(world);
    const client = await seedClient(world, { timeZone: "Asia/Tokyo", groupIds: [group.id] });
    const input = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [group.id] };
    const { apiKey } = await world.latchkey.keys.create(input);
    const changed = await world.latchkey.keys.update({ id: apiKey.id, expiresAt: "2090-03-01" });
    expect(changed.expiresAt).toBe("2090-03-01T15:00:00.000Z");
  });

  it("refuses bad values, groups that the client does not hold, and what only another kind of key has", async () => {
    const { apiKey } = await seedKey(world);
    const { apiKey: own } = await world.latchkey.keys.create({ name: unique("own") });
    const foreign = await seedGroup(world);
    for (const [id, changes, path] of [
      [apiKey.id, { name: "" }, "name"],
      [apiKey.id, { name: null }, "name"],
      [apiKey.id, { expiresAt: fromNow(-1_000) }, "expiresAt"],
      [apiKey.id, { expiresAt: null }, "expiresAt"],
      [apiKey.id, { effectiveAt: "2100-01-02" }, "expiresAt"],
      [apiKey.id, { groupIds: [] }, "groupIds"],
      [apiKey.id, { groupIds: [foreign.id] }, "groupIds.0"],
      [apiKey.id, { scopes: ["keys:read"] }, "scopes"],
      [apiKey.id, { quota: { limit: 0 } }, "quota.limit"],
      [apiKey.id, { metadata: { x: "y".repeat(5_000) } }, "metadata"],
      [own.id, { groupIds: [foreign.id] }, "groupIds"],
      [own.id, { scopes: ["everything"] }, "scopes"],
    ] as const) {
      expectInvalid(await update({ id, ...changes }), path);
    }
    const { client, group } = await seedKey(world);
    const create = (name: string) =>
      world.latchkey.keys.create({ clientId: client.id, name, expiresAt: FAR, groupIds: [group.id] });
    const [one, two] = [await create(unique("one")), await create(unique("two"))];
    expectConflict(await update({ id: one.apiKey.id, name: two.apiKey.name.toUpperCase() }), "name");
    await world.latchkey.keys.revoke({ id: two.apiKey.id });
    expect((await update({ id: one.apiKey.id, name: two.apiKey.name })).errors).toEqual([]);
    expectConflict(await update({ id: two.apiKey.id, description: "x" }), "id");
  });

  it("is for those who reach the key", async () => {
    const { apiKey } = await seedKey(world);
    const member = await seedUser(world, "MEMBER");
    const own = (await member.latchkey.keys.create({ name: unique("own") })).apiKey;
    const stranger = await seedUser(world, "MEMBER");
    await expectKeptOut(world, update, { id: apiKey.id, description: "x" }, ["AUDITOR"]);
    const { token } = await seedSignedInClient(world);
    expect(refusalIn(await update({ id: apiKey.id, description: "x" }, token)).code).toBe("FORBIDDEN");
    expectNotFound(
      await update({ id: ABSENT, description: "x" }, stranger.token),
      await update({ id: apiKey.id, description: "x" }, stranger.token),
      await update({ id: own.id, description: "x" }, stranger.token),
    );
    expect((await update({ id: own.id, description: "x" }, member.token)).errors).toEqual([]);
  });

  it("widens no key beyond who asks", async () => {
    const { keys } = world.latchkey;
    const member = await seedUser(world, "MEMBER");
    const own = (await member.latchkey.keys.create({ name: unique("own") })).apiKey;
    expectInvalid(await update({ id: own.id, scopes: ["users:write"] }, member.token), "scopes.0");

    const narrow = await keys.create({ name: unique("narrow"), scopes: ["keys:read", "keys:write"] });
    const byKey = new Latchkey({ url: world.url, credential: narrow.secret });
    const strong = await keys.create({ name: unique("strong") });
    await expect(byKey.keys.update({ id: strong.apiKey.id, description: "x" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(byKey.keys.update({ id: narrow.apiKey.id, scopes: ["users:write"] })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    const cleared = await byKey.keys.update({ id: narrow.apiKey.id, scopes: null });
    expect([...(cleared.permissions ?? [])].sort()).toEqual(["keys:read", "keys:write"]);
    expect((await keys.update({ id: narrow.apiKey.id, scopes: null })).permissions).toBeNull();
  });
});

describe("the longest life of keys", () => {
  let world: World;

  before(async () => {
    world = await startWorld({ API_KEY_LIFE_DAYS_MAX: "90" });
  });

  after(() => world.stop());

  it("is kept for every key, made or changed, and makes an expiry date required", async () => {
    const create = mutationOf(world, "createApiKey", "CreateApiKeyInput", "{ apiKey { id expiresAt } }");
    const update = mutationOf(world, "updateApiKey", "UpdateApiKeyInput", "{ id }");
    const dayAfter = (days: number) => new Date(world.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
    expectInvalid(await create({ name: unique("own") }), "expiresAt");
    expectInvalid(await create({ name: unique("own"), expiresAt: dayAfter(91) }), "expiresAt");
    const { data } = await create({ name: unique("own"), expiresAt: dayAfter(90) });
    const { id } = data.createApiKey.apiKey;
    expectInvalid(await update({ id, expiresAt: null }), "expiresAt");
    expectInvalid(await update({ id, expiresAt: dayAfter(91) }), "expiresAt");
    expect((await update({ id, expiresAt: dayAfter(30) })).errors).toEqual([]);
    const later = { name: unique("later"), effectiveAt: dayAfter(10), expiresAt: dayAfter(100) };
    expect((await create(later)).errors).toEqual([]);
  });
});
