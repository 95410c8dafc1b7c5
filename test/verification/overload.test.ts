import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { Pressure } from "../../api/verification/pressure.js";
import { seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { seedLimitedKey } from "./limited-key.js";

const PRIORITIES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe("overload", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const admitted = (waiting: number, lateMs = 0) => {
    const pressure = new Pressure(() => waiting);
    // One late timer is a pause, many are an overload.
    for (let sample = 0; sample < 50; sample++) pressure.note(lateMs);
    return PRIORITIES.filter((priority) => pressure.admits(priority));
  };

  it("turns away the lowest priority first and the highest last, as more calls wait to be metered", () => {
    expect(admitted(0)).toEqual(PRIORITIES);
    expect(admitted(1_999)).toEqual(PRIORITIES);
    expect(admitted(2_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(admitted(3_000)).toEqual([0, 1, 2, 3, 4]);
    expect(admitted(3_999)).toEqual([0]);
    expect(admitted(4_000)).toEqual([]);
    let before = PRIORITIES.length;
    for (let waiting = 0; waiting <= 5_000; waiting += 50) {
      const { length } = admitted(waiting);
      expect(length).toBeLessThanOrEqual(before);
      before = length;
    }
  });

  it("turns them away in the same order when the node itself falls behind, and not for one pause", () => {
    expect(admitted(0, 100)).toEqual(PRIORITIES);
    expect(admitted(0, 260)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(admitted(0, 600)).toEqual([]);
    const pressure = new Pressure(() => 0);
    pressure.note(900);
    expect(pressure.admits(9)).toBe(true);
    for (let sample = 0; sample < 8; sample++) pressure.note(900);
    expect([pressure.admits(9), pressure.admits(0)]).toEqual([false, false]);
    for (let sample = 0; sample < 20; sample++) pressure.note(0);
    expect(pressure.admits(9)).toBe(true);
  });

  it("is answered with 503 and when to ask again, to the lowest priority while the highest goes on", async () => {
    const quota = { limit: 1_000_000, period: "TOTAL" } as const;
    const metered = await seedLimitedKey(world, { priority: 0, quota });
    const [highest, lowest] = [
      await seedLimitedKey(world, { priority: 0 }),
      await seedLimitedKey(world, { priority: 9 }),
    ];
    const user = await seedKey(world);
    const authorize = ({ secret }: { secret: string }) =>
      world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
    for (const key of [metered, highest, lowest, user]) expect((await authorize(key)).status).toBe(200);

    const holder = await world.database.connect();
    const waiting: Promise<Response>[] = [];
    let refused: Response;
    try {
      await holder.query("begin");
      await holder.query("select 1 from quota_counters where subject_id = $1 for update", [metered.client.id]);
      const asked = { requests: Array.from({ length: 100 }, () => ({ credential: metered.secret })) };
      const init = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(asked),
      };
      refused = await until("the lowest priority to be turned away", async () => {
        for (let batch = 0; batch < 5; batch++) waiting.push(world.fetch("/v1/verify/batch", init));
        const response = await authorize(lowest);
        return response.status === 503 && response;
      });
      expect((await authorize(highest)).status).toBe(200);
    } finally {
      await holder.query("rollback");
      holder.release();
    }
    expect([refused.headers.get("x-latchkey-code"), refused.headers.get("retry-after")]).toEqual(["UNDECIDED", "1"]);
    expect(await refused.json()).toMatchObject({
      code: "UNDECIDED",
      detail: expect.stringContaining("more to do than it can answer in time"),
      retryAfterSeconds: 1,
    });
    let passed = 1;
    for (const response of await Promise.all(waiting)) {
      const { verdicts } = (await response.json()) as { verdicts: { valid: boolean }[] };
      passed += verdicts.filter(({ valid }) => valid).length;
    }
    await until("all to be answered again", async () => (await authorize(lowest)).status === 200);
    // What could not be decided has used nothing, once the next call is metered.
    await until("the next call", async () => (await authorize(metered)).status === 200);
    const { rows } = await world.database.query("select used::integer from quota_counters where subject_id = $1", [
      metered.client.id,
    ]);
    expect(rows).toEqual([{ used: passed + 1 }]);
  });
});
