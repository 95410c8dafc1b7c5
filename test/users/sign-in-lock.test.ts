import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, failSignIns, isInForce, signIn, trySignIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const MINUTE_MS = 60_000;
const WRONG = "a-wrong-pass-phrase";

describe("failed sign-ins", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const policyOfUser = async (id: string) => (await world.latchkey.users.get(id)).signInPolicy;
  const secondsLocked = async (id: string) => {
    const { lockedUntil } = await policyOfUser(id);
    return Math.round((new Date(lockedUntil as string).getTime() - world.now().getTime()) / 1_000);
  };

  it("lock a user at the sixth in a row and a client at the third", async () => {
    const user = await addUser(world);
    const client = await addClient(world);

    await failSignIns(world, user.name, 5);
    await failSignIns(world, client.name, 2);
    expect(await policyOfUser(user.id)).toMatchObject({ threshold: 6, failedSignIns: 5, locked: false });
    expect((await world.latchkey.clients.get({ id: client.id })).status).toBe("ENABLED");

    await failSignIns(world, user.name, 1);
    await failSignIns(world, client.name, 1);
    expect(await policyOfUser(user.id)).toMatchObject({ failedSignIns: 6, locked: true, lock: "TEMPORARY" });
    expect(await world.latchkey.clients.get({ id: client.id })).toMatchObject({
      status: "LOCKED",
      signInPolicy: { threshold: 3, failedSignIns: 3, locked: true },
    });
    expect(await eventsAbout(world, user.id, "user.locked")).toHaveLength(1);
    expect(await eventsAbout(world, client.id, "client.locked")).toHaveLength(1);
  });

  it("start to count anew with a success", async () => {
    const user = await addUser(world);
    await failSignIns(world, user.name, 5);
    await signIn(world, user.name);
    await failSignIns(world, user.name, 5);
    expect(await policyOfUser(user.id)).toMatchObject({ failedSignIns: 5, locked: false });
  });

  it("lock for a minute at first, then twice as long each time, until a success", async () => {
    const user = await addUser(world);
    await world.latchkey.accounts.setSignInPolicy({ userId: user.id, threshold: 1 });
    const lengths: number[] = [];
    for (let time = 0; time < 3; time++) {
      await failSignIns(world, user.name, 1);
      lengths.push(await secondsLocked(user.id));
      world.moveClock(lengths[time]! * 1_000 + 1_000);
      expect(await policyOfUser(user.id)).toMatchObject({ failedSignIns: 0, locked: false, lockedUntil: null });
    }
    expect(lengths.map((seconds) => Math.round(seconds / 60))).toEqual([1, 2, 4]);

    await signIn(world, user.name);
    await failSignIns(world, user.name, 1);
    expect(Math.round((await secondsLocked(user.id)) / 60)).toBe(1);
  });

  it("never lock for longer than a day", async () => {
    const user = await addUser(world);
    await world.database.query("update users set locks_in_a_row = 500 where id = $1", [user.id]);
    await failSignIns(world, user.name, 6);
    expect(Math.round((await secondsLocked(user.id)) / 3_600)).toBe(24);
  });

  it("have exactly as many passwords looked at as the threshold, however many come at once", async () => {
    const user = await addUser(world);
    await Promise.all(Array.from({ length: 20 }, () => trySignIn(world, user.name, WRONG)));

    const causes = (await eventsAbout(world, user.id, "signIn.failed")).map((event) => event.after?.["cause"]);
    expect(causes.filter((cause) => cause === "WRONG_PASSWORD")).toHaveLength(6);
    expect(causes.filter((cause) => cause === "LOCKED")).toHaveLength(14);
    expect(refusalIn(await trySignIn(world, user.name, PASSWORD)).code).toBe("UNAUTHENTICATED");
  });

  it("leave sign-ins with the right password alone, however many come at once", async () => {
    const client = await addClient(world);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => signIn(world, client.name)));
    expect(new Set(tokens).size).toBe(10);
  });

  it("end a locked client's sessions, but not a locked user's", async () => {
    const user = await addUser(world);
    const client = await addClient(world);
    const [ofUser, ofClient] = [await signIn(world, user.name), await signIn(world, client.name)];

    await failSignIns(world, user.name, 6);
    await failSignIns(world, client.name, 3);
    expect(await isInForce(world, ofUser)).toBe(true);
    expect(await isInForce(world, ofClient)).toBe(false);

    world.moveClock(MINUTE_MS + 1_000);
    expect(await isInForce(world, ofClient)).toBe(false);
    expect(await isInForce(world, await signIn(world, client.name))).toBe(true);
  });
});
