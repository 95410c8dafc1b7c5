import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { seedKey, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const HOUR_MS = 60 * 60_000;

describe("the credential of a management call", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function me(headers: Record<string, string>) {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: '{"query": "{ me { name } }"}',
    };
    const response = await world.fetch("/graphql", init);
    return {
      status: response.status,
      answer: (await response.json()) as { data?: { me: { name: string } }; errors?: unknown[] },
    };
  }

  it("is a user's API key, as X-API-Key or as Bearer", async () => {
    const { latchkey, user } = await seedUser(world, "MEMBER");
    const { secret } = await latchkey.keys.create({ name: "script" });
    for (const headers of [{ "x-api-key": secret }, { authorization: `Bearer ${secret}` }]) {
      expect((await me(headers)).answer.data?.me.name).toBe(user.userName);
    }
  });

  it("is no client's key: that is for the calls of the client", async () => {
    const { secret } = await seedKey(world);
    expect((await me({ "x-api-key": secret })).status).toBe(401);
  });

  it("is refused alike when it is unknown, revoked, disabled, scheduled, expired or of a deleted user", async () => {
    const { latchkey, user } = await seedUser(world, "MEMBER");
    const inHours = (hours: number) => new Date(world.now().getTime() + hours * HOUR_MS).toISOString();
    const key = async (changes: object = {}) => latchkey.keys.create({ name: unique("key"), ...changes });
    const [revoked, disabled, scheduled, expired, orphaned] = [
      await key(),
      await key(),
      await key({ effectiveAt: inHours(2) }),
      await key({ expiresAt: inHours(1) }),
      await key(),
    ];
    await latchkey.keys.revoke({ id: revoked.apiKey.id });
    await latchkey.keys.disable(disabled.apiKey.id);
    expect((await me({ "x-api-key": expired.secret })).status).toBe(200);
    world.moveClock(1.5 * HOUR_MS);
    expect((await me({ "x-api-key": orphaned.secret })).status).toBe(200);
    await world.latchkey.users.delete({ id: user.id, confirm: true });
    const answers = [];
    for (const { secret } of [revoked, disabled, scheduled, expired, orphaned])
      answers.push(await me({ "x-api-key": secret }));
    answers.push(await me({ "x-api-key": "nonsense" }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(401);
  });

  it("is a session until it ends: by signing out, or after 12 hours", async () => {
    const first = await seedUser(world, "MEMBER");
    expect(await first.latchkey.signOut()).toBe(true);
    expect((await me({ authorization: `Bearer ${first.token}` })).status).toBe(401);

    const second = await seedUser(world, "MEMBER");
    world.moveClock(11.9 * HOUR_MS);
    expect((await me({ authorization: `Bearer ${second.token}` })).status).toBe(200);
    world.moveClock(0.2 * HOUR_MS);
    expect((await me({ authorization: `Bearer ${second.token}` })).status).toBe(401);
    world.moveClock(-12.1 * HOUR_MS);
  });

  it("is not there after signing out with an API key, which has no session", async () => {
    const { latchkey } = await seedUser(world, "MEMBER");
    const { secret } = await latchkey.keys.create({ name: "script" });
    const byKey = new Latchkey({ url: world.url, credential: secret });
    expect(await byKey.signOut()).toBe(false);
    expect((await byKey.me()).kind).toBe("USER");
  });
});
