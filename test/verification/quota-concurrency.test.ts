import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { FAR, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { codesAtOnce, first, seedLimitedKey } from "./limited-key.js";

const RING = `1:${randomBytes(32).toString("base64")}`;
const total = (limit: number) => ({ limit, period: "TOTAL" }) as const;

describe("a quota under many calls at once", () => {
  let world: World;
  let other: World;

  before(async () => {
    let databaseUrl = "";
    world = await startWorld({ LATCHKEY_KEY_RING: RING }, (url) => {
      databaseUrl = url;
      return url;
    });
    other = await startWorld({ LATCHKEY_KEY_RING: RING }, () => databaseUrl);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  const atOnce = async (calls: number, ask: (node: World, call: number) => Promise<{ code: string }>) => {
    const asked = Array.from({ length: calls }, (_, call) => ask(call % 2 === 0 ? world : other, call));
    const answers = new Map<string, number>();
    for (const { code } of await Promise.all(asked)) answers.set(code, (answers.get(code) ?? 0) + 1);
    return Object.fromEntries(answers);
  };

  it("lets exactly so many of 200 calls pass, over two nodes", async () => {
    const { secret: credential } = await seedLimitedKey(world, { quota: total(50) });
    expect(await atOnce(200, ({ latchkey }) => latchkey.verify({ credential }))).toEqual({
      VALID: 50,
      QUOTA_EXCEEDED: 150,
    });
  });

  it("lets exactly so many of a batch pass, the first ones", async () => {
    const { secret: credential } = await seedLimitedKey(world, {}, { quota: total(30) });
    expect(await codesAtOnce(world, 100, { credential })).toEqual(first(30, "VALID", 70, "QUOTA_EXCEEDED"));
  });

  it("is used up to the last by calls of different cost, and never beyond", async () => {
    const { secret: credential } = await seedLimitedKey(world, { quota: total(100) });
    let used = 0;
    await atOnce(120, async ({ latchkey }, call) => {
      const cost = 1 + (call % 5);
      const verdict = await latchkey.verify({ credential, cost });
      if (verdict.valid) used += cost;
      return verdict;
    });
    expect(used).toBe(100);
    const { rows } = await world.database.query("select used::integer from quota_counters order by used desc");
    expect(rows).toContainEqual({ used: 100 });
  });

  it("holds for a client and for each of its keys, over two nodes", async () => {
    const seeded = await seedLimitedKey(world, { quota: total(40) }, { quota: total(15) });
    const { client, group } = seeded;
    const secrets = [seeded.secret];
    for (const limit of [20, 25]) {
      const input = { clientId: client.id, name: unique("k"), expiresAt: FAR, groupIds: [group.id] };
      secrets.push((await world.latchkey.keys.create({ ...input, quota: total(limit) })).secret);
    }
    const passed = [0, 0, 0];
    const answers = await atOnce(240, async ({ latchkey }, call) => {
      const which = call % 3;
      const verdict = await latchkey.verify({ credential: secrets[which] ?? "" });
      if (verdict.valid) passed[which] = (passed[which] ?? 0) + 1;
      return verdict;
    });
    expect(answers).toEqual({ VALID: 40, QUOTA_EXCEEDED: 200 });
    for (const [which, limit] of [15, 20, 25].entries()) expect(passed[which]).toBeLessThanOrEqual(limit);
  });
});
