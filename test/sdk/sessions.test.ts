import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { seedKey, unique } from "./seed.js";

const PASSWORD = "a long pass phrase";

describe("signing in with the SDK", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function newUser(): Promise<string> {
    const userName = unique("user");
    await world.latchkey.users.create({ userName, password: PASSWORD, role: "AUDITOR" });
    return userName;
  }

  it("carries the session in the calls that follow", async () => {
    const latchkey = new Latchkey({ url: world.url });
    await expect(latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const name = await newUser();
    const { actor, token, expiresAt } = await latchkey.signIn({ name, password: PASSWORD });
    expect(await latchkey.me()).toEqual(actor);
    expect(actor).toMatchObject({ kind: "USER", name, role: "AUDITOR" });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect((await new Latchkey({ url: world.url, credential: token }).me()).name).toBe(name);
  });

  it("takes the place of the credential that was there before, even of one that is over", async () => {
    const latchkey = new Latchkey({ url: world.url, credential: "of-another-time" });
    await expect(latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
    const [first, second] = [await newUser(), await newUser()];
    await latchkey.signIn({ name: first, password: PASSWORD });
    await latchkey.signIn({ name: second, password: PASSWORD });
    expect((await latchkey.me()).name).toBe(second);
  });

  it("refuses a wrong password and leaves everything as it was", async () => {
    const latchkey = new Latchkey({ url: world.url });
    const name = await newUser();
    await latchkey.signIn({ name, password: PASSWORD });
    await expect(latchkey.signIn({ name: "admin", password: "a wrong password" })).rejects.toMatchObject({
      name: "SdkError",
      code: "UNAUTHENTICATED",
    });
    expect((await latchkey.me()).name).toBe(name);
  });

  it("is over after signing out, for the SDK and for the token", async () => {
    const latchkey = new Latchkey({ url: world.url });
    const { token } = await latchkey.signIn({ name: await newUser(), password: PASSWORD });
    expect(await latchkey.signOut()).toBe(true);
    await expect(latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 200 });
    const again = new Latchkey({ url: world.url, credential: token });
    await expect(again.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it("is not needed with a user's API key, which signing out leaves in place", async () => {
    const { secret } = await world.latchkey.keys.create({ name: unique("script"), scopes: ["clients:read"] });
    const latchkey = new Latchkey({ url: world.url, credential: `${secret}\n` });
    expect(await latchkey.me()).toMatchObject({ name: world.admin.name, permissions: ["clients:read"] });
    expect(await latchkey.signOut()).toBe(false);
    expect((await latchkey.clients.list()).totalCount).toBeGreaterThanOrEqual(0);
    await expect(latchkey.users.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is not needed to surrender a secret, nor in the way when it is over", async () => {
    const { apiKey, secret } = await seedKey(world.latchkey);
    const stranger = new Latchkey({ url: world.url, credential: "of-another-time" });
    const surrendered = await stranger.keys.surrender({ secret, reason: "Found in a log" });
    expect(surrendered).toMatchObject({ id: apiKey.id, status: "REVOKED", revocationReason: "Found in a log" });
    await expect(stranger.keys.surrender({ secret: `${secret}x` })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves no credential to see for whoever logs the SDK", async () => {
    const latchkey = new Latchkey({ url: world.url });
    const { token } = await latchkey.signIn({ name: await newUser(), password: PASSWORD });
    expect(inspect(latchkey, { depth: null, showHidden: true })).not.toContain(token);
    expect(JSON.stringify(latchkey)).not.toContain(token);
  });
});
