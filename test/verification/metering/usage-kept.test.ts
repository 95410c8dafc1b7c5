import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { killLeftovers, type LatchkeyProcess, runLatchkey } from "../../process/latchkey-process.js";
import { untilRolledUp } from "../../support/rolled-up.js";
import { seedKey } from "../../support/seed.js";
import { until } from "../../support/until.js";
import { verdictOf } from "../../support/verdicts.js";
import { startWorld, type World } from "../../support/world.js";

describe("what was counted by a node", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(async () => {
    killLeftovers();
    await world.stop();
  });

  async function startNode(): Promise<{ readonly process: LatchkeyProcess; readonly url: string }> {
    const process = runLatchkey({ DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir });
    return { process, url: await process.url() };
  }

  async function call(node: { readonly url: string }, credential: string, times: number): Promise<void> {
    for (let time = 0; time < times; time++) await verdictOf(node, { credential });
  }

  async function countedOf(apiKeyId: string, code = "VALID"): Promise<number> {
    await untilRolledUp(async (sql) => (await world.database.query(sql)).rows[0]);
    const { rows } = await world.database.query<{ calls: string }>(
      "select coalesce(sum(calls), 0) as calls from usage_minutes where api_key_id = $1 and code = $2",
      [apiKeyId, code],
    );
    return Number(rows[0]?.calls);
  }

  it("is written with the answer, of a key with a quota, though the node is killed at once", async () => {
    const node = await startNode();
    const { secret, apiKey, client } = await seedKey(world, { quota: { limit: 1_000, period: "DAY" } });
    await Promise.all(Array.from({ length: 5 }, () => call(node, secret, 10)));
    await node.process.stop("SIGKILL");
    expect(await countedOf(apiKey.id)).toBe(50);
    for (const step of ["MINUTE", "HOUR", "DAY"] as const) {
      const from = new Date(world.now().getTime() - 3_600_000).toISOString();
      const { totals } = await world.latchkey.usage.read({ input: { from, step, filter: { apiKeyId: apiKey.id } } });
      expect({ step, ...totals }).toMatchObject({ step, calls: 50, allowed: 50 });
    }
    const { apiKeys } = await world.latchkey.usage.limits({ clientId: client.id });
    expect(apiKeys.nodes).toMatchObject([{ id: apiKey.id, quota: { used: 50, remaining: 950 } }]);
  });

  it("lacks no more than the last second when the node is killed", async () => {
    const node = await startNode();
    const { secret, apiKey } = await seedKey(world);
    await call(node, secret, 50);
    await until("what was counted to be written", async () => (await countedOf(apiKey.id)) === 50);
    await call(node, secret, 50);
    await node.process.stop("SIGKILL");
    const counted = await countedOf(apiKey.id);
    expect(counted).toBeGreaterThanOrEqual(50);
    expect(counted).toBeLessThanOrEqual(100);
  });

  it("lacks nothing when the node is asked to stop, also of what was refused", async () => {
    const node = await startNode();
    const { secret, apiKey } = await seedKey(world);
    await call(node, secret, 50);
    await world.latchkey.keys.disable(apiKey.id);
    await call(node, secret, 30);
    expect(await node.process.stop("SIGTERM")).toBe(0);
    expect(await countedOf(apiKey.id)).toBe(50);
    expect(await countedOf(apiKey.id, "DISABLED")).toBe(30);
    const codesOf = (code: "VALID" | "DISABLED") =>
      world.latchkey.usage.listCalls({ filter: { apiKeyId: apiKey.id, code } });
    expect((await codesOf("VALID")).totalCount).toBe(50);
    expect((await codesOf("DISABLED")).totalCount).toBe(30);
  });
});
