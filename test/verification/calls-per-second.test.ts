import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { FAR, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { holdClock } from "./held-clock.js";
import { codesAtOnce, first, seedLimitedKey } from "./limited-key.js";

const SECOND_MS = 1_000;

describe("the limit of calls per second", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const authorize = (secret: string) => world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });

  it("lets one second's worth pass at once, refuses the rest, and says when to ask again", async () => {
    const { secret: credential } = await seedLimitedKey(world, { tpsPerNode: 5 });
    const verdicts = await world.latchkey.verifyBatch(Array.from({ length: 12 }, () => ({ credential })));
    expect(verdicts.map(({ code }) => code)).toEqual(first(5, "VALID", 7, "RATE_LIMITED"));
    expect(verdicts[0]).toMatchObject({ rateLimit: { limit: 5, remaining: 4, resetSeconds: 1 }, quota: null });
    expect(verdicts[4]).toMatchObject({ rateLimit: { limit: 5, remaining: 0, resetSeconds: 1 } });
    expect(verdicts[5]).toEqual({
      valid: false,
      code: "RATE_LIMITED",
      message: expect.stringContaining("5 times in a second"),
      requestId: expect.any(String),
      retryAfterSeconds: 1,
      rateLimit: { limit: 5, remaining: 0, resetSeconds: 1 },
      quota: null,
    });
  });

  it("tells gateways in headers what is left, and refuses with 429", async () => {
    const { secret } = await seedLimitedKey(world, { tpsPerNode: 1 });
    const clock = holdClock(world);
    const allowed = await authorize(secret);
    clock.hold();
    const refused = await authorize(secret);
    expect([allowed.status, refused.status]).toEqual([200, 429]);
    for (const { headers } of [allowed, refused]) {
      expect([headers.get("ratelimit-policy"), headers.get("ratelimit")]).toEqual(['"tps";q=1;w=1', '"tps";r=0;t=1']);
    }
    expect([allowed.headers.get("retry-after"), refused.headers.get("retry-after")]).toEqual([null, "1"]);
    expect(refused.headers.get("x-latchkey-code")).toBe("RATE_LIMITED");
    expect(refused.headers.get("www-authenticate")).toBeNull();
    expect(await refused.json()).toMatchObject({ status: 429, code: "RATE_LIMITED", retryAfterSeconds: 1 });
  });

  it("fills up evenly, to one second's worth at most, and never bursts twice at a second's edge", async () => {
    const { secret: credential } = await seedLimitedKey(world, { tpsPerNode: 2 });
    const burst = () => codesAtOnce(world, 6, { credential });
    // Not the edge next to come: the key is effective from now on.
    const edgeMs = Math.ceil(world.now().getTime() / SECOND_MS) * SECOND_MS + SECOND_MS;
    const clock = holdClock(world, edgeMs - 20);
    expect(await burst()).toEqual(first(2, "VALID", 4, "RATE_LIMITED"));
    clock.pass(40);
    expect(await burst()).toEqual(first(0, "VALID", 6, "RATE_LIMITED"));
    clock.pass(750);
    expect(await burst()).toEqual(first(1, "VALID", 5, "RATE_LIMITED"));
    clock.pass(3_600_000);
    expect(await burst()).toEqual(first(2, "VALID", 4, "RATE_LIMITED"));
  });

  it("gives nothing away when the clock is set back", async () => {
    const { secret: credential } = await seedLimitedKey(world, { tpsPerNode: 1 });
    const clock = holdClock(world, world.now().getTime() + 120_000);
    expect(await codesAtOnce(world, 2, { credential })).toEqual(["VALID", "RATE_LIMITED"]);
    clock.pass(-60_000);
    expect(await codesAtOnce(world, 1, { credential })).toEqual(["RATE_LIMITED"]);
    clock.pass(1_500);
    expect(await codesAtOnce(world, 2, { credential })).toEqual(["VALID", "RATE_LIMITED"]);
    clock.pass(60_000);
  });

  it("is shared by all keys of a client, and by nobody else", async () => {
    const { secret: one, client, group } = await seedLimitedKey(world, { tpsPerNode: 3 });
    const input = { clientId: client.id, name: unique("other"), expiresAt: FAR, groupIds: [group.id] };
    const { secret: two } = await world.latchkey.keys.create(input);
    const { secret: stranger } = await seedLimitedKey(world, { tpsPerNode: 1 });
    holdClock(world);
    const asked = [one, two, one, two, stranger].map((credential) => ({ credential }));
    const verdicts = await world.latchkey.verifyBatch(asked);
    const codes = verdicts.map(({ code }) => code);
    expect(codes.pop()).toBe("VALID");
    // Keys come into memory in any order, and their calls with them.
    expect(codes.sort()).toEqual(first(1, "RATE_LIMITED", 3, "VALID"));
  });

  it("counts a call as one, whatever it costs", async () => {
    const { secret: credential } = await seedLimitedKey(world, { tpsPerNode: 2 });
    const codes = await codesAtOnce(world, 3, { credential, cost: 1_000_000 });
    expect(codes).toEqual(["VALID", "VALID", "RATE_LIMITED"]);
  });

  it("is none for a client with 0, and for users' keys", async () => {
    const { secret: credential } = await seedLimitedKey(world, { tpsPerNode: 0 });
    const { latchkey } = await seedUser(world, "MEMBER");
    const { secret: users } = await latchkey.keys.create({ name: unique("script") });
    for (const unlimited of [credential, users]) {
      expect(await codesAtOnce(world, 100, { credential: unlimited })).toEqual(first(100, "VALID", 0, ""));
      expect(await world.latchkey.verify({ credential: unlimited })).toMatchObject({ rateLimit: null, quota: null });
      expect((await authorize(unlimited)).headers.get("ratelimit")).toBeNull();
    }
  });

  it("follows its change at once", async () => {
    const { secret: credential, client } = await seedLimitedKey(world, { tpsPerNode: 100 });
    const change = (tpsPerNode: number) => world.latchkey.clients.update({ id: client.id, tpsPerNode });
    const clock = holdClock(world);
    expect(await codesAtOnce(world, 1, { credential })).toEqual(["VALID"]);
    for (const [limit, valid] of [
      [2, 2],
      [0, 10],
      [4, 4],
    ] as const) {
      await change(limit);
      clock.pass(60_000);
      expect({ limit, codes: await codesAtOnce(world, 10, { credential }) }).toEqual({
        limit,
        codes: first(valid, "VALID", 10 - valid, "RATE_LIMITED"),
      });
    }
  });

  it("takes nothing from a call that another check refuses", async () => {
    const { secret: credential, call } = await seedLimitedKey(world, { tpsPerNode: 1 });
    const clock = holdClock(world);
    const verdicts = await world.latchkey.verifyBatch([
      { credential, api: { method: "GET", path: "/nowhere" } },
      { credential, groups: ["none"] },
      { credential, scopes: ["none"] },
      { credential: `${credential.slice(0, -1)}-` },
      { credential, api: call },
      { credential, api: call },
    ]);
    expect(verdicts.map(({ code }) => code)).toEqual([
      "API_UNKNOWN",
      "GROUP_DENIED",
      "SCOPE_DENIED",
      "MALFORMED",
      "VALID",
      "RATE_LIMITED",
    ]);
    clock.hold();
    expect(await codesAtOnce(world, 1, { credential, groups: ["none"] })).toEqual(["GROUP_DENIED"]);
  });

  it("takes nothing from a call that a quota refuses", async () => {
    const quota = { limit: 1, period: "TOTAL" } as const;
    const { secret: credential, client } = await seedLimitedKey(world, { tpsPerNode: 2, quota });
    const clock = holdClock(world);
    const codes: string[] = [];
    for (let call = 0; call < 6; call++) {
      clock.hold();
      codes.push((await world.latchkey.verify({ credential })).code);
    }
    expect(codes).toEqual(first(1, "VALID", 5, "QUOTA_EXCEEDED"));
    await world.latchkey.clients.update({ id: client.id, quota: { ...quota, limit: 5 } });
    clock.hold();
    expect(await codesAtOnce(world, 2, { credential })).toEqual(["VALID", "RATE_LIMITED"]);
  });
});
