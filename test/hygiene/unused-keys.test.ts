import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import { FAR, seedClient, seedGroup, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const DAY_MS = 86_400_000;

describe("keys that nobody uses", () => {
  let world: World;
  let groupId: string;

  before(async () => {
    world = await startWorld({ UNUSED_KEY_WARN_DAYS: "30", UNUSED_KEY_DISABLE_DAYS: "40" });
    groupId = (await seedGroup(world)).id;
  });

  after(() => world.stop());

  async function moveDays(days: number): Promise<void> {
    const sinceMs = world.now().getTime() + days * DAY_MS;
    world.moveClock(days * DAY_MS);
    // A session lasts 12 hours.
    await world.latchkey.signIn(world.admin);
    await until("the job", async () => {
      const job = (await world.latchkey.system.jobs()).find(({ name }) => name === "unused-keys");
      expect(job?.lastError ?? null).toBeNull();
      return Date.parse(job?.lastRunAt ?? "") >= sinceMs;
    });
  }

  async function seed() {
    const email = `${unique("owner")}@example.com`;
    const client = await seedClient(world, { groupIds: [groupId], emails: [email] });
    const key = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [groupId] };
    const created = await world.latchkey.keys.create(key);
    const kinds = async () => {
      const { nodes } = await world.latchkey.notifications.list({ search: email, first: 100 });
      return nodes.map(({ kind }) => kind).reverse();
    };
    const statusOf = async () => (await world.latchkey.keys.get(created.apiKey.id)).status;
    return { ...created, kinds, statusOf };
  }

  it("are warned about once, then switched off, with an audit event and a mail", async () => {
    const { apiKey, secret, kinds, statusOf } = await seed();
    await moveDays(29);
    expect(await kinds()).toEqual(["keyCreated"]);
    await moveDays(2);
    await moveDays(1);
    expect(await kinds()).toEqual(["keyCreated", "keyUnused"]);
    const unusedSince = new Date(world.now().getTime() - 30 * DAY_MS).toISOString();
    const listed = await world.latchkey.keys.list({ filter: { unusedSince }, search: apiKey.name });
    expect(listed.nodes.map(({ id }) => id)).toEqual([apiKey.id]);
    await moveDays(9);
    expect(await statusOf()).toBe("DISABLED");
    expect(await kinds()).toEqual(["keyCreated", "keyUnused", "keyDisabled"]);
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("DISABLED");
    expect(await eventsAbout(world, apiKey.id, "apiKey.disabled")).toMatchObject([
      { actorKind: "SYSTEM", actorName: "latchkey", reason: "Unused for 40 days" },
    ]);

    // Switched on by somebody, it lives for as long again.
    await world.latchkey.keys.enable(apiKey.id);
    await moveDays(29);
    expect([await statusOf(), (await kinds()).length]).toEqual(["ACTIVE", 3]);
    await moveDays(2);
    expect((await kinds()).at(-1)).toBe("keyUnused");
  });

  it("have a week after the warning, however late it came, and a use ends the silence", async () => {
    const { kinds, statusOf } = await seed();
    const used = await seed();
    await moveDays(60);
    expect([await statusOf(), await kinds()]).toEqual(["ACTIVE", ["keyCreated", "keyUnused"]]);
    await world.latchkey.verify({ credential: used.secret });
    await until("the use to be written", async () => {
      const { lastAccessedAt } = await world.latchkey.keys.get(used.apiKey.id);
      return Date.parse(lastAccessedAt) > world.now().getTime() - DAY_MS;
    });
    await moveDays(6);
    expect(await statusOf()).toBe("ACTIVE");
    await moveDays(2);
    expect([await statusOf(), await used.statusOf()]).toEqual(["DISABLED", "ACTIVE"]);
  });
});
