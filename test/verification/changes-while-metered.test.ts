import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import type { SeededKey } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { holdClock } from "./held-clock.js";
import { seedLimitedKey } from "./limited-key.js";

const LIMITS = { tpsPerNode: 2, quota: { limit: 10, period: "TOTAL" } } as const;

describe("what changes while a call is metered", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const ask = ({ secret }: SeededKey) => world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });

  /** Asks, and changes something while the counter of the quota is held by somebody else. */
  async function askAnd({ key, change }: { key: SeededKey; change: () => Promise<unknown> }): Promise<Response> {
    const holder = await world.database.connect();
    try {
      await holder.query("begin");
      await holder.query("select 1 from quota_counters where subject_id = $1 for update", [key.client.id]);
      const answer = ask(key);
      await change();
      await holder.query("rollback");
      return await answer;
    } finally {
      holder.release();
    }
  }

  const usedBy = async ({ client }: SeededKey) => {
    const { rows } = await world.database.query("select used::integer from quota_counters where subject_id = $1", [
      client.id,
    ]);
    return rows[0]?.used;
  };

  it("is heeded: a key that was disabled meanwhile is refused, and nothing is used", async () => {
    const key = await seedLimitedKey(world, LIMITS);
    const clock = holdClock(world, world.now().getTime() + 2_000);
    expect((await ask(key)).status).toBe(200);
    clock.hold();
    const refused = await askAnd({ key, change: () => world.latchkey.keys.disable(key.apiKey.id) });
    expect(refused.headers.get("x-latchkey-code")).toBe("DISABLED");
    expect(await usedBy(key)).toBe(1);
    await world.latchkey.keys.enable(key.apiKey.id);
    clock.hold();
    // Of the two calls in this second one is left.
    expect((await ask(key)).status).toBe(200);
    clock.hold();
    expect((await ask(key)).status).toBe(429);
  });

  it("is paid for once, when the call is allowed after all", async () => {
    const key = await seedLimitedKey(world, LIMITS);
    expect((await ask(key)).status).toBe(200);
    const { id } = key.client;
    const change = () => world.latchkey.clients.update({ id, priority: 1 });
    const allowed = await askAnd({ key, change });
    expect([allowed.status, allowed.headers.get("x-latchkey-priority")]).toEqual([200, "1"]);
    expect(await usedBy(key)).toBe(2);
  });
});
