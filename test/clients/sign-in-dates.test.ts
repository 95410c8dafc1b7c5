import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { PASSWORD, seedClient } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const DAY_MS = 24 * 60 * 60_000;

describe("a client's start and expiry date", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("bound its signing in, with the answer of a wrong password, and its sessions", async () => {
    const inDays = (days: number) => new Date(world.now().getTime() + days * DAY_MS).toISOString();
    const { clientId } = await seedClient(world, {
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
      startsAt: inDays(1),
      expiresAt: inDays(1.4),
    });
    const partner = new Latchkey({ url: world.url });
    const signIn = (password = PASSWORD) => partner.signIn({ name: clientId, password });
    const early = await signIn().catch((error: unknown) => error);
    const wrong = await signIn("a-wrong-pass-phrase").catch((error: unknown) => error);
    expect(early).toMatchObject({ code: "UNAUTHENTICATED", message: (wrong as Error).message });

    world.moveClock(1.1 * DAY_MS);
    await signIn();
    expect((await partner.me()).name).toBe(clientId);
    world.moveClock(0.35 * DAY_MS);
    await expect(partner.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(signIn()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
