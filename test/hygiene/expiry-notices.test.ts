import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedClient, seedGroup, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const DAY_MS = 86_400_000;
const RING = `1:${Buffer.alloc(32, 1).toString("base64")}`;

describe("notices before a key expires", () => {
  let world: World;
  /** Another node on the same database. */
  let other: World;
  let groupId: string;

  before(async () => {
    let databaseUrl = "";
    world = await startWorld({ LATCHKEY_KEY_RING: RING }, (url) => {
      databaseUrl = url;
      return url;
    });
    other = await startWorld({ LATCHKEY_KEY_RING: RING }, () => databaseUrl);
    groupId = (await seedGroup(world)).id;
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  async function moveDays(days: number): Promise<void> {
    const sinceMs = world.now().getTime() + days * DAY_MS;
    for (const node of [world, other]) node.moveClock(days * DAY_MS);
    // A session lasts 12 hours.
    await world.latchkey.signIn(world.admin);
    await until("the notices' job", async () => {
      const jobs = await world.latchkey.system.jobs();
      const job = jobs.find(({ name }) => name === "expiry-notices");
      expect(job?.lastError ?? null).toBeNull();
      return Date.parse(job?.lastRunAt ?? "") >= sinceMs;
    });
  }

  async function owner(emails = [`${unique("owner")}@example.com`]) {
    const client = await seedClient(world, { groupIds: [groupId], emails, timeZone: "Europe/Berlin" });
    const addKey = async (days: number, name = unique("key")) => {
      const expiresAt = new Date(world.now().getTime() + days * DAY_MS).toISOString();
      return world.latchkey.keys.create({ clientId: client.id, name, expiresAt, groupIds: [groupId] });
    };
    const notices = async () => {
      const { nodes } = await world.latchkey.notifications.list({ search: emails[0] ?? "", first: 100 });
      return nodes.filter(({ kind }) => kind === "keyExpires").reverse();
    };
    return { client, addKey, notices };
  }

  it("come 30, 14, 7 and 1 days before, once each on however many nodes, without the secret", async () => {
    const { addKey, notices } = await owner();
    const { apiKey, secret } = await addKey(60, "yearly");
    const counts = [];
    for (const days of [29, 2, 15, 1, 7, 5, 1, 0.5]) {
      await moveDays(days);
      counts.push((await notices()).length);
    }
    // On the days 29, 31, 46, 47, 54, 59, 60 and after.
    expect(counts).toEqual([0, 1, 2, 2, 3, 4, 4, 4]);
    const [first] = await notices();
    expect(first?.subject).toBe("API key expires soon: yearly");
    expect(first?.body).toContain(`yearly (lk_key_${apiKey.lookupId}…), expires `);
    expect(first?.body).toMatch(/CES?T/);
    for (const { body, subject } of await notices()) expect(body + subject).not.toContain(secret.slice(19));
  });

  it("tell of several keys in one mail, of the nearest day only, and not of a date just chosen", async () => {
    const { addKey, notices } = await owner();
    await addKey(20, "twenty");
    await addKey(21, "twenty-one");
    await addKey(5, "five");
    await moveDays(0.1);
    expect(await notices()).toEqual([]);
    // Both pass the 14th and the 7th day before their expiry at once.
    await moveDays(14.5);
    const told = await notices();
    expect(
      told.map(({ body }) => ["twenty", "twenty-one", "five"].filter((name) => body.includes(`- ${name} (`))),
    ).toEqual([["twenty", "twenty-one"]]);
  });

  it("come again for a changed date, and not at all for keys that are over", async () => {
    const { addKey, notices } = await owner();
    const moved = await addKey(40);
    const revoked = await addKey(40);
    const disabled = await addKey(40);
    await world.latchkey.keys.revoke({ id: revoked.apiKey.id });
    await world.latchkey.keys.disable(disabled.apiKey.id);
    await moveDays(11);
    expect((await notices()).length).toBe(1);
    const expiresAt = new Date(world.now().getTime() + 40 * DAY_MS).toISOString();
    await world.latchkey.keys.update({ id: moved.apiKey.id, expiresAt });
    await moveDays(1);
    expect((await notices()).length).toBe(1);
    await moveDays(10);
    expect((await notices()).length).toBe(2);
  });
});
