import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, addClientWithoutPassword, addUser, failSignIns, signIn, trySignIn } from "../support/accounts.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("a refused sign-in", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("reads the same for an unknown name, a wrong password, and a locked, disabled or passwordless account", async () => {
    const user = await addUser(world);
    const locked = await addUser(world);
    await failSignIns(world, locked.name, 6);
    const lockedClient = await addClient(world);
    await failSignIns(world, lockedClient.name, 3);
    const disabled = await addClient(world);
    await world.latchkey.clients.setStatus({ clientId: disabled.id, status: "DISABLED" });
    const passwordless = await addClientWithoutPassword(world);

    const wrong = await trySignIn(world, user.name, "a-wrong-pass-phrase");

    expect(wrong).toMatchObject({ status: 200, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    for (const { name } of [{ name: "nobody-has-it" }, locked, lockedClient, disabled, passwordless]) {
      expect({ name, answer: await trySignIn(world, name, PASSWORD) }).toEqual({ name, answer: wrong });
    }
  });

  it("is an event that tells the cause to auditors, and never what was typed as a name nobody has", async () => {
    const user = await addUser(world);
    const typo = "my-password-in-the-wrong-field";

    await failSignIns(world, user.name, 1);
    await failSignIns(world, typo, 1);

    const { nodes } = await world.latchkey.audit.list({ filter: { event: "signIn.failed" }, first: 100 });
    expect(nodes).toContainEqual(
      expect.objectContaining({
        actorKind: "SYSTEM",
        targetKind: "User",
        targetId: user.id,
        after: expect.objectContaining({ cause: "WRONG_PASSWORD", failedSignIns: 1 }),
      }),
    );
    expect(nodes).toContainEqual(expect.objectContaining({ targetKind: "Unknown", after: { cause: "UNKNOWN_NAME" } }));
    const kept = await world.database.query("select jsonb_agg(to_jsonb(e))::text as events from audit_events e");
    expect(kept.rows[0].events).not.toContain(typo);
    expect(world.log.join()).not.toContain(typo);
  });

  it("is not counted for an account that could not sign in anyway", async () => {
    const passwordless = await addClientWithoutPassword(world);
    const disabled = await addClient(world);
    await world.latchkey.clients.setStatus({ clientId: disabled.id, status: "DISABLED" });

    for (const { id, name } of [passwordless, disabled]) {
      await failSignIns(world, name, 4);
      const { signInPolicy } = await world.latchkey.clients.get({ id });
      expect(signInPolicy).toMatchObject({ failedSignIns: 0, locked: false });
    }
  });

  it("does not stand in the way of the right password, in upper or lower case of a user's name", async () => {
    const user = await addUser(world);
    await failSignIns(world, user.name, 5);
    expect(await signIn(world, user.name.toUpperCase())).toMatch(/^lk_ss_/);
  });
});
