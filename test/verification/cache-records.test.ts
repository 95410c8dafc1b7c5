import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { loadConfig } from "../../api/config/config.js";
import { seedKey } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { holdClock } from "./held-clock.js";
import { seedLimitedKey } from "./limited-key.js";

describe("VERDICT_CACHE_RECORDS", () => {
  let world: World;

  before(async () => {
    world = await startWorld({ VERDICT_CACHE_RECORDS: "2" });
  });

  after(() => world.stop());

  it("is a whole number from 1 to 10,000,000", () => {
    for (const value of ["0", "-1", "1.5", "1e3", "10000001", "many"]) {
      expect(() => loadConfig({ VERDICT_CACHE_RECORDS: value })).toThrow(/ {2}VERDICT_CACHE_RECORDS must be/);
    }
    expect(loadConfig({ VERDICT_CACHE_RECORDS: "10000000" }).verdictCacheRecords).toBe(10_000_000);
    expect(loadConfig({ VERDICT_CACHE_RECORDS: "" }).verdictCacheRecords).toBe(100_000);
  });

  it("bounds what is in memory, and changes no verdict", async () => {
    const limited = await seedLimitedKey(world, { tpsPerNode: 1 });
    const keys = [limited, await seedKey(world), await seedKey(world), await seedKey(world)];
    const codes = async () => {
      const verdicts = await world.latchkey.verifyBatch(keys.map(({ secret: credential }) => ({ credential })));
      return verdicts.map(({ code }) => code);
    };
    const all = ["VALID", "VALID", "VALID", "VALID"];
    expect(await codes()).toEqual(all);
    const metrics = await (await world.fetch("/metrics")).text();
    expect(metrics).toMatch(/^latchkey_cached_credentials 2$/m);

    await world.latchkey.keys.revoke({ id: keys[2]?.apiKey.id ?? "" });
    await world.latchkey.keys.disable(keys[3]?.apiKey.id ?? "");
    const clock = holdClock(world, world.now().getTime() + 2_000);
    expect(await codes()).toEqual(["VALID", "VALID", "REVOKED", "DISABLED"]);
    // The calls of a second are counted on, though the key was out of memory meanwhile.
    for (const { secret: credential } of keys.slice(1)) await world.latchkey.verify({ credential });
    clock.hold();
    expect((await world.latchkey.verify({ credential: limited.secret })).code).toBe("RATE_LIMITED");
  });
});
