import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { FAR, seedClient, seedGroup, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const DAY_MS = 86_400_000;

describe("mails about keys", () => {
  let mailbox: Mailbox;
  let world: World;

  before(async () => {
    mailbox = await openMailbox();
    world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM: "latchkey@example.com" });
  });

  after(async () => {
    await world.stop();
    await mailbox.close();
  });

  it("tell a client's addresses that a key was added, rotated and revoked, and never hold a secret", async () => {
    const group = await seedGroup(world);
    const emails = [`${unique("one")}@example.com`, `${unique("two")}@example.com`];
    const client = await seedClient(world, { groupIds: [group.id], emails });
    const key = { clientId: client.id, name: "production", expiresAt: FAR, groupIds: [group.id], recoverable: true };
    const { apiKey, secret } = await world.latchkey.keys.create(key);
    const rotated = await world.latchkey.keys.rotate({ id: apiKey.id });
    await world.latchkey.keys.revoke({ id: apiKey.id, reason: "Over" });
    const mails = await until("three mails", () => {
      const own = mailbox.mails.filter((mail) => mail.to?.some(({ address }) => address === emails[1]));
      return own.length === 3 && own;
    });
    expect(mails.map(({ subject }) => subject)).toEqual([
      "New API key: production",
      "API key rotated: production",
      "API key revoked: production",
    ]);
    expect(mails[0]?.to?.map(({ address }) => address)).toEqual(emails);
    expect(mails[0]?.text).toContain(`- production (lk_key_${apiKey.lookupId}…), expires `);
    expect(mails[1]?.text).toContain("old secret until ");
    const everything = JSON.stringify(mails);
    for (const each of [secret, rotated.secret]) expect(everything).not.toContain(each.slice(19));
  });

  it("go to a user with an address about own keys, and to nobody where there is none", async () => {
    const member = await seedUser(world, "MEMBER");
    await member.latchkey.keys.create({ name: unique("silent") });
    const email = `${unique("member")}@example.com`;
    await world.latchkey.users.update({ id: member.user.id, email });
    await member.latchkey.keys.create({ name: "told" });
    expect((await mailbox.mailTo(email)).subject).toBe("New API key: told");
  });

  it("are deleted long after they were sent, as ended sessions are", async () => {
    const countOf = async (table: string) =>
      (await world.database.query(`select count(*)::int as count from ${table}`)).rows[0].count as number;
    await until("the mails to be sent", async () => {
      const { rows } = await world.database.query("select 1 from notifications where status = 'QUEUED'");
      return rows.length === 0;
    });
    expect([(await countOf("notifications")) > 0, (await countOf("sessions")) > 0]).toEqual([true, true]);
    world.moveClock(31 * DAY_MS);
    await until("the sessions to go", async () => (await countOf("sessions")) === 0);
    expect(await countOf("notifications")).toBeGreaterThan(0);
    world.moveClock(60 * DAY_MS);
    await until("the mails to go", async () => (await countOf("notifications")) === 0);
  });
});
