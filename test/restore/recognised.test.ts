import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { serviceRoleOf } from "../support/service-role.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const AWAY = "The database is not where it was";

describe("the home of a database", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const startAgain = async (): Promise<World> => {
    const node = await joinWorld(world);
    await node.stop();
    return node;
  };

  it("is known to every further node, also one whose role is told nothing of the server", async () => {
    await startAgain();
    await world.database.query("revoke execute on function pg_control_system(), pg_current_wal_lsn() from public");
    const role = await serviceRoleOf(world);
    try {
      const node = await joinWorld(world, {}, role.wayTo);
      expect((await node.fetch("/health/ready")).status).toBe(200);
      await node.stop();
    } finally {
      await role.drop();
    }
  });

  it("stays the same when a standby takes over, and the log says once what else it may be", async () => {
    await world.database.query("update database_home set timeline = '00000000', written_in = pg_current_xact_id()");
    const [first, second] = [await startAgain(), await startAgain()];
    const told = (node: World) =>
      node.log.filter((line) => line.includes("the database server goes on from another one"));
    expect([told(first).length, told(second).length]).toEqual([1, 0]);
  });

  it("is another one when a dump is loaded, into the same database, or its server is set up anew", async () => {
    // As a dump does: the same values, in another transaction.
    await world.database.query("create table kept as select * from database_home");
    await world.database.query("truncate database_home");
    await world.database.query("insert into database_home select * from kept");
    await expect(joinWorld(world)).rejects.toThrow(AWAY);
    await world.database.query("update database_home set written_in = pg_current_xact_id()");
    await startAgain();
    await world.database.query("update database_home set system_identifier = '1', written_in = pg_current_xact_id()");
    await expect(joinWorld(world)).rejects.toThrow(AWAY);
  });
});
