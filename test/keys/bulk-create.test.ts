import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectKeptOut, type Mutation, mutationOf } from "../support/mutations.js";
import { FAR, seedClient, seedGroup, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("creating many keys", () => {
  let world: World;
  let createMany: Mutation;
  let clientId: string;
  let groupId: string;

  before(async () => {
    world = await startWorld();
    createMany = mutationOf(world, "createApiKeys", "CreateApiKeysInput", "{ createdCount results { index secret } }");
    groupId = (await seedGroup(world)).id;
    clientId = (await seedClient(world, { groupIds: [groupId] })).id;
  });

  after(() => world.stop());

  const key = (changes: object = {}) => ({
    clientId,
    name: unique("key"),
    expiresAt: FAR,
    groupIds: [groupId],
    ...changes,
  });

  it("makes each with its secret, in their order, each with its audit event", async () => {
    const inputs = Array.from({ length: 250 }, () => key({ tags: ["bulk"] }));
    const { createdCount, refusedCount, results } = await world.latchkey.keys.createMany(inputs);
    expect([createdCount, refusedCount]).toEqual([250, 0]);
    expect(results.map(({ index, apiKey }) => [index, apiKey?.name])).toEqual(
      inputs.map(({ name }, index) => [index, name]),
    );
    const last = results.at(-1);
    expect(await world.latchkey.verify({ credential: last?.secret ?? "" })).toMatchObject({
      code: "VALID",
      credential: { id: last?.apiKey?.id },
    });
    expect(new Set(results.map(({ secret }) => secret)).size).toBe(250);
    const [event, ...others] = await eventsAbout(world, last?.apiKey?.id ?? "");
    expect([event?.event, others.length]).toEqual(["apiKey.created", 0]);
    expect(JSON.stringify(event)).not.toContain(last?.secret?.slice(19));
  });

  it("refuses what is bad alone, and says why", async () => {
    const name = unique("twice");
    const taken = await world.latchkey.keys.create(key());
    const entries: readonly (readonly [entry: object, code: string | null, path?: string])[] = [
      [key({ name }), null],
      [key({ name: name.toUpperCase() }), "CONFLICT", "name"],
      [key({ name: taken.apiKey.name }), "CONFLICT", "name"],
      [key({ name: "" }), "INVALID_INPUT", "name"],
      [key({ expiresAt: "2020-01-01" }), "INVALID_INPUT", "expiresAt"],
      [key({ groupIds: [ABSENT] }), "INVALID_INPUT", "groupIds.0"],
      [key({ groupIds: [] }), "INVALID_INPUT", "groupIds"],
      [key({ clientId: "nobody" }), "NOT_FOUND"],
      [key({ userId: ABSENT }), "INVALID_INPUT", "userId"],
      [key({ quota: { limit: 0 } }), "INVALID_INPUT", "quota.limit"],
      [{ name: unique("own"), scopes: ["keys:read"] }, null],
      [key(), null],
    ];
    const keys = entries.map(([entry]) => entry) as Parameters<typeof world.latchkey.keys.createMany>[0];
    const { createdCount, refusedCount, results } = await world.latchkey.keys.createMany(keys);
    expect(results.map(({ refused }) => [refused?.code ?? null, refused?.fields[0]?.path])).toEqual(
      entries.map(([, code, path]) => [code, path]),
    );
    expect([createdCount, refusedCount]).toEqual([3, 9]);
    for (const { apiKey, secret, refused } of results) {
      expect([apiKey === null, secret === null]).toEqual([refused !== null, refused !== null]);
    }
    expect((await world.latchkey.keys.list({ search: name })).totalCount).toBe(1);
  });

  it("makes no name twice, however many make keys at once", async () => {
    const names = Array.from({ length: 20 }, () => unique("race"));
    const batches = await Promise.all(
      Array.from({ length: 4 }, () => world.latchkey.keys.createMany(names.map((name) => key({ name })))),
    );
    expect(batches.map(({ createdCount }) => createdCount).reduce((sum, count) => sum + count)).toBe(20);
  });

  it("takes 1 to 1,000 entries", async () => {
    expectInvalid(await createMany({ keys: [] }), "keys");
    expectInvalid(await createMany({ keys: Array.from({ length: 1_001 }, () => key()) }), "keys");
    expect((await world.latchkey.keys.createMany(Array.from({ length: 1_000 }, () => key()))).createdCount).toBe(1_000);
  });

  it("is for those who may create one", async () => {
    await expectKeptOut(world, createMany, { keys: [key()] }, ["AUDITOR"]);
    const member = await seedUser(world, "MEMBER");
    const { results } = await member.latchkey.keys.createMany([{ name: unique("own") }, key()]);
    expect(results.map(({ refused }) => refused?.code)).toEqual([undefined, "NOT_FOUND"]);
    expect(refusalIn(await createMany({ keys: [{ name: "x", unknown: 1 }] })).code).toBe("INVALID_INPUT");
  });
});
