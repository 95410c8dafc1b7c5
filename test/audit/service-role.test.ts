import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { grantTo } from "../../api/database/grant-to.js";
import { killLeftovers, runLatchkey } from "../process/latchkey-process.js";
import { createEmptyDatabase } from "../support/database-server.js";
import { seedCollection, seedKey, unique } from "../support/seed.js";
import { asRole, type ServiceRole, serviceRoleOf } from "../support/service-role.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, testDatabaseServer, type World } from "../support/world.js";

const KEPT = ["audit_events", "audit_links", "audit_checkpoints"];
const PASSWORD = "a-chosen-pass-phrase";

describe("the database role of the service", () => {
  let home: World;
  let role: ServiceRole;
  let world: World;

  before(async () => {
    home = await startWorld();
    role = await serviceRoleOf(home);
    world = await joinWorld(home, {}, role.wayTo);
  });

  after(async () => {
    killLeftovers();
    await world.stop();
    await role.drop();
    await home.stop();
  });

  /** The SQLSTATE that a statement is refused with. */
  async function refusal(url: string, statement: string): Promise<string | undefined> {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await client.query(statement);
      return undefined;
    } catch (error) {
      return (error as pg.DatabaseError).code;
    } finally {
      await client.end();
    }
  }

  const changes = (table: string): string[] => [
    `update ${table} set ${table === "audit_events" ? "actor_name = 'x'" : "number = 0"}`,
    `delete from ${table}`,
    `truncate ${table}`,
  ];

  it("serves: keys, metered verdicts, jobs, the chain and its checkpoints", async () => {
    const { secret, call, apiKey } = await seedKey(world, { quota: { limit: 5, period: "DAY" } });
    expect(await world.latchkey.verify({ credential: secret, api: call })).toMatchObject({
      code: "VALID",
      quota: { remaining: 4 },
    });
    await world.latchkey.keys.revoke({ id: apiKey.id });
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("REVOKED");
    // So far that partitions are made and dropped.
    world.moveClock(10 * 24 * 3_600_000);
    const latchkey = new Latchkey({ url: world.url });
    await latchkey.signIn(world.admin);
    await until("a checkpoint", async () => (await latchkey.audit.verify()).checkpoint ?? undefined);
    await until("every job to run", async () =>
      (await latchkey.system.jobs()).every(({ lastRunAt }) => lastRunAt !== null),
    );
    expect((await latchkey.system.jobs()).filter(({ lastError }) => lastError !== null)).toEqual([]);
    expect(world.log.filter((line) => /"level":"(?:warn|error)"/.test(line))).toEqual([]);
    expect(await latchkey.audit.verify()).toMatchObject({ valid: true, complete: true });
  });

  it("is refused every change of what the audit has, and of the protection itself", async () => {
    const url = role.wayTo(home.databaseUrl);
    for (const statement of [
      ...KEPT.flatMap(changes),
      "alter table audit_events disable trigger all",
      "drop trigger audit_events_refuse_change on audit_events",
      "drop table audit_links",
      "create table audit_more (id integer)",
      "set session_replication_role = replica",
      "delete from migrations",
    ]) {
      expect({ statement, code: await refusal(url, statement) }).toEqual({ statement, code: "42501" });
    }
  });

  it("is not even needed for it where the service owns the tables: there they refuse by themselves", async () => {
    for (const statement of KEPT.flatMap(changes)) {
      expect({ statement, code: await refusal(home.databaseUrl, statement) }).toEqual({ statement, code: "42501" });
    }
    await expect(home.database.query("delete from audit_events")).rejects.toThrow(
      "audit_events is kept as it was written: delete is refused",
    );
  });

  it("is set up by migrate --grant-to, as its owner who need be no superuser, and the server then starts as it", async () => {
    const server = await testDatabaseServer();
    const own = await createEmptyDatabase(server.url);
    const dataDir = await mkdtemp(join(tmpdir(), "latchkey-roles-"));
    const [owner, service] = [unique("owner"), unique("serving")];
    const administrate = new pg.Client(own.url);
    await administrate.connect();
    try {
      for (const name of [owner, service]) {
        await administrate.query(`create role "${name}" login password '${PASSWORD}'`);
      }
      await administrate.query(`alter database "${new URL(own.url).pathname.slice(1)}" owner to "${owner}"`);
      const variables = { DATABASE_URL: asRole(own.url, owner, PASSWORD), DATA_DIR: dataDir };
      const migrated = runLatchkey(variables, "migrate", "--grant-to", service);
      expect({ code: await migrated.exitCode(), output: migrated.output() }).toMatchObject({ code: 0 });
      expect(migrated.output()).toContain(`${service} may serve`);

      await expect(grantTo(variables.DATABASE_URL, "nobody")).rejects.toThrow('there is no role "nobody"');
      await expect(grantTo(variables.DATABASE_URL, owner)).rejects.toThrow("who owns the tables");
      const refused = runLatchkey(variables, "migrate", "--grant-to");
      const serving = runLatchkey({
        ...variables,
        DATABASE_URL: asRole(own.url, service, PASSWORD),
        ADMIN_PASSWORD: PASSWORD,
      });
      expect(await refused.exitCode()).toBe(1);
      expect(refused.output()).toContain("--grant-to and the name of one role");
      const latchkey = new Latchkey({ url: await serving.url() });
      await latchkey.signIn({ name: "admin", password: PASSWORD });
      await seedCollection(latchkey);
      expect(await latchkey.audit.verify()).toMatchObject({ valid: true });
      expect(await serving.stop()).toBe(0);
      expect(await refusal(asRole(own.url, service, PASSWORD), "delete from audit_events")).toBe("42501");
    } finally {
      await administrate.query(`reassign owned by "${owner}" to current_user`);
      await administrate.query(`drop owned by "${service}", "${owner}"`);
      await administrate.query(`drop role "${service}", "${owner}"`);
      await administrate.end();
      await own.drop();
      await rm(dataDir, { recursive: true, force: true });
      await server.stop();
    }
  });
});
