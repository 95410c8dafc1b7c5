import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, isInForce, signIn, trySignIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { id } }`;
const NEW = "another-pass-phrase-42";

describe("changing one's password", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  interface Given {
    readonly oldPassword?: string;
    readonly newPassword?: string;
    readonly newPasswordConfirmation?: string;
  }

  function change(credential: string | null, given: Given = {}) {
    const { oldPassword = PASSWORD, newPassword = NEW, newPasswordConfirmation = newPassword } = given;
    return world.graphql(CHANGE, { input: { oldPassword, newPassword, newPasswordConfirmation } }, credential);
  }

  for (const [whose, add, kind] of [
    ["a user", addUser, "user"],
    ["a client", addClient, "client"],
  ] as const) {
    it(`gives ${whose} the new password, ends the other sessions and keeps this one`, async () => {
      const account = await add(world);
      const [mine, other] = [await signIn(world, account.name), await signIn(world, account.name)];

      expect((await change(mine)).data.changePassword.id).toBe(account.id);

      expect(await isInForce(world, mine)).toBe(true);
      expect(await isInForce(world, other)).toBe(false);
      expect(refusalIn(await trySignIn(world, account.name, PASSWORD)).code).toBe("UNAUTHENTICATED");
      expect(await signIn(world, account.name, NEW)).toMatch(/^lk_ss_/);
      expect(await eventsAbout(world, account.id, `${kind}.passwordChanged`)).toMatchObject([
        { actorId: account.id, after: { changeRequired: false, sessions: 1 } },
      ]);
    });
  }

  it("counts a wrong old password as a failed sign-in, up to the lock", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    const answers = [];
    for (let time = 0; time < 6; time++) answers.push(await change(token, { oldPassword: "a-wrong-pass-phrase" }));
    expect(refusalIn(answers[0]!)).toEqual({
      code: "INVALID_INPUT",
      fields: [{ path: "oldPassword", message: "is wrong" }],
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await world.latchkey.users.get(user.id)).signInPolicy).toMatchObject({ failedSignIns: 6, locked: true });

    expect(await change(token)).toEqual(answers[0]);
    expect(refusalIn(await trySignIn(world, user.name, PASSWORD)).code).toBe("UNAUTHENTICATED");
  });

  for (const [what, given, field] of [
    ["a confirmation that differs", { newPasswordConfirmation: "another-pass-phrase-43" }, "newPasswordConfirmation"],
    ["the old password as the new one", { newPassword: PASSWORD }, "newPassword"],
    ["a short one", { newPassword: "short" }, "newPassword"],
    ["one of too few characters", { newPassword: "aaaaaaaaaaaa" }, "newPassword"],
    ["one of 129 characters", { newPassword: `x1y2${"z".repeat(125)}` }, "newPassword"],
    ["one with a control character", { newPassword: "bell\u0007-pass-phrase" }, "newPassword"],
  ] as const) {
    it(`refuses ${what}, without counting it`, async () => {
      const user = await addUser(world);
      const token = await signIn(world, user.name);
      const refusal = refusalIn(await change(token, given));
      expect(refusal).toMatchObject({ code: "INVALID_INPUT" });
      expect(refusal.fields?.map(({ path }) => path)).toContain(field);
      expect((await world.latchkey.users.get(user.id)).signInPolicy.failedSignIns).toBe(0);
    });
  }

  it("refuses a password with the account's name in it", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    expect(refusalIn(await change(token, { newPassword: `my-${user.name}-is-long` }))).toMatchObject({
      fields: [{ path: "newPassword", message: "must not contain the account's name" }],
    });
  });

  it("is not done with an API key, nor without signing in", async () => {
    const user = await addUser(world);
    const member = new Latchkey({ url: world.url, credential: await signIn(world, user.name) });
    const { secret } = await member.keys.create({ name: "script" });
    expect(refusalIn(await change(secret)).code).toBe("FORBIDDEN");
    expect((await change(null)).errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(await signIn(world, user.name)).toMatch(/^lk_ss_/);
  });

  it("leaves no password in the log or the audit", async () => {
    const kept = await world.database.query("select jsonb_agg(to_jsonb(e))::text as events from audit_events e");
    for (const secret of [PASSWORD, NEW, "$argon2"]) {
      expect(kept.rows[0].events).not.toContain(secret);
      expect(world.log.join()).not.toContain(secret);
    }
  });
});
