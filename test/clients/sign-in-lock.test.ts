import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, eventsAbout, failSignIns, isInForce, signIn } from "../support/accounts.js";
import { FAR, seedGroup } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("a client locked by failed sign-ins", () => {
  let world: World;
  let groupId: string;

  before(async () => {
    world = await startWorld();
    groupId = (await seedGroup(world)).id;
  });

  after(() => world.stop());

  const statusOf = async (id: string) => (await world.latchkey.clients.get({ id })).status;
  const namesWith = async (status: "ENABLED" | "DISABLED" | "LOCKED") =>
    (await world.latchkey.clients.list({ filter: { status }, first: 100 })).nodes.map((client) => client.clientId);

  async function keyOf(clientId: string): Promise<string> {
    await world.latchkey.clients.addGroups({ clientId, groupIds: [groupId] });
    const input = { clientId, name: "key", expiresAt: FAR, groupIds: [groupId] };
    return (await world.latchkey.keys.create(input)).secret;
  }

  it("has its keys refused as OWNER_LOCKED while the lock lasts, and not longer", async () => {
    const client = await addClient(world);
    const credential = await keyOf(client.id);
    expect(await world.latchkey.verify({ credential })).toMatchObject({ valid: true });

    await failSignIns(world, client.name, 3);
    expect(await world.latchkey.verify({ credential })).toMatchObject({ valid: false, code: "OWNER_LOCKED" });

    world.moveClock(61_000);
    expect(await world.latchkey.verify({ credential })).toMatchObject({ valid: true });
  });

  it("has its keys refused for good by a permanent lock, until it is unlocked", async () => {
    const client = await addClient(world);
    const credential = await keyOf(client.id);
    await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, threshold: 1, lock: "PERMANENT" });
    await failSignIns(world, client.name, 1);
    world.moveClock(48 * 60 * 60 * 1_000);
    expect(await world.latchkey.verify({ credential })).toMatchObject({ valid: false, code: "OWNER_LOCKED" });

    // The administrator's session has not lasted that long.
    await world.latchkey.signIn(world.admin);
    await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, unlock: true });
    expect(await world.latchkey.verify({ credential })).toMatchObject({ valid: true });
  });

  it("shows as LOCKED, and is found by it, exactly while the lock lasts", async () => {
    const client = await addClient(world);
    await failSignIns(world, client.name, 3);
    expect(await statusOf(client.id)).toBe("LOCKED");
    expect(await namesWith("LOCKED")).toContain(client.name);
    expect(await namesWith("ENABLED")).not.toContain(client.name);

    world.moveClock(61_000);
    expect(await statusOf(client.id)).toBe("ENABLED");
    expect(await namesWith("LOCKED")).not.toContain(client.name);
    expect(await namesWith("ENABLED")).toContain(client.name);
  });

  it("is DISABLED, and found by that alone, once somebody disables it", async () => {
    const client = await addClient(world);
    const credential = await keyOf(client.id);
    await failSignIns(world, client.name, 3);
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    expect(await statusOf(client.id)).toBe("DISABLED");
    expect(await namesWith("DISABLED")).toContain(client.name);
    expect(await namesWith("LOCKED")).not.toContain(client.name);
    expect(await world.latchkey.verify({ credential })).toMatchObject({ code: "OWNER_DISABLED" });
  });

  it("is unlocked by enabling it, with its count at 0", async () => {
    const client = await addClient(world);
    await failSignIns(world, client.name, 3);
    const enabled = await world.latchkey.clients.setStatus({ clientId: client.id, status: "ENABLED" });
    expect(enabled).toMatchObject({ status: "ENABLED", signInPolicy: { failedSignIns: 0, locked: false } });
    expect(await isInForce(world, await signIn(world, client.name))).toBe(true);
    expect(await eventsAbout(world, client.id, "client.statusChanged")).toMatchObject([
      { before: { status: "LOCKED" }, after: { status: "ENABLED" } },
    ]);
  });
});

describe("a client that is no longer enabled", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  for (const status of ["DISABLED", "LOCKED"] as const) {
    it(`has lost its sessions for good when it was ${status}`, async () => {
      const client = await addClient(world);
      const token = await signIn(world, client.name);
      await world.latchkey.clients.setStatus({ clientId: client.id, status });
      expect(await isInForce(world, token)).toBe(false);

      await world.latchkey.clients.setStatus({ clientId: client.id, status: "ENABLED" });
      expect(await isInForce(world, token)).toBe(false);
    });
  }
});
