import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { Latchkey, SdkError } from "@latchkey/sdk";
import { expect } from "expect";
import { noBrowser, openPage } from "../support/browser.js";
import { refusalIn } from "../support/graphql.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const OLD = "an-old-pass-phrase";
const NEW = "a-new-pass-phrase";
const MINUTE_MS = 60_000;

describe("a password reset by mail", () => {
  let mailbox: Mailbox;
  let world: World;

  before(async () => {
    mailbox = await openMailbox();
    world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM: "Latchkey <latchkey@example.com>" });
  });

  after(async () => {
    await world.stop();
    await mailbox.close();
  });

  async function newUser() {
    const userName = `user-${randomBytes(4).toString("hex")}`;
    const address = `${userName}@example.com`;
    await world.latchkey.users.create({ userName, password: OLD, role: "MEMBER", email: address });
    return { userName, address, latchkey: new Latchkey({ url: world.url }) };
  }

  async function tokenFor(userName: string, address: string): Promise<string> {
    await world.latchkey.requestPasswordReset({ name: userName });
    const mail = await mailbox.mailTo(address);
    const token = /#token=([\w-]+)/.exec(mail.text ?? "")?.[1];
    if (token === undefined) throw new Error("The mail has no link.");
    return token;
  }

  const reset = (token: string, password = NEW, passwordConfirmation = password) =>
    world.graphql(
      `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) }`,
      {
        input: { token, password, passwordConfirmation },
      },
      null,
    );

  it("sends a link that sets a new password once and ends every session", async () => {
    const { userName, address, latchkey } = await newUser();
    await latchkey.signIn({ name: userName, password: OLD });
    const token = await tokenFor(userName, address);

    expect((await reset(token)).data).toEqual({ resetPassword: true });
    await expect(latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(latchkey.signIn({ name: userName, password: OLD })).rejects.toBeInstanceOf(SdkError);
    await latchkey.signIn({ name: userName, password: NEW });
    expect(refusalIn(await reset(token))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "token" }] });
  });

  it("writes a plain mail that tells who, and machines that it wants no answer", async () => {
    const { userName, address } = await newUser();
    await world.latchkey.requestPasswordReset({ name: userName.toUpperCase() });
    const mail = await mailbox.mailTo(address);
    expect(mail).toMatchObject({
      from: { address: "latchkey@example.com", name: "Latchkey" },
      subject: "Choose a new password",
    });
    expect(mail.text).toContain(userName);
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }));
  });

  it("answers alike for an unknown name, and sends nothing", async () => {
    const { userName, address } = await newUser();
    const ask = (name: string) =>
      world.graphql(
        `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) }`,
        { input: { name } },
        null,
      );
    const before = mailbox.mails.length;
    expect(await ask("nobody-of-that-name")).toEqual(await ask(userName));
    await mailbox.mailTo(address);
    expect(mailbox.mails.length).toBe(before + 1);
  });

  it("gives one link in five minutes, however often somebody asks", async () => {
    const { userName } = await newUser();
    const count = async () => {
      const { rows } = await world.database.query(
        "select count(*)::int as n from password_resets r join users u on u.id = r.user_id where u.user_name = $1",
        [userName],
      );
      return rows[0].n as number;
    };
    await Promise.all(Array.from({ length: 5 }, () => world.latchkey.requestPasswordReset({ name: userName })));
    await until("the first link", async () => (await count()) === 1);
    world.moveClock(6 * MINUTE_MS);
    await world.latchkey.requestPasswordReset({ name: userName });
    await until("the second link", async () => (await count()) === 2);
  });

  it("refuses a link after an hour, a forged one, a weak password and a confirmation that differs, keeping the link", async () => {
    const { userName, address } = await newUser();
    const token = await tokenFor(userName, address);
    const forged = token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
    expect(refusalIn(await reset(forged))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "token" }] });
    expect(refusalIn(await reset("nonsense"))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "token" }] });
    expect(refusalIn(await reset(token, "short"))).toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ path: "password" }],
    });
    expect(refusalIn(await reset(token, NEW, `${NEW}!`))).toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ path: "passwordConfirmation" }],
    });
    world.moveClock(61 * MINUTE_MS);
    expect(refusalIn(await reset(token))).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "token" }] });
  });

  it("lets of two resets at once with one link only one through", async () => {
    const { userName, address } = await newUser();
    const token = await tokenFor(userName, address);
    const answers = await Promise.all([reset(token, `${NEW}-1`), reset(token, `${NEW}-2`)]);
    expect(answers.filter(({ errors }) => errors.length === 0).length).toBe(1);
  });

  it("keeps the link out of the database, the log and the sight of others", async () => {
    const { userName, address } = await newUser();
    const token = await tokenFor(userName, address);
    const { nodes } = await world.latchkey.notifications.list({ search: address });
    expect(nodes[0]).toMatchObject({ kind: "passwordReset", recipients: [address] });
    expect(nodes[0]?.body).not.toContain("#token=");
    const { rows } = await world.database.query(
      "select n::text || encode(coalesce(sealed_link, ''), 'escape') as text from notifications n",
    );
    expect(rows.map(({ text }) => text).join()).not.toContain(token);
    const resets = await world.database.query("select r::text as text from password_resets r");
    expect(resets.rows.map(({ text }) => text).join()).not.toContain(token.slice(32));
    expect(world.log.join()).not.toContain(token);
  });

  it("leaves an audit event for the request and for the reset", async () => {
    const { userName, address } = await newUser();
    await reset(await tokenFor(userName, address));
    const { nodes } = await world.latchkey.users.list({ search: userName });
    const events = await world.latchkey.audit.list({ filter: { targetId: nodes[0]?.id } });
    expect(events.nodes.map(({ event }) => event)).toEqual([
      "user.passwordReset",
      "user.passwordResetRequested",
      "user.created",
    ]);
  });

  it("works in a browser, from the mail's link to signing in", { skip: noBrowser }, async () => {
    const { userName, address, latchkey } = await newUser();
    const token = await tokenFor(userName, address);
    const watched = await openPage(world.url);
    const { page, foreignRequests, complaints } = watched;
    try {
      await page.goto(`${world.url}/reset-password#token=${token}`);
      await page.getByLabel("New password").first().fill(NEW);
      await page.getByLabel("New password again").fill(NEW);
      expect(page.url()).not.toContain(token);
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByText("The new password is set").waitFor();
      await latchkey.signIn({ name: userName, password: NEW });
      await page.goto(`${world.url}/reset-password`);
      await page.getByLabel("Name").fill(userName);
      await page.getByRole("button", { name: "Send the link" }).click();
      await page.getByText("a link is on its way").waitFor();
      expect({ foreignRequests, complaints }).toEqual({ foreignRequests: [], complaints: [] });
    } finally {
      await watched.close();
    }
  });
});
