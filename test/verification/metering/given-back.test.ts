import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import type pg from "pg";
import { untilRolledUp } from "../../support/rolled-up.js";
import { seedKey } from "../../support/seed.js";
import { until } from "../../support/until.js";
import { verdictOf } from "../../support/verdicts.js";
import { startWorld, type World } from "../../support/world.js";

describe("a call that is not let in after all", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  /** Holds rows until it is let go. */
  async function hold(sql: string, values: readonly unknown[] = []): Promise<() => Promise<void>> {
    const line: pg.PoolClient = await world.database.connect();
    await line.query("begin");
    await line.query({ text: sql, values: [...values] });
    return async () => {
      await line.query("rollback");
      line.release();
    };
  }

  async function usedBy(id: string): Promise<readonly [used: number, calls: number]> {
    await untilRolledUp(async (sql) => (await world.database.query(sql)).rows[0]);
    const { rows } = await world.database.query<{ used: string; calls: string }>(
      `select used, (select sum(calls) from usage_minutes where api_key_id = $1 and code = 'VALID') as calls
       from quota_counters where subject_id = $1`,
      [id],
    );
    return [Number(rows[0]?.used), Number(rows[0]?.calls)];
  }

  const isMeteringHeldUp = async () => {
    const { rowCount } = await world.database.query(
      `select 1 from pg_stat_activity where application_name = 'latchkey-meter' and wait_event_type = 'Lock'
       and datname = current_database()`,
    );
    return rowCount === 1;
  };

  const HOLD_COUNTER = "select 1 from quota_counters where subject_id = $1 for update";

  async function seed() {
    const key = await seedKey(world, { quota: { limit: 10, period: "TOTAL" } });
    const ask = () => verdictOf(world, { credential: key.secret, api: key.call });
    expect(await ask()).toMatchObject({ code: "VALID", quota: { remaining: 9 } });
    return { ...key, ask };
  }

  it("uses nothing when the node loses its lease while it is metered", async () => {
    const { apiKey, ask } = await seed();
    const letNodeGo = await hold("select 1 from nodes for update");
    const letCounterGo = await hold(HOLD_COUNTER, [apiKey.id]);
    try {
      const asked = ask();
      await until("the lease to end", async () => (await world.fetch("/health/ready")).status === 503);
      await letCounterGo();
      expect((await asked).code).toBe("UNDECIDED");
    } finally {
      await letNodeGo();
    }
    await until("it to be given back", async () => (await usedBy(apiKey.id)).join() === "1,1");
    await until("the node to recover", async () => (await world.fetch("/health/ready")).status === 200);
    expect(await ask()).toMatchObject({ code: "VALID", quota: { remaining: 8 } });
  });

  it("uses nothing when it has waited too long to be metered", async () => {
    const { apiKey, ask } = await seed();
    const letCounterGo = await hold(HOLD_COUNTER, [apiKey.id]);
    try {
      expect((await ask()).code).toBe("UNDECIDED");
    } finally {
      await letCounterGo();
    }
    expect(await ask()).toMatchObject({ code: "VALID", quota: { remaining: 8 } });
    expect(await usedBy(apiKey.id)).toEqual([2, 2]);
  });

  for (const [what, code, change] of [
    ["the key is revoked", "REVOKED", "update api_keys set revoked_at = now() where id = $1"],
    [
      "its API is taken from the key's groups",
      "GROUP_DENIED",
      "delete from group_apis where group_id in (select group_id from api_key_groups where api_key_id = $1)",
    ],
  ] as const) {
    it(`uses nothing, and is refused, when ${what} while it is metered`, async () => {
      const { apiKey, ask } = await seed();
      const letCounterGo = await hold(HOLD_COUNTER, [apiKey.id]);
      const asked = ask();
      await until("the call to be held up", isMeteringHeldUp);
      await world.database.query(change, [apiKey.id]);
      const { rows } = await world.database.query<{ now: string }>("select pg_current_snapshot()::text as now");
      await until("the node to have confirmed", async () => {
        const { rowCount } = await world.database.query(
          "select 1 from nodes where pg_snapshot_xmax(confirmed) >= pg_snapshot_xmax($1::pg_snapshot)",
          [rows[0]?.now],
        );
        return rowCount === 1;
      });
      await letCounterGo();
      expect((await asked).code).toBe(code);
      expect(await usedBy(apiKey.id)).toEqual([1, 1]);
    });
  }
});
