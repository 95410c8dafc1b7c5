import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedClientWithKey } from "../clients/seed-client.js";
import { startWorld, type World } from "../support/world.js";

const HOUR_MS = 3_600_000;

describe("the dates of a client", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const codeOf = async (credential: string) => (await world.latchkey.verify({ credential })).code;
  const inHours = (hours: number) => new Date(world.now().getTime() + hours * HOUR_MS).toISOString();

  it("let its keys pass from its start on and no longer than its expiry", async () => {
    const { secret } = await seedClientWithKey(world, { startsAt: inHours(1), expiresAt: inHours(3) });
    expect(await codeOf(secret)).toBe("OWNER_NOT_IN_FORCE");
    world.moveClock(2 * HOUR_MS);
    expect(await codeOf(secret)).toBe("VALID");
    world.moveClock(2 * HOUR_MS);
    expect(await codeOf(secret)).toBe("OWNER_NOT_IN_FORCE");
  });

  it("are followed by its keys at the next verification", async () => {
    const { client, secret } = await seedClientWithKey(world);
    const { id } = client;
    expect(await codeOf(secret)).toBe("VALID");
    await world.latchkey.clients.update({ id, expiresAt: inHours(-1) });
    expect(await codeOf(secret)).toBe("OWNER_NOT_IN_FORCE");
    await world.latchkey.clients.update({ id, expiresAt: null });
    expect(await codeOf(secret)).toBe("VALID");
    await world.latchkey.clients.update({ id, startsAt: inHours(1) });
    expect(await codeOf(secret)).toBe("OWNER_NOT_IN_FORCE");
    await world.latchkey.clients.update({ id, startsAt: null });
    expect(await codeOf(secret)).toBe("VALID");
  });

  it("answer a gateway with 403 and say so in words", async () => {
    const { secret } = await seedClientWithKey(world, { expiresAt: inHours(-1) });
    const answer = await world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
    expect([answer.status, answer.headers.get("x-latchkey-code")]).toEqual([403, "OWNER_NOT_IN_FORCE"]);
    expect(await answer.json()).toMatchObject({
      code: "OWNER_NOT_IN_FORCE",
      detail: "The credential's client has not started yet, or its expiry date has passed.",
    });
  });
});
