import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { Outbox } from "../../api/notifications/outbox.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { alertQuotas } from "../../api/usage/alert-quotas.js";
import { refusalIn } from "../support/graphql.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { seedClient, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { holdClock } from "../verification/held-clock.js";
import { seedLimitedKey } from "../verification/limited-key.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

describe("limits", () => {
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

  const call = async (credential: string, cost: number) => (await world.latchkey.verify({ credential, cost })).code;

  it("tell of a client and its keys what is used, what remains, when it is full again and when it ends", async () => {
    const { secret, client, apiKey } = await seedLimitedKey(
      world,
      { quota: { limit: 1_000, period: "DAY" }, tpsPerNode: 50, timeZone: "Asia/Tokyo" },
      { quota: { limit: 5_000, period: "TOTAL" } },
    );
    const unused = await world.latchkey.usage.limits({ clientId: client.clientId });
    const midnight = unused.quota?.resetsAt ?? "";
    expect(unused).toMatchObject({
      id: client.id,
      client: { clientId: client.clientId },
      tpsPerNode: 50,
      quota: { limit: 1_000, period: "DAY", used: 0, remaining: 1_000, exhaustedAt: null },
    });
    // Midnight in Tokyo.
    expect(midnight).toMatch(/T15:00:00/);
    expect(await call(secret, 600)).toBe("VALID");
    const { quota, apiKeys } = await world.latchkey.usage.limits({ clientId: client.id });
    expect(quota).toMatchObject({ used: 600, remaining: 400, resetsAt: midnight });
    expect(apiKeys.nodes).toMatchObject([
      {
        id: apiKey.id,
        apiKey: { name: apiKey.name },
        quota: { limit: 5_000, used: 600, remaining: 4_400, resetsAt: null },
      },
    ]);
    // 600 in the hour that is looked at at least: 4,400 more take seven hours and twenty minutes.
    const leftMs = Date.parse(apiKeys.nodes[0]?.quota.exhaustedAt ?? "") - world.now().getTime();
    expect(Math.abs(leftMs - 7.333 * HOUR_MS)).toBeLessThan(2 * MINUTE_MS);
    expect(await call(secret, 400)).toBe("VALID");
    expect(await call(secret, 1)).toBe("QUOTA_EXCEEDED");
    const over = (await world.latchkey.usage.limits({ clientId: client.id })).quota;
    expect(over).toMatchObject({ used: 1_000, remaining: 0 });
    expect(Date.parse(over?.exhaustedAt ?? "")).toBeLessThanOrEqual(world.now().getTime());
  });

  it("have no end that comes after the quota is full again, and begin anew with the period", async () => {
    const { secret, client } = await seedLimitedKey(world, { quota: { limit: 1_000, period: "DAY" }, timeZone: "UTC" });
    const { client: free } = await seedLimitedKey(world, { tpsPerNode: 0 });
    expect(await world.latchkey.usage.limits({ clientId: free.id })).toMatchObject({
      tpsPerNode: null,
      quota: null,
      apiKeys: { totalCount: 0 },
    });
    await call(secret, 1);
    expect((await world.latchkey.usage.limits({ clientId: client.id })).quota).toMatchObject({
      used: 1,
      exhaustedAt: null,
    });
    const clock = holdClock(world);
    clock.pass(24 * HOUR_MS);
    await world.latchkey.signIn(world.admin);
    expect((await world.latchkey.usage.limits({ clientId: client.id })).quota).toMatchObject({
      used: 0,
      remaining: 1_000,
    });
    clock.pass(-24 * HOUR_MS);
    await world.latchkey.signIn(world.admin);
  });

  it("are for those who may see the client", async () => {
    const mine = await seedSignedInClient(world);
    const foreign = await seedClient(world);
    const member = await seedUser(world, "MEMBER");
    expect((await mine.latchkey.usage.limits({ clientId: mine.client.clientId })).id).toBe(mine.client.id);
    const absent = { code: "NOT_FOUND", message: "No such client." };
    for (const clientId of [foreign.id, foreign.clientId, "absent", "", "01a2157e-7c43-7d94-935a-de8f5581fce9"]) {
      await expect(mine.latchkey.usage.limits({ clientId })).rejects.toMatchObject(absent);
      await expect(member.latchkey.usage.limits({ clientId })).rejects.toMatchObject(absent);
    }
    await expect(world.latchkey.usage.limits({ clientId: "absent" })).rejects.toMatchObject(absent);
    expect(refusalIn(await world.graphql('{ limits(clientId: "x") { id } }', {}, null)).code).toBe("UNAUTHENTICATED");
  });

  describe("that are nearly reached, and reached", () => {
    const mailsTo = (address: string) =>
      mailbox.mails.filter(({ to }) => to?.some((each) => each.address === address)).map(({ subject }) => subject);

    /** What the scheduled jobs of all nodes do, as if they had no rows to claim. */
    async function alertOnAllNodes(): Promise<void> {
      await world.database.query(
        "update scheduled_jobs set next_run_at = now() - interval '1 second' where name = 'alert-quotas'",
      );
      await until("the job to run", async () => {
        const { rows } = await world.database.query(
          "select next_run_at > now() as done from scheduled_jobs where name = 'alert-quotas'",
        );
        return rows[0]?.done === true;
      });
    }

    it("are told to the owner's addresses once each in a period, whichever node finds them", async () => {
      const other = await joinWorld(world, { SMTP_URL: mailbox.url, MAIL_FROM: "latchkey@example.com" });
      try {
        const email = `${unique("quota")}@example.com`;
        const { secret, client, apiKey } = await seedLimitedKey(
          world,
          { quota: { limit: 100, period: "MONTH" }, emails: [email] },
          { quota: { limit: 1_000, period: "TOTAL" } },
        );
        await world.latchkey.usage.limits({ clientId: client.id });
        const told = async (...subjects: string[]) => {
          await alertOnAllNodes();
          await alertOnAllNodes();
          await until(`${subjects.length} mails`, () => mailsTo(email).length >= subjects.length);
          expect(mailsTo(email)).toEqual(subjects);
        };
        const nearly = `80 percent of the quota used: ${client.displayName}`;
        const over = `Quota used up: ${client.displayName}`;
        await call(secret, 79);
        await told();
        await call(secret, 1);
        await told(nearly);
        await call(secret, 20);
        await told(nearly, over);
        // A raised quota is another one.
        await world.latchkey.clients.update({ id: client.id, quota: { limit: 2_000, period: "MONTH" } });
        await call(secret, 900);
        await told(nearly, over, `Quota used up: ${apiKey.name}`);
        const { nodes } = await world.latchkey.notifications.list({ search: email, filter: { kind: "quotaUsedUp" } });
        expect(nodes.at(-1)?.body).toMatch(
          /has used 100 of 100 calls of its quota. Calls are refused with QUOTA_EXCEEDED. It is full again on /,
        );
        expect(nodes[0]?.body).toMatch(
          /^The API key .* has used 1000 of 1000 calls of its quota.*It is never filled again/,
        );
      } finally {
        await other.stop();
      }
    });

    it("are told by one mail, also when several look at once", async () => {
      const email = `${unique("race")}@example.com`;
      const { secret } = await seedLimitedKey(world, { quota: { limit: 10, period: "MONTH" }, emails: [email] });
      await call(secret, 10);
      const outbox = new Outbox(new KeyRing([{ version: 1, material: Buffer.alloc(32) }]), true);
      const dataSources = await Promise.all([1, 2, 3].map(() => createDataSource(world.databaseUrl).initialize()));
      try {
        await Promise.all(dataSources.map((dataSource) => alertQuotas(dataSource, outbox, world.now())));
      } finally {
        await Promise.all(dataSources.map((dataSource) => dataSource.destroy()));
      }
      const { nodes } = await world.latchkey.notifications.list({ search: email, filter: { kind: "quotaUsedUp" } });
      expect(nodes.length).toBe(1);
    });
  });
});
