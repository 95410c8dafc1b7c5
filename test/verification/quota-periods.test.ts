import { after, before, beforeEach, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { Temporal } from "temporal-polyfill";
import { PASSWORD, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { holdClock } from "./held-clock.js";
import { seedLimitedKey } from "./limited-key.js";

const DAY_MS = 24 * 60 * 60_000;
const SOON_MS = 5_000;

/** When the day, the week or the month after this one begins. */
function nextStartMs(period: "DAY" | "WEEK" | "MONTH", timeZone: string, nowMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).startOfDay();
  switch (period) {
    case "DAY":
      return today.add({ days: 1 }).epochMilliseconds;
    case "WEEK":
      return today.add({ days: 8 - today.dayOfWeek }).epochMilliseconds;
    case "MONTH":
      return today.add({ months: 1 }).with({ day: 1 }).epochMilliseconds;
  }
}

describe("the periods of a quota", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  // The clock only ever goes forward here, past the end of sessions.
  beforeEach(() => world.latchkey.signIn(world.admin));

  after(() => world.stop());

  const verify = (credential: string) => world.latchkey.verify({ credential });
  const authorize = async (secret: string) => {
    const { status, headers } = await world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
    return [status, headers.get("ratelimit-policy"), headers.get("ratelimit"), headers.get("retry-after")];
  };

  for (const [period, timeZone] of [
    ["DAY", "UTC"],
    ["DAY", "Asia/Tokyo"],
    ["DAY", "America/New_York"],
    ["DAY", "Pacific/Chatham"],
    ["WEEK", "Europe/Berlin"],
    ["MONTH", "America/Los_Angeles"],
  ] as const) {
    it(`end exactly when the ${period} does in ${timeZone}`, async () => {
      const { secret } = await seedLimitedKey(world, { timeZone, quota: { limit: 2, period } });
      const endMs = nextStartMs(period, timeZone, world.now().getTime());
      const clock = holdClock(world, endMs - SOON_MS);
      const resetsAt = new Date(endMs).toISOString();
      expect(await verify(secret)).toMatchObject({ quota: { limit: 2, remaining: 1, resetsAt } });
      clock.hold();
      expect(await authorize(secret)).toEqual([200, '"quota";q=2', '"quota";r=0;t=5', null]);
      clock.hold();
      expect(await authorize(secret)).toEqual([429, '"quota";q=2', '"quota";r=0;t=5', "5"]);
      clock.hold();
      expect(await verify(secret)).toMatchObject({
        code: "QUOTA_EXCEEDED",
        message: expect.stringContaining(resetsAt),
        retryAfterSeconds: 5,
        rateLimit: null,
        quota: { limit: 2, remaining: 0, resetsAt },
      });

      clock.pass(SOON_MS);
      const next = new Date(nextStartMs(period, timeZone, endMs)).toISOString();
      expect(await verify(secret)).toMatchObject({ quota: { limit: 2, remaining: 1, resetsAt: next } });
      expect(await verify(secret)).toMatchObject({ code: "VALID" });
      expect(await verify(secret)).toMatchObject({ code: "QUOTA_EXCEEDED" });
    });
  }

  it("are days unless told, in the zone of the key's owner", async () => {
    const timeZone = "Pacific/Kiritimati";
    const userName = unique("user");
    await world.latchkey.users.create({ userName, password: PASSWORD, role: "MEMBER", timeZone });
    const latchkey = new Latchkey({ url: world.url });
    await latchkey.signIn({ name: userName, password: PASSWORD });
    const { secret: users } = await latchkey.keys.create({ name: "script", quota: { limit: 1 } });
    const { secret: clients } = await seedLimitedKey(world, { timeZone }, { quota: { limit: 1 } });
    const endMs = nextStartMs("DAY", timeZone, world.now().getTime());
    const clock = holdClock(world, endMs - SOON_MS);
    for (const secret of [users, clients]) {
      const resetsAt = new Date(endMs).toISOString();
      expect(await verify(secret)).toMatchObject({ quota: { limit: 1, remaining: 0, resetsAt } });
      expect((await verify(secret)).code).toBe("QUOTA_EXCEEDED");
      clock.hold();
    }
    clock.pass(SOON_MS);
    for (const secret of [users, clients]) expect((await verify(secret)).code).toBe("VALID");
  });

  it("never end when it is the total: nobody is told to come back", async () => {
    const { secret } = await seedLimitedKey(world, { quota: { limit: 2, period: "TOTAL" } });
    expect(await verify(secret)).toMatchObject({ quota: { limit: 2, remaining: 1, resetsAt: null } });
    expect(await authorize(secret)).toEqual([200, '"quota";q=2', '"quota";r=0', null]);
    world.moveClock(800 * DAY_MS);
    expect(await authorize(secret)).toEqual([429, '"quota";q=2', '"quota";r=0', null]);
    const refused = await verify(secret);
    expect(refused).toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect("retryAfterSeconds" in refused).toBe(false);
  });

  it("stand beside the calls per second in what gateways are told", async () => {
    const quota = { limit: 3, period: "TOTAL" } as const;
    const { secret } = await seedLimitedKey(world, { quota, tpsPerNode: 50 });
    const clock = holdClock(world);
    const policy = '"tps";q=50;w=1, "quota";q=3';
    for (const left of [2, 1, 0]) {
      expect(await authorize(secret)).toEqual([200, policy, `"tps";r=49;t=1, "quota";r=${left}`, null]);
      clock.pass(1_000);
    }
    // What the quota has refused is not taken from the calls per second.
    for (let time = 0; time < 3; time++) {
      clock.pass(1_000);
      expect(await authorize(secret)).toEqual([429, policy, '"tps";r=50;t=0, "quota";r=0', null]);
    }
  });
});
