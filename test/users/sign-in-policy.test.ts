import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, failSignIns, signIn, trySignIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const SET = `mutation ($input: SetSignInPolicyInput!) {
  setSignInPolicy(input: $input) { user { id } client { id status } }
}`;
const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

describe("the sign-in policy of an account", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const set = (input: object, credential?: string) => world.graphql(SET, { input }, credential);

  it("sets the threshold, which counts from the next failure on", async () => {
    const client = await addClient(world);
    const { client: changed } = await world.latchkey.accounts.setSignInPolicy({ clientId: client.name, threshold: 1 });
    expect(changed?.signInPolicy).toEqual({
      threshold: 1,
      lock: "TEMPORARY",
      failedSignIns: 0,
      locked: false,
      lockedUntil: null,
    });
    await failSignIns(world, client.name, 1);
    expect((await world.latchkey.clients.get({ id: client.id })).status).toBe("LOCKED");
    expect(await eventsAbout(world, client.id, "client.signInPolicyChanged")).toMatchObject([
      { actorName: "admin", before: { signInThreshold: 3 }, after: { signInThreshold: 1 } },
    ]);
  });

  it("locks for good where it says so, until an admin unlocks", async () => {
    const user = await addUser(world);
    await world.latchkey.accounts.setSignInPolicy({ userId: user.id, threshold: 2, lock: "PERMANENT" });
    await failSignIns(world, user.name, 2);
    expect((await world.latchkey.users.get(user.id)).signInPolicy).toMatchObject({ locked: true, lockedUntil: null });

    world.moveClock(YEAR_MS);
    try {
      expect(refusalIn(await trySignIn(world, user.name, PASSWORD)).code).toBe("UNAUTHENTICATED");
    } finally {
      world.moveClock(-YEAR_MS);
    }
    await world.latchkey.accounts.setSignInPolicy({ userId: user.id, unlock: true });
    expect(await signIn(world, user.name)).toMatch(/^lk_ss_/);
    expect(await eventsAbout(world, user.id, "user.unlocked")).toHaveLength(1);
  });

  it("resets the counter", async () => {
    const client = await addClient(world);
    await failSignIns(world, client.name, 2);
    await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, resetCounter: true });
    await failSignIns(world, client.name, 2);
    expect(await world.latchkey.clients.get({ id: client.id })).toMatchObject({
      status: "ENABLED",
      signInPolicy: { failedSignIns: 2 },
    });
  });

  it("keeps a lock in force when only the counter is reset", async () => {
    const client = await addClient(world);
    await failSignIns(world, client.name, 3);
    await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, resetCounter: true });
    expect(await world.latchkey.clients.get({ id: client.id })).toMatchObject({
      status: "LOCKED",
      signInPolicy: { failedSignIns: 0, locked: true },
    });
  });

  it("unlocks a client that somebody has locked, too", async () => {
    const client = await addClient(world);
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "LOCKED" });
    const { client: unlocked } = await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, unlock: true });
    expect(unlocked?.status).toBe("ENABLED");
    expect(await eventsAbout(world, client.id, "client.unlocked")).toHaveLength(1);
  });

  it("changes and records nothing when nothing is new", async () => {
    const client = await addClient(world);
    await set({ clientId: client.id, threshold: 3, unlock: true });
    expect(await eventsAbout(world, client.id, "client.signInPolicyChanged")).toEqual([]);
  });

  for (const [what, change, path] of [
    ["a threshold of 0", { threshold: 0 }, "threshold"],
    ["a threshold of 101", { threshold: 101 }, "threshold"],
    ["a threshold of null", { threshold: null }, "threshold"],
    ["a kind of lock that is not known", { lock: "FOREVER" }, "lock"],
  ] as const) {
    it(`refuses ${what}, naming the field`, async () => {
      const client = await addClient(world);
      const refusal = refusalIn(await set({ clientId: client.id, ...change }));
      expect(refusal).toMatchObject({ code: "INVALID_INPUT", fields: [{ path }] });
    });
  }

  it("refuses neither account, and both", async () => {
    const client = await addClient(world);
    const user = await addUser(world);
    for (const input of [{}, { clientId: client.id, userId: user.id }]) {
      expect(refusalIn(await set({ ...input, threshold: 4 }))).toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ path: "userId", message: "give exactly one of userId and clientId" }],
      });
    }
  });

  it("of what is absent is NOT_FOUND", async () => {
    const absent = "01890000-0000-7000-8000-000000000000";
    expect(refusalIn(await set({ userId: absent, threshold: 4 })).code).toBe("NOT_FOUND");
    expect(refusalIn(await set({ clientId: absent, threshold: 4 })).code).toBe("NOT_FOUND");
    expect(refusalIn(await set({ clientId: "no-such-client", threshold: 4 })).code).toBe("NOT_FOUND");
  });

  it("is an operator's to change for clients, and not for users, whether they exist or not", async () => {
    const [client, user] = [await addClient(world), await addUser(world)];
    const operator = await signIn(world, (await addUser(world, "OPERATOR")).name);
    expect((await set({ clientId: client.id, threshold: 4 }, operator)).data.setSignInPolicy.client.id).toBe(client.id);
    const foreign = await set({ userId: user.id, threshold: 4 }, operator);
    expect(refusalIn(foreign).code).toBe("FORBIDDEN");
    expect(await set({ userId: "01890000-0000-7000-8000-000000000000", threshold: 4 }, operator)).toEqual(foreign);
  });

  for (const role of ["AUDITOR", "MEMBER"] as const) {
    it(`is not to be changed by ${role}`, async () => {
      const client = await addClient(world);
      const token = await signIn(world, (await addUser(world, role)).name);
      expect(refusalIn(await set({ clientId: client.id, threshold: 100 }, token)).code).toBe("FORBIDDEN");
    });
  }

  it("is not to be changed by the client itself", async () => {
    const client = await addClient(world);
    const token = await signIn(world, client.name);
    expect(refusalIn(await set({ clientId: client.id, threshold: 100 }, token)).code).toBe("FORBIDDEN");
  });
});
