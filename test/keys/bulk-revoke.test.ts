import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { FAR, seedClient, seedGroup, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("revoking many keys", () => {
  let world: World;
  let revokeMany: Mutation;

  before(async () => {
    world = await startWorld();
    revokeMany = mutationOf(world, "revokeApiKeys", "RevokeApiKeysInput", "{ revokedCount }");
  });

  after(() => world.stop());

  async function seedKeys(count: number, tag = unique("tag")) {
    const group = await seedGroup(world);
    const client = await seedClient(world, { groupIds: [group.id] });
    const { results } = await world.latchkey.keys.createMany(
      Array.from({ length: count }, () => ({
        clientId: client.id,
        name: unique("key"),
        expiresAt: FAR,
        groupIds: [group.id],
        tags: [tag],
        recoverable: true,
      })),
    );
    const keys = results.map(({ apiKey, secret }) => ({ id: apiKey?.id ?? "", secret: secret ?? "" }));
    const codes = async () =>
      new Set(
        await Promise.all(keys.map(async ({ secret }) => (await world.latchkey.verify({ credential: secret })).code)),
      );
    return { tag, keys, client, codes };
  }

  it("ends all that match, each with reason and audit event, and erases what was kept of them", async () => {
    const { tag, keys, client, codes } = await seedKeys(12);
    const { codes: codesOfOthers } = await seedKeys(2);
    await world.latchkey.keys.revoke({ id: keys[0]?.id ?? "", reason: "Earlier" });
    const input = { filter: { tag, clientId: client.clientId }, expectedCount: 11, reason: "The partner left" };
    expect(await world.latchkey.keys.revokeMany(input)).toBe(11);
    expect([await codes(), await codesOfOthers()]).toEqual([new Set(["REVOKED"]), new Set(["VALID"])]);
    const { id } = keys[5] ?? { id: "" };
    expect(await world.latchkey.keys.get(id)).toMatchObject({
      status: "REVOKED",
      revokedBy: "admin",
      revocationReason: "The partner left",
    });
    expect(await lastEventAbout(world, id)).toMatchObject({ event: "apiKey.revoked", reason: "The partner left" });
    expect((await world.latchkey.keys.get(keys[0]?.id ?? "")).revocationReason).toBe("Earlier");
    const { rows } = await world.database.query(
      "select count(*)::int as count from api_key_secrets where api_key_id = any($1::uuid[]) and sealed is not null",
      [keys.map((key) => key.id)],
    );
    expect(rows).toEqual([{ count: 0 }]);
    expect(await world.latchkey.keys.revokeMany({ ...input, expectedCount: 0 })).toBe(0);
  });

  it("changes nothing when another number matches, and says which", async () => {
    const { tag, codes } = await seedKeys(3);
    for (const expectedCount of [0, 2, 4]) {
      const answer = await revokeMany({ filter: { tag }, expectedCount, reason: "x" });
      expectConflict(answer, "expectedCount");
      expect(answer.errors[0]?.message).toContain("3 keys");
    }
    expect(await codes()).toEqual(new Set(["VALID"]));
  });

  it("revokes each key once when two do so at once", async () => {
    const { tag } = await seedKeys(30);
    const answers = await Promise.all(
      [1, 2, 3].map(() => revokeMany({ filter: { tag }, expectedCount: 30, reason: "Twice" })),
    );
    expect(answers.filter(({ data }) => data?.revokeApiKeys?.revokedCount === 30).length).toBe(1);
  });

  it("refuses to revoke everything, and bad input", async () => {
    for (const [changes, path] of [
      [{}, "filter"],
      [{ filter: {} }, "filter"],
      [{ search: " " }, "search"],
      [{ filter: { tag: "" } }, "filter.tag"],
      [{ filter: { tag: "x" }, expectedCount: -1 }, "expectedCount"],
      [{ filter: { tag: "x" }, expectedCount: 10_001 }, "expectedCount"],
      [{ filter: { tag: "x" }, reason: "" }, "reason"],
    ] as const) {
      expectInvalid(await revokeMany({ expectedCount: 0, reason: "x", ...changes }), path);
    }
  });

  it("reaches no further than its caller", async () => {
    const { tag, codes } = await seedKeys(2);
    const member = await seedUser(world, "MEMBER");
    await member.latchkey.keys.create({ name: unique("own"), tags: [tag] });
    await expectKeptOut(world, revokeMany, { filter: { tag }, expectedCount: 2, reason: "x" }, ["AUDITOR"]);
    expect(await member.latchkey.keys.revokeMany({ filter: { tag }, expectedCount: 1, reason: "Mine" })).toBe(1);
    expect(await codes()).toEqual(new Set(["VALID"]));
  });
});
