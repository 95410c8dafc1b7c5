import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, isInForce, signIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const END = `mutation ($input: EndSessionInput!) { endSession(input: $input) { id endedAt } }`;

describe("sessions", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const as = (credential: string) => new Latchkey({ url: world.url, credential });
  const idOf = async (token: string) => {
    const current = (await as(token).sessions.list()).nodes.find((session) => session.current);
    return current?.id as string;
  };
  const end = (id: string, credential?: string) => world.graphql(END, { input: { id } }, credential);

  it("are listed to their owner, newest first, with the one of this call marked", async () => {
    const user = await addUser(world);
    const [first, second] = [await signIn(world, user.name), await signIn(world, user.name)];
    const { nodes, totalCount } = await as(first).sessions.list();
    expect(totalCount).toBe(2);
    expect(nodes).toMatchObject([
      { userId: user.id, clientId: null, current: false, endedAt: null, address: "127.0.0.1" },
      { userId: user.id, clientId: null, current: true, endedAt: null, address: "127.0.0.1" },
    ]);
    expect((await as(second).sessions.list()).nodes.map((session) => session.current)).toEqual([true, false]);
  });

  it("of others are listed to an administrator, by user and by client", async () => {
    const [user, client] = [await addUser(world), await addClient(world)];
    await signIn(world, user.name);
    await signIn(world, client.name);
    const [ofUser] = (await world.latchkey.sessions.list({ filter: { userId: user.id } })).nodes;
    expect(ofUser).toMatchObject({ userId: user.id, clientId: null });
    for (const clientId of [client.id, client.name]) {
      const [ofClient] = (await world.latchkey.sessions.list({ filter: { clientId } })).nodes;
      expect(ofClient).toMatchObject({ userId: null, clientId: client.id });
    }
  });

  it("of others are not listed to members and clients, who get the answer of an account that is absent", async () => {
    const [user, client] = [await addUser(world), await addClient(world)];
    await signIn(world, user.name);
    await signIn(world, client.name);
    const foreign = [
      await signIn(world, (await addUser(world)).name),
      await signIn(world, (await addClient(world)).name),
    ];
    for (const credential of foreign) {
      expect((await as(credential).sessions.list({ filter: { userId: user.id } })).nodes).toEqual([]);
      expect((await as(credential).sessions.list({ filter: { clientId: client.id } })).nodes).toEqual([]);
    }
  });

  it("are ended by their owner, one by one, and recorded", async () => {
    const user = await addUser(world);
    const [kept, lost] = [await signIn(world, user.name), await signIn(world, user.name)];
    const id = await idOf(lost);

    const ended = await as(kept).sessions.end(id);
    expect(ended).toMatchObject({ id, endedAt: expect.any(String) });
    expect(await isInForce(world, lost)).toBe(false);
    expect(await isInForce(world, kept)).toBe(true);
    expect(await eventsAbout(world, id, "session.ended")).toMatchObject([{ actorId: user.id }]);

    // A use is noted within the second after it.
    expect(await as(kept).sessions.end(id)).toEqual({ ...ended, lastAccessedAt: expect.any(String) });
    expect(await eventsAbout(world, id, "session.ended")).toHaveLength(1);
  });

  it("of others are ended by administrators, and those of clients by operators", async () => {
    const [user, client] = [await addUser(world), await addClient(world)];
    const [ofUser, ofClient] = [await signIn(world, user.name), await signIn(world, client.name)];
    const operator = await signIn(world, (await addUser(world, "OPERATOR")).name);
    const [userSession, clientSession] = [await idOf(ofUser), await idOf(ofClient)];

    await as(operator).sessions.end(clientSession);
    expect(await isInForce(world, ofClient)).toBe(false);
    expect(refusalIn(await end(userSession, operator)).code).toBe("NOT_FOUND");
    expect(await isInForce(world, ofUser)).toBe(true);
    await world.latchkey.sessions.end(userSession);
    expect(await isInForce(world, ofUser)).toBe(false);
  });

  it("that are somebody else's and that are absent give one answer", async () => {
    const owner = await signIn(world, (await addUser(world)).name);
    const id = await idOf(owner);
    for (const role of ["MEMBER", "AUDITOR"] as const) {
      const other = await signIn(world, (await addUser(world, role)).name);
      const foreign = await end(id, other);
      expect(refusalIn(foreign).code).toBe("NOT_FOUND");
      expect(await end("01890000-0000-7000-8000-000000000000", other)).toEqual(foreign);
    }
    expect(await isInForce(world, owner)).toBe(true);
  });

  it("are ended by no id that is none, and not without signing in", async () => {
    expect(refusalIn(await end("not-an-id"))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "id" }] });
    const { data, errors } = await world.graphql(END, { input: { id: "01890000-0000-7000-8000-000000000000" } }, null);
    expect({ data, code: errors[0]?.extensions.code }).toEqual({ data: null, code: "UNAUTHENTICATED" });
  });

  it("are not ended with a narrow key of their owner", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    const { secret } = await as(token).keys.create({ name: "narrow", scopes: ["keys:read"] });
    const id = await idOf(token);
    expect((await as(secret).sessions.list()).nodes.map((session) => session.id)).toEqual([id]);
    expect(refusalIn(await end(id, secret)).code).toBe("NOT_FOUND");
    expect(await isInForce(world, token)).toBe(true);
  });

  it("tell when and from where they were last used, soon after", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    world.moveClock(60_000);
    const usedAfter = world.now();
    await as(token).me();

    const used = await until("the session to be seen used", async () => {
      const [session] = (await world.latchkey.sessions.list({ filter: { userId: user.id } })).nodes;
      return session && new Date(session.lastAccessedAt) >= usedAfter ? session : undefined;
    });
    expect(used.lastAccessedFrom).toBe("127.0.0.1");
  });

  it("leave the list when they have ended or expired", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    await as(await signIn(world, user.name)).signOut();
    expect((await as(token).sessions.list()).totalCount).toBe(1);

    world.moveClock(12 * 60 * 60 * 1_000);
    await world.latchkey.signIn(world.admin);
    expect(await isInForce(world, token)).toBe(false);
    expect((await world.latchkey.sessions.list({ filter: { userId: user.id } })).totalCount).toBe(0);
  });
});
