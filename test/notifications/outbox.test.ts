import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Notification } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { openMailbox } from "../support/mailbox.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const MAIL_FROM = "latchkey@example.com";
const DAY_MS = 24 * 60 * 60_000;

async function askForReset(world: World): Promise<string> {
  const userName = `user-${randomBytes(4).toString("hex")}`;
  const email = `${userName}@example.com`;
  await world.latchkey.users.create({ userName, password: "an-old-pass-phrase", role: "MEMBER", email });
  await world.latchkey.requestPasswordReset({ name: userName });
  return email;
}

function notificationTo(world: World, address: string, wanted: (mail: Notification) => boolean): Promise<Notification> {
  return until(`the notification to ${address}`, async () => {
    const { nodes } = await world.latchkey.notifications.list({ search: address });
    return nodes.find(wanted);
  });
}

describe("the outbox", () => {
  it("sends again what the mail server would not take for the moment, and then says that it was sent", async () => {
    const mailbox = await openMailbox();
    const world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM });
    try {
      mailbox.refuseWith = 451;
      const address = await askForReset(world);
      const waiting = await notificationTo(world, address, ({ attempts }) => attempts === 1);
      expect(waiting).toMatchObject({ status: "QUEUED", lastError: expect.stringContaining("not now") });
      mailbox.refuseWith = undefined;
      world.moveClock(6_000);
      await mailbox.mailTo(address);
      const sent = await notificationTo(world, address, ({ status }) => status === "SENT");
      expect(sent).toMatchObject({ attempts: 2, lastError: null, sentAt: expect.any(String) });
    } finally {
      await world.stop();
      await mailbox.close();
    }
  });

  it("gives up what the mail server refuses for good, and what could not be sent for a day", async () => {
    const mailbox = await openMailbox();
    const world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM });
    try {
      mailbox.refuseWith = 550;
      const refused = await askForReset(world);
      expect(await notificationTo(world, refused, ({ attempts }) => attempts === 1)).toMatchObject({
        status: "FAILED",
      });
      mailbox.refuseWith = 451;
      const late = await askForReset(world);
      await notificationTo(world, late, ({ attempts }) => attempts === 1);
      world.moveClock(DAY_MS + 1_000);
      await world.latchkey.signIn(world.admin);
      await notificationTo(world, late, ({ status }) => status === "FAILED");
    } finally {
      await world.stop();
      await mailbox.close();
    }
  });

  it("keeps trying while the mail server is down", async () => {
    const mailbox = await openMailbox();
    await mailbox.close();
    const world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM });
    try {
      const address = await askForReset(world);
      const waiting = await notificationTo(world, address, ({ attempts }) => attempts === 1);
      expect(waiting.status).toBe("QUEUED");
    } finally {
      await world.stop();
    }
  });
});

describe("without a mail server", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("mails are kept, and a system administrator reads the link to hand it over", async () => {
    const address = await askForReset(world);
    const kept = await notificationTo(world, address, () => true);
    expect(kept).toMatchObject({ status: "KEPT", body: expect.stringMatching(/reset-password#token=[\w-]{75}/) });
  });

  it("nobody but a system administrator reads the link", async () => {
    const address = await askForReset(world);
    await notificationTo(world, address, () => true);
    for (const role of ["OPERATOR", "AUDITOR"] as const) {
      const userName = `${role}-${randomBytes(4).toString("hex")}`;
      await world.latchkey.users.create({ userName, password: "another-pass-phrase", role });
      const token = await signIn(userName, "another-pass-phrase");
      const { data } = await world.graphql(`{ notifications { edges { node { body } } } }`, {}, token);
      expect(JSON.stringify(data)).toContain("for its addressee only");
      expect(JSON.stringify(data)).not.toContain("#token=");
    }
  });

  it("members and strangers see no mails", async () => {
    const userName = `member-${randomBytes(4).toString("hex")}`;
    await world.latchkey.users.create({ userName, password: "another-pass-phrase", role: "MEMBER" });
    const query = `{ notifications { totalCount } }`;
    const token = await signIn(userName, "another-pass-phrase");
    expect(refusalIn(await world.graphql(query, {}, token)).code).toBe("FORBIDDEN");
    expect(refusalIn(await world.graphql(query, {}, null)).code).toBe("UNAUTHENTICATED");
  });

  it("the list is filtered by status and kind", async () => {
    await notificationTo(world, await askForReset(world), () => true);
    const count = async (filter: object) => (await world.latchkey.notifications.list({ filter })).totalCount;
    expect(await count({ status: "SENT" })).toBe(0);
    expect(await count({ status: "KEPT" })).toBeGreaterThan(0);
    expect(await count({ kind: "passwordReset" })).toBeGreaterThan(0);
    expect(await count({ kind: "another" })).toBe(0);
  });

  async function signIn(name: string, password: string): Promise<string> {
    const document = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;
    return (await world.graphql(document, { input: { name, password } }, null)).data.signIn.token;
  }
});
