import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { type Job, Scheduler } from "../../api/schedule/scheduler.js";
import { copyTemplate, type DatabaseServer, type OwnDatabase } from "../support/database-server.js";
import { until } from "../support/until.js";
import { startWorld, testDatabaseServer, type World } from "../support/world.js";

const HOUR_MS = 3_600_000;

describe("scheduled jobs", () => {
  let server: DatabaseServer;
  let database: OwnDatabase;
  let clockMs: number;

  before(async () => {
    server = await testDatabaseServer();
    database = await copyTemplate(server.url);
    clockMs = Date.parse("2026-03-01T00:00:00Z");
  });

  after(async () => {
    await database.drop();
    await server.stop();
  });

  /** One node that runs jobs, with connections of its own. */
  async function node(...jobs: Job[]) {
    const dataSource = await createDataSource(database.url).initialize();
    const errors: string[] = [];
    const scheduler = new Scheduler({
      database: dataSource,
      jobs,
      now: () => new Date(clockMs),
      onError: (error, job) => void errors.push(`${job}: ${error instanceof Error ? error.message : ""}`),
    });
    await scheduler.start();
    const stop = async () => {
      await scheduler.stop();
      await dataSource.destroy();
    };
    return { dataSource, errors, stop };
  }

  const job = (name: string, run: () => Promise<void>): Job => ({ name, everyMs: HOUR_MS, run });

  it("run once when they are due, on however many nodes", async () => {
    let runs = 0;
    const count = job("count", async () => {
      runs++;
    });
    const nodes = await Promise.all([node(count), node(count), node(count)]);
    for (const expected of [1, 2, 3]) {
      await until("the run", () => runs === expected);
      // Noted when it has ended, which is after it was counted here.
      const { hourly } = await until("its note", async () => {
        const [row] = await (nodes[0]?.dataSource.query(
          "select next_run_at - last_run_at = interval '1 hour' as hourly from scheduled_jobs where name = 'count'",
        ) ?? []);
        return row?.hourly === null ? undefined : (row as { readonly hourly: boolean });
      });
      expect(hourly).toBe(true);
      clockMs += HOUR_MS;
    }
    await Promise.all(nodes.map(({ stop }) => stop()));
    expect(runs).toBeLessThanOrEqual(4);
  });

  it("are tried again when they fail, later and later, and tell why", async () => {
    let runs = 0;
    const fail = job("fail", async () => {
      runs++;
      throw new Error(`failure ${runs}`);
    });
    const { dataSource, errors, stop } = await node(fail);
    const waits: number[] = [];
    for (const expected of [1, 2, 3]) {
      await until("the failure", () => errors.length === expected);
      const row = await until("its row", async () => {
        const [found] = await dataSource.query(
          `select failures, last_error, extract(epoch from next_run_at - last_run_at)::int as wait
           from scheduled_jobs where name = 'fail'`,
        );
        return found.failures === expected && found;
      });
      expect(row.last_error).toBe(`failure ${expected}`);
      waits.push(row.wait);
      clockMs += row.wait * 1_000;
    }
    await stop();
    expect(waits).toEqual([10, 20, 40]);
  });

  it("are taken over from a node that dies in the middle", async () => {
    let begun = 0;
    const hang = job("hang", () => {
      begun++;
      return new Promise(() => undefined);
    });
    const dying = await node(hang);
    await until("the job to begin", () => begun === 1);
    let finished = 0;
    const heir = await node(
      job("hang", async () => {
        finished++;
      }),
    );
    // What the database does when a node's connection breaks.
    await heir.dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`,
    );
    await until("the heir to run it", () => finished === 1);
    await heir.stop();
    // Its job never ends, so there is nothing to wait for.
    void dying.stop();
    void dying.dataSource.destroy();
  });

  it("are listed for those who watch over the installation", async () => {
    const world: World = await startWorld();
    try {
      const jobs = await until("the first run", async () => {
        const listed = await world.latchkey.system.jobs();
        return listed.every(({ lastRunAt }) => lastRunAt !== null) && listed;
      });
      expect(jobs.map(({ name, lastError, failures }) => ({ name, lastError, failures }))).toContainEqual({
        name: "keep-vault",
        lastError: null,
        failures: 0,
      });
    } finally {
      await world.stop();
    }
  });
});
