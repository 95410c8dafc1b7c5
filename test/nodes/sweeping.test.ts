import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { sweepNodes } from "../../api/nodes/sweep-nodes.js";
import { seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { seedHolder } from "./right-taking.js";

const GONE = "00000000-0000-4000-8000-00000000dead";

describe("sweeping", () => {
  let world: World;
  let other: World;

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  /** As the job does every minute. */
  async function sweep(): Promise<void> {
    const database = await createDataSource(world.databaseUrl).initialize();
    try {
      await sweepNodes(database);
    } finally {
      await database.destroy();
    }
  }

  async function count(table: string, where = "true"): Promise<number> {
    const { rows } = await world.database.query<{ count: string }>(`select count(*) from ${table} where ${where}`);
    return Number(rows[0]?.count);
  }

  it("forgets nodes that are gone, and not those that live", async () => {
    await world.database.query(
      `insert into nodes (id, started_at, lease_until, server_started_at, confirmed)
       values ($1, now(), now() - interval '61 seconds', now(), pg_current_snapshot())`,
      [GONE],
    );
    await sweep();
    expect([await count("nodes", `id = '${GONE}'`), await count("nodes")]).toEqual([0, 2]);
  });

  it("forgets changes once every node has confirmed them", async () => {
    await seedKey(world);
    await world.latchkey.keys.list();
    expect(await count("credential_changes")).toBeGreaterThan(0);
    await until("the changes to be swept", async () => {
      await sweep();
      return (await count("credential_changes")) === 0;
    });
  });

  it("keeps the changes that a node has not confirmed", async () => {
    await world.database.query(
      `insert into nodes (id, started_at, lease_until, server_started_at, confirmed)
       values ($1, now(), now(), now(), pg_current_snapshot())`,
      [GONE],
    );
    const { apiKey } = await seedKey(world);
    await world.latchkey.keys.revoke({ id: apiKey.id });
    const changes = await count("credential_changes");
    await sweep();
    expect(await count("credential_changes")).toBe(changes);
    await world.database.query("delete from nodes where id = $1", [GONE]);
    await until("the changes to be swept", async () => {
      await sweep();
      return (await count("credential_changes")) === 0;
    });
  });

  it("leaves a node that it forgot right: it begins anew", async () => {
    const { apiKey, request } = await seedHolder(world);
    expect((await verdictOf(other, request)).code).toBe("VALID");
    await world.database.query("delete from nodes");
    await until("both nodes to have entered again", async () => (await count("nodes")) === 2);
    await world.latchkey.keys.disable(apiKey.id);
    expect((await verdictOf(other, request)).code).toBe("DISABLED");
    await world.latchkey.keys.enable(apiKey.id);
    expect((await verdictOf(other, request)).code).toBe("VALID");
  });

  it("lets a node forget what changed behind its back while it was forgotten", async () => {
    const { apiKey, request } = await seedHolder(world);
    expect((await verdictOf(other, request)).code).toBe("VALID");
    // In one transaction: no node can be told of the change.
    const line = await world.database.connect();
    try {
      await line.query("begin");
      await line.query("update api_keys set disabled_at = now() where id = $1", [apiKey.id]);
      await line.query("delete from credential_changes");
      await line.query("delete from nodes");
      await line.query("commit");
    } finally {
      line.release();
    }
    await until("the nodes to have begun anew", async () => (await verdictOf(other, request)).code === "DISABLED");
  });

  it("lets a node begin anew on a server that took the place of another", async () => {
    const { apiKey, request } = await seedHolder(world);
    expect((await verdictOf(other, request)).code).toBe("VALID");
    // As if both were known to a server that is no more, which numbered transactions as far as this one never will.
    const line = await world.database.connect();
    try {
      await line.query("begin");
      await line.query("update api_keys set disabled_at = now() where id = $1", [apiKey.id]);
      await line.query("delete from credential_changes");
      await line.query("update nodes set server_started_at = server_started_at - interval '1 day'");
      await line.query("commit");
    } finally {
      line.release();
    }
    await until("the nodes to have begun anew", async () => (await verdictOf(other, request)).code === "DISABLED");
  });

  it("forgets what lost nodes metered last, a day after, and what is counted for nobody", async () => {
    const { secret, apiKey, client } = await seedKey(world, { quota: { limit: 10, period: "DAY" } });
    const kept = await seedKey(world, { quota: { limit: 10, period: "DAY" } });
    for (const credential of [secret, kept.secret]) await verdictOf(world, { credential });
    const isCounted = (id: string) => count("quota_counters", `subject_id = '${id}'`);
    expect(await isCounted(apiKey.id)).toBe(1);
    await world.database.query(
      `insert into meter_sessions (id, node_id, opened_at, batch, granted) values
       ($1, $1, now() - interval '25 hours', 1, '{}'), (gen_random_uuid(), $1, now(), 1, '{}')`,
      [GONE],
    );
    await world.latchkey.clients.delete({ id: client.id, confirm: true });
    await sweep();
    expect([await isCounted(apiKey.id), await isCounted(kept.apiKey.id)]).toEqual([0, 1]);
    expect(await count("meter_sessions", `node_id = '${GONE}'`)).toBe(1);
    expect(await verdictOf(world, { credential: kept.secret })).toMatchObject({ quota: { remaining: 8 } });
  });

  it("lets a node whose metering was swept up go on exactly", async () => {
    const { secret } = await seedKey(world, { quota: { limit: 5, period: "DAY" } });
    const codes: string[] = [];
    for (let time = 0; time < 7; time++) {
      await world.database.query("delete from meter_sessions");
      codes.push((await verdictOf(other, { credential: secret })).code);
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => "VALID"), "QUOTA_EXCEEDED", "QUOTA_EXCEEDED"]);
  });
});
