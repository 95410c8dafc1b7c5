import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import {
  addClient,
  addClientWithoutPassword,
  addUser,
  eventsAbout,
  failSignIns,
  isInForce,
  signIn,
  trySignIn,
} from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const RESET = `mutation ($input: OneTimePasswordInput!) { setOneTimePassword(input: $input) { password user { id } client { id } } }`;
const ABSENT = "01890000-0000-7000-8000-000000000000";

describe("resetting somebody's password", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const reset = (input: object, credential?: string | null) => world.graphql(RESET, { input }, credential);
  const as = (credential: string) => new Latchkey({ url: world.url, credential });

  it("makes a random one, shown once, that opens nothing but the way to a new one", async () => {
    const user = await addUser(world, "SYSTEM_ADMIN");
    const before = await signIn(world, user.name);

    const { password, user: answered, client } = await world.latchkey.accounts.setOneTimePassword({ userId: user.id });

    expect({ answered: answered?.id, client }).toEqual({ answered: user.id, client: null });
    expect(await isInForce(world, before)).toBe(false);
    expect(refusalIn(await trySignIn(world, user.name, PASSWORD)).code).toBe("UNAUTHENTICATED");

    const token = await signIn(world, user.name, password as string);
    expect(await as(token).me()).toMatchObject({ id: user.id, passwordChangeRequired: true });
    const operations = [
      "{ users { totalCount } }",
      "{ sessions { totalCount } }",
      "{ apiKeys { totalCount } }",
      'mutation { createUser(input: { userName: "x", password: "y", role: MEMBER }) { id } }',
      `mutation { endSession(input: { id: "${ABSENT}" }) { id } }`,
    ];
    for (const operation of operations) {
      expect({ operation, ...refusalIn(await world.graphql(operation, {}, token)) }).toEqual({
        operation,
        code: "FORBIDDEN",
      });
    }

    const newPassword = "my-own-pass-phrase-7";
    const input = { oldPassword: password as string, newPassword, newPasswordConfirmation: newPassword };
    expect(await as(token).changePassword(input)).toMatchObject({ passwordChangeRequired: false });
    expect((await as(token).users.list()).totalCount).toBeGreaterThan(1);
    expect(await as(await signIn(world, user.name, newPassword)).me()).toMatchObject({ passwordChangeRequired: false });
    expect(await eventsAbout(world, user.id, "user.passwordReset")).toMatchObject([
      { actorName: "admin", after: { changeRequired: true, sessions: 1 } },
    ]);
  });

  it("lets the session sign out before the password is changed", async () => {
    const client = await addClient(world);
    const { password } = await world.latchkey.accounts.setOneTimePassword({ clientId: client.id });
    const token = await signIn(world, client.name, password as string);
    expect(refusalIn(await world.graphql("{ clients { totalCount } }", {}, token)).code).toBe("FORBIDDEN");
    expect(await as(token).signOut()).toBe(true);
    expect(await isInForce(world, token)).toBe(false);
  });

  it("takes the one that the admin gives, and does not repeat it", async () => {
    const client = await addClientWithoutPassword(world);
    const given = "given-by-the-admin-1";
    const answer = await world.latchkey.accounts.setOneTimePassword({ clientId: client.name, password: given });
    expect(answer).toMatchObject({ password: null, user: null, client: { id: client.id } });
    expect(await as(await signIn(world, client.name, given)).me()).toMatchObject({ passwordChangeRequired: true });
  });

  it("lifts a lock by failed sign-ins", async () => {
    const user = await addUser(world);
    await failSignIns(world, user.name, 6);
    const { password } = await world.latchkey.accounts.setOneTimePassword({ userId: user.id });
    expect(await signIn(world, user.name, password as string)).toMatch(/^lk_ss_/);
  });

  it("leaves the user's API keys alone", async () => {
    const user = await addUser(world);
    const { secret } = await as(await signIn(world, user.name)).keys.create({ name: "script" });
    await world.latchkey.accounts.setOneTimePassword({ userId: user.id });
    expect((await as(secret).keys.list()).totalCount).toBe(1);
  });

  it("is refused for one's own account, which has another way", async () => {
    const { id } = await world.latchkey.me();
    expect(refusalIn(await reset({ userId: id }))).toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ path: "userId" }],
    });
  });

  it("refuses a weak password, and one with the account's name", async () => {
    const client = await addClient(world);
    for (const password of ["short", `the-${client.name}-password`]) {
      const refusal = refusalIn(await reset({ clientId: client.id, password }));
      expect(refusal).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "password" }] });
    }
    expect(await signIn(world, client.name)).toMatch(/^lk_ss_/);
  });

  it("refuses neither account, and both", async () => {
    for (const input of [{}, { userId: ABSENT, clientId: "shop" }]) {
      expect(refusalIn(await reset(input))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "userId" }] });
    }
  });

  it("of an absent account is NOT_FOUND", async () => {
    for (const input of [{ userId: ABSENT }, { clientId: ABSENT }, { clientId: "no-such-client" }]) {
      expect(refusalIn(await reset(input)).code).toBe("NOT_FOUND");
    }
  });

  it("is for operators where it is a client's, and not where it is a user's, absent or not", async () => {
    const operator = await signIn(world, (await addUser(world, "OPERATOR")).name);
    const [client, user] = [await addClient(world), await addUser(world)];
    expect((await reset({ clientId: client.id }, operator)).data.setOneTimePassword.client.id).toBe(client.id);
    const foreign = await reset({ userId: user.id }, operator);
    expect(refusalIn(foreign).code).toBe("FORBIDDEN");
    expect(await reset({ userId: ABSENT }, operator)).toEqual(foreign);
    expect(await signIn(world, user.name)).toMatch(/^lk_ss_/);
  });

  it("is for nobody else", async () => {
    const client = await addClient(world);
    const callers = [
      (await addUser(world, "AUDITOR")).name,
      (await addUser(world)).name,
      (await addClient(world)).name,
    ];
    for (const name of callers) {
      expect(refusalIn(await reset({ clientId: client.id }, await signIn(world, name))).code).toBe("FORBIDDEN");
    }
    expect((await reset({ clientId: client.id }, null)).errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  it("leaves no password in the log or the audit", async () => {
    const client = await addClient(world);
    const { password } = await world.latchkey.accounts.setOneTimePassword({ clientId: client.id });
    const kept = await world.database.query("select jsonb_agg(to_jsonb(e))::text as events from audit_events e");
    expect(kept.rows[0].events).not.toContain(password);
    expect(world.log.join()).not.toContain(password);
  });
});
