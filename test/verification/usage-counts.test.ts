import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedKey, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { forgeSecret } from "./forged-secret.js";
import { holdClock } from "./held-clock.js";
import { seedLimitedKey } from "./limited-key.js";

const MINUTE_MS = 60_000;
const NOBODY = "00000000-0000-0000-0000-000000000000";

describe("the counts of use", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  interface Counted {
    readonly minute: number;
    readonly client: string;
    readonly api: string;
    readonly code: string;
    readonly calls: number;
  }

  /** What is counted of a key, once it is so many calls in all. */
  const countedOf = (apiKeyId: string, calls: number): Promise<Counted[]> =>
    until(`${calls} calls to be counted`, async () => {
      const { rows } = await world.database.query<Omit<Counted, "minute"> & { minute: Date }>(
        `select minute, client_id as client, api_id as api, code, calls::integer
         from usage_minutes where api_key_id = $1 and calls <> 0 order by minute, code, api_id`,
        [apiKeyId],
      );
      const sum = rows.reduce((total, row) => total + row.calls, 0);
      return sum >= calls && rows.map((row) => ({ ...row, minute: row.minute.getTime() }));
    });

  /** Of the minute after the next, so that none is over before the test is. */
  function startOfMinute(): number {
    return (Math.floor(world.now().getTime() / MINUTE_MS) + 2) * MINUTE_MS;
  }

  it("are kept by key, client, API, minute and code, allowed and refused ones, with a quota or without", async () => {
    for (const quota of [null, { limit: 3, period: "TOTAL" } as const]) {
      const { secret: credential, apiKey, client, api, call } = await seedLimitedKey(world, { quota });
      const minute = startOfMinute();
      const clock = holdClock(world, minute);
      const ask = (demand = {}) => world.latchkey.verify({ credential, ...demand });
      for (const demand of [{}, { api: call }, { api: call }]) expect((await ask(demand)).code).toBe("VALID");
      await ask({ api: { ...call, path: "/nowhere" } });
      await ask({ api: call, groups: ["none"] });
      clock.pass(MINUTE_MS);
      const last = (await ask({ api: call })).code;
      const of = { client: client.id };
      expect(await countedOf(apiKey.id, 6)).toEqual([
        { ...of, minute, api: NOBODY, code: "API_UNKNOWN", calls: 1 },
        { ...of, minute, api: api.id, code: "GROUP_DENIED", calls: 1 },
        { ...of, minute, api: NOBODY, code: "VALID", calls: 1 },
        { ...of, minute, api: api.id, code: "VALID", calls: 2 },
        { ...of, minute: minute + MINUTE_MS, api: api.id, code: last, calls: 1 },
      ]);
      expect(last).toBe(quota ? "QUOTA_EXCEEDED" : "VALID");
    }
  });

  it("are exact when many calls come at once", async () => {
    const quota = { limit: 70, period: "TOTAL" } as const;
    const { secret: metered, apiKey: meteredKey } = await seedLimitedKey(world, { quota });
    const { secret: free, apiKey: freeKey } = await seedKey(world);
    holdClock(world, startOfMinute());
    const asked = Array.from({ length: 100 }, (_, index) => ({ credential: index % 2 === 0 ? metered : free }));
    await Promise.all([world.latchkey.verifyBatch(asked), world.latchkey.verifyBatch(asked)]);
    const codes = (counted: Counted[]) => counted.map(({ code, calls }) => [code, calls]);
    expect(codes(await countedOf(meteredKey.id, 100))).toEqual([
      ["QUOTA_EXCEEDED", 30],
      ["VALID", 70],
    ]);
    expect(codes(await countedOf(freeKey.id, 100))).toEqual([["VALID", 100]]);
  });

  it("of users' keys are under no client, and of what was not recognised under nobody", async () => {
    const { latchkey } = await seedUser(world, "MEMBER");
    const { secret, apiKey } = await latchkey.keys.create({ name: unique("script") });
    const minute = startOfMinute();
    holdClock(world, minute);
    const unknown = [{ credential: forgeSecret() }, { credential: "nonsense" }, { credential: "" }];
    await world.latchkey.verifyBatch([...unknown, ...unknown, { credential: secret }]);
    expect(await countedOf(apiKey.id, 1)).toEqual([{ minute, client: NOBODY, api: NOBODY, code: "VALID", calls: 1 }]);
    const counted = (await countedOf(NOBODY, 6)).filter((each) => each.minute === minute);
    expect(counted.map(({ client, api, code, calls }) => [client, api, code, calls])).toEqual(
      ["MALFORMED", "MISSING", "NOT_FOUND"].map((code) => [NOBODY, NOBODY, code, 2]),
    );
  });

  it("come from every way to ask", async () => {
    const { secret, apiKey, call } = await seedKey(world);
    holdClock(world, startOfMinute());
    await world.latchkey.verify({ credential: secret });
    await world.latchkey.verifyBatch([{ credential: secret }]);
    await world.latchkey.verifyCredential({ credential: secret });
    const headers = { "x-api-key": secret, "x-forwarded-uri": call.path };
    await world.fetch("/v1/authorize", { headers });
    expect((await countedOf(apiKey.id, 4)).map(({ calls }) => calls)).toEqual([3, 1]);
  });

  it("stand beside the last use, which only allowed calls are", async () => {
    const { secret: credential, apiKey, api, call } = await seedKey(world);
    const clock = holdClock(world, startOfMinute());
    await world.latchkey.verify({ credential, api: call, address: "192.0.2.1" });
    clock.pass(MINUTE_MS);
    await world.latchkey.verify({ credential, api: call, address: "192.0.2.2", groups: ["none"] });
    await countedOf(apiKey.id, 2);
    const used = await until("the last use", async () => {
      const key = await world.latchkey.keys.get(apiKey.id);
      return key.lastAccessedFrom !== null && key;
    });
    expect(used).toMatchObject({ lastAccessedFrom: "192.0.2.1", lastAccessedApi: { id: api.id } });
  });
});
