import { after, before, beforeEach, describe, it } from "node:test";
import { expect } from "expect";
import type { DataSource, EntityManager } from "typeorm";
import type { Anomaly } from "../../api/anomalies/anomaly.entity.js";
import { findBrokenSilence } from "../../api/anomalies/find-broken-silence.js";
import { findBursts } from "../../api/anomalies/find-bursts.js";
import { findNewAddresses } from "../../api/anomalies/find-new-addresses.js";
import { findRefusals } from "../../api/anomalies/find-refusals.js";
import { forgetHabits } from "../../api/anomalies/forget-habits.js";
import { loadConfig } from "../../api/config/config.js";
import { createDataSource } from "../../api/database/data-source.js";
import { Outbox } from "../../api/notifications/outbox.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { seedKey, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { DAY_MS, DEFAULT_RULES, DyingMails, MINUTE_MS, type Subject, Timeline } from "./timeline.js";

const NONE = "00000000-0000-0000-0000-000000000000";

describe("anomalies", () => {
  let world: World;
  let database: DataSource;
  let timeline: Timeline;

  before(async () => {
    world = await startWorld();
    database = await createDataSource(world.databaseUrl).initialize();
    timeline = new Timeline(database, world.now());
  });

  after(async () => {
    await database.destroy();
    await world.stop();
  });

  beforeEach(() => timeline.begin());

  async function seedSubject(changes = {}): Promise<Required<Subject>> {
    const { apiKey, client } = await seedKey(world, changes);
    return { apiKeyId: apiKey.id, clientId: client.id };
  }

  const facts = ({ kind, subjectId, seen, expected, calls, addresses }: Anomaly) => ({
    kind,
    subjectId,
    seen,
    expected,
    calls,
    addresses,
  });

  describe("of addresses", () => {
    const kind = "FIRST_SEEN_ADDRESS";

    it("are networks that a key never called from before, each once, after a time of learning", async () => {
      const key = await seedSubject();
      const found: unknown[] = [];
      const callFrom = async (days: number, minute: number, ...addresses: string[]) => {
        for (const address of addresses) await timeline.call(key, [days, minute], address);
        found.push(...(await timeline.look(days, minute + 1)).map(facts));
      };
      await callFrom(0, 0, "192.0.2.1");
      await callFrom(6, 0, "198.51.100.1", "2001:db8:7::1");
      expect(found).toEqual([]);
      // In networks that are known, also as IPv6 writes them.
      await callFrom(8, 0, "192.0.2.200", "::ffff:198.51.100.77", "2001:db8:7:ffff::2");
      expect(found).toEqual([]);
      await callFrom(8, 5, "203.0.113.9", "203.0.113.10", "2001:db8:8::1");
      const news = { kind, subjectId: key.apiKeyId, seen: 2, expected: 3, calls: null };
      expect(found).toEqual([{ ...news, addresses: ["203.0.113.10", "2001:db8:8::1"] }]);
      await callFrom(8, 6, "203.0.113.11");
      await callFrom(9, 0, "203.0.113.9");
      expect(found.length).toBe(1);
      await callFrom(9, 1, "192.0.3.1");
      expect(found[1]).toEqual({ ...news, seen: 1, expected: 5, addresses: ["192.0.3.1"] });
    });

    it("are found for a client's tokens apart from its keys, and where a call was written late", async () => {
      const key = await seedSubject();
      const tokens = { clientId: key.clientId };
      for (const subject of [key, tokens]) await timeline.call(subject, [0, 0], "192.0.2.1");
      await timeline.call(key, [0, 0], "198.51.100.1");
      await timeline.look(0, 1);
      await timeline.call(tokens, [8, 0], "198.51.100.1");
      expect((await timeline.look(8, 1)).map(facts)).toMatchObject([{ kind, subjectId: key.clientId, seen: 1 }]);
      await timeline.call(key, [8, 0], "203.0.113.1");
      expect((await timeline.look(8, 2)).map(facts)).toMatchObject([{ kind, subjectId: key.apiKeyId, seen: 1 }]);
      expect(await timeline.look(8, 3)).toEqual([]);
    });

    it("are none of what calls from everywhere, and none that cannot be read", async () => {
      const key = await seedSubject();
      await timeline.call(key, [0, 0], "192.0.2.1");
      await timeline.look(0, 1);
      await database.query(
        `insert into subject_networks select $1, ('10.' || n / 256 || '.' || n % 256 || '.0/24')::cidr, $2
         from generate_series(1, 998) n`,
        [key.apiKeyId, timeline.at(0)],
      );
      await timeline.call(key, [8, 0], "fe80::1%eth0");
      await timeline.call(key, [8, 0], "unknown");
      await timeline.call(key, [8, 0], "203.0.113.1");
      expect((await timeline.look(8, 1)).map(facts)).toMatchObject([{ seen: 1, expected: 999 }]);
      await timeline.call(key, [8, 2], "198.51.100.1");
      expect(await timeline.look(8, 3)).toEqual([]);
    });
  });

  describe("of bursts", () => {
    const kind = "BURST";

    it("are many more calls than in any as many minutes of the week before, told once", async () => {
      const key = await seedSubject();
      await timeline.count(key, [0, 0], 60);
      // 40 in five minutes in a row, which no whole five minutes hold.
      await timeline.count(key, [7, 3], 20);
      await timeline.count(key, [7, 6], 20);
      for (const [days, minutes] of [
        [0, 1],
        [0, 6],
        [7, 8],
        [7, 13],
      ] as const) {
        expect(await timeline.look(days, minutes)).toEqual([]);
      }
      await timeline.count(key, [8, 31], 199);
      expect(await timeline.look(8, 32)).toEqual([]);
      await timeline.count(key, [8, 32], 1);
      expect((await timeline.look(8, 33)).map(facts)).toEqual([
        { kind, subjectId: key.apiKeyId, seen: 200, expected: 40, calls: 200, addresses: [] },
      ]);
      await timeline.count(key, [8, 33], 500);
      expect(await timeline.look(8, 34)).toEqual([]);
      // Once it is over it is part of the history: six hours later only more than that is unusual.
      expect(await timeline.look(8, 41)).toEqual([]);
      await timeline.count(key, [8, 400], 600);
      expect(await timeline.look(8, 402)).toEqual([]);
    });

    it("are found also when they grow from minute to minute", async () => {
      const key = await seedSubject();
      for (const days of [0, 1, 2, 3, 4, 5, 6, 7]) {
        await timeline.count(key, [days, 0], 50);
        await timeline.look(days, 1);
        await timeline.look(days, 6);
      }
      const found: unknown[] = [];
      for (const minute of [30, 31, 32, 33, 34]) {
        await timeline.count(key, [7, minute], (minute - 29) * 20);
        found.push(...(await timeline.look(7, minute + 1)).map(facts));
      }
      expect(found).toEqual([{ kind, subjectId: key.apiKeyId, seen: 300, expected: 50, calls: 300, addresses: [] }]);
    });

    it("are none of what is new, or rarely called", async () => {
      const key = await seedSubject();
      await timeline.count(key, [0, 0], 10_000);
      expect(await timeline.look(0, 1)).toEqual([]);
      const rare = await seedSubject();
      await timeline.count(rare, [0, 2], 1);
      await timeline.look(0, 3);
      await timeline.count(rare, [8, 0], 99);
      expect(await timeline.look(8, 1)).toEqual([]);
    });
  });

  it("of refusals are many refused calls that are a large share of all, told once in a while", async () => {
    const key = await seedSubject();
    await timeline.count(key, [0, 1], 19, "API_UNKNOWN");
    await timeline.count(key, [0, 1], 30, "UNDECIDED");
    expect(await timeline.look(0, 2)).toEqual([]);
    await timeline.count(key, [0, 2], 1, "EXPIRED");
    await timeline.count(key, [0, 2], 21);
    expect(await timeline.look(0, 3)).toEqual([]);
    await timeline.count(key, [0, 3], 1, "RATE_LIMITED");
    const news = { kind: "REFUSALS", subjectId: key.apiKeyId, addresses: [] };
    expect((await timeline.look(0, 4)).map(facts)).toEqual([{ ...news, seen: 21, expected: 21, calls: 42 }]);
    for (const minute of [10, 200, 350]) {
      await timeline.count(key, [0, minute], 50, "EXPIRED");
      expect(await timeline.look(0, minute + 1)).toEqual([]);
    }
    await timeline.count(key, [0, 370], 50, "EXPIRED");
    expect((await timeline.look(0, 371)).map(facts)).toEqual([{ ...news, seen: 50, expected: 25, calls: 50 }]);
  });

  describe("of silence", () => {
    const rules = { ...DEFAULT_RULES, burst: undefined };

    it("are keys that are used again, told once, however coarsely their last call is still counted", async () => {
      const [minutely, hourly, daily, busy] = await Promise.all([1, 2, 3, 4].map(() => seedSubject()));
      const step = async (table: string, key: Subject | undefined, at: Date) =>
        database.query(`insert into ${table} values ($1, $2, $3, '${NONE}', '${NONE}', '${NONE}', 'EXPIRED', 1)`, [
          at,
          key?.clientId,
          key?.apiKeyId,
        ]);
      await timeline.count(minutely as Subject, [0, 7], 1);
      await step("usage_hours", hourly, timeline.at(0));
      await step("usage_days", daily, timeline.at(0));
      await timeline.count(busy as Subject, [0, 8], 1);
      await timeline.look(0, 10);
      for (const key of [minutely, busy]) await timeline.count(key as Subject, [30, 6], 1);
      expect(await timeline.look(30, 7, { rules })).toEqual([]);
      await database.query("delete from usage_minutes where minute = $1 and api_key_id = $2", [
        timeline.at(30, 6),
        minutely?.apiKeyId,
      ]);
      for (const key of [minutely, hourly, daily, busy]) await timeline.count(key as Subject, [30, 7], 1, "EXPIRED");
      const found = await timeline.look(30, 8, { rules });
      const news = { kind: "USE_AFTER_SILENCE", seen: 30, expected: 30, calls: null, addresses: [] };
      const ids = [minutely, hourly, daily].map((key) => key?.apiKeyId);
      expect(new Set(found.map(facts))).toEqual(new Set(ids.map((subjectId) => ({ ...news, subjectId }))));
      expect(found.find(({ subjectId }) => subjectId === ids[0])?.lastUsedAt).toEqual(timeline.at(0, 7));
      for (const minute of [9, 10, 11]) expect(await timeline.look(30, minute, { rules })).toEqual([]);
    });

    it("are keys that were never used since they came into effect", async () => {
      const key = await seedSubject();
      const days = Math.floor((timeline.at(0).getTime() - world.now().getTime()) / DAY_MS);
      await timeline.count(key, [0, 0], 1);
      const [found] = await timeline.look(0, 1, { rules });
      expect(found).toMatchObject({ kind: "USE_AFTER_SILENCE", lastUsedAt: null, expected: 30 });
      expect(Math.abs((found?.seen ?? 0) - days)).toBeLessThanOrEqual(1);
    });
  });

  it("are found once by however many nodes, and by the next when one dies", async () => {
    const email = `${unique("race")}@example.com`;
    const { apiKeyId, clientId } = await seedSubject();
    await world.latchkey.clients.update({ id: clientId, emails: [email] });
    await timeline.count({ apiKeyId, clientId }, [0, 0], 50, "EXPIRED");
    const dying = new DyingMails(new Outbox(new KeyRing([{ version: 1, material: Buffer.alloc(32) }]), true), "lk");
    await expect(timeline.look(0, 1, { mails: dying })).rejects.toThrow("the node dies");
    const nodes = await Promise.all([1, 2, 3].map(() => createDataSource(world.databaseUrl).initialize()));
    try {
      const found = await Promise.all(nodes.map((node) => timeline.look(0, 1, { database: node })));
      expect(found.flat().filter(({ kind }) => kind === "REFUSALS").length).toBe(1);
    } finally {
      await Promise.all(nodes.map((node) => node.destroy()));
    }
    const { nodes: mails } = await world.latchkey.notifications.list({ search: email });
    expect(mails.length).toBe(1);
  });

  it("of a run are one mail to each owner, which holds no secret", async () => {
    const email = `${unique("owner")}@example.com`;
    const { apiKey, client, group, secret } = await seedKey(world);
    await world.latchkey.clients.update({ id: client.id, emails: [email] });
    const second = await world.latchkey.keys.create({
      clientId: client.id,
      name: unique("second"),
      expiresAt: "2099-12-31",
      groupIds: [group.id],
    });
    const member = await seedUser(world, "MEMBER");
    const address = `${unique("member")}@example.com`;
    await world.latchkey.users.update({ id: member.user.id, email: address });
    const own = await member.latchkey.keys.create({ name: "script" });
    for (const apiKeyId of [apiKey.id, second.apiKey.id]) {
      await timeline.count({ apiKeyId, clientId: client.id }, [0, 0], 40, "GROUP_DENIED");
      await timeline.call({ apiKeyId, clientId: client.id }, [0, 0], "192.0.2.1");
    }
    await timeline.count({ apiKeyId: own.apiKey.id }, [0, 0], 20, "EXPIRED");
    expect((await timeline.look(0, 1, { rules: DEFAULT_RULES })).length).toBe(6);
    const mailTo = async (search: string) => (await world.latchkey.notifications.list({ search })).nodes;
    const [mail, ...others] = (await mailTo(email)).filter(({ kind }) => kind === "unusualUse");
    expect(others).toEqual([]);
    expect(mail?.subject).toContain(second.apiKey.name);
    expect(mail?.body).toContain(
      `${apiKey.name} (lk_key_${apiKey.lookupId}…): 40 of 41 calls in 10 minutes were refused`,
    );
    expect(mail?.body).toMatch(/used again after \d+ days/);
    for (const hidden of [secret, second.secret]) expect(JSON.stringify(mail)).not.toContain(hidden.slice(19));
    expect((await mailTo(address)).filter(({ kind }) => kind === "unusualUse").length).toBe(1);
  });

  it("are not looked for where they are switched off", async () => {
    const off = {
      ...DEFAULT_RULES,
      addresses: false,
      burst: undefined,
      refusals: undefined,
      silenceDays: undefined,
    };
    const key = await seedSubject();
    await timeline.call(key, [0, 0], "192.0.2.1");
    await timeline.look(0, 1, { rules: off });
    await timeline.call(key, [40, 0], "203.0.113.1");
    await timeline.count(key, [40, 0], 10_000, "EXPIRED");
    expect(await timeline.look(40, 1, { rules: off })).toEqual([]);
    expect(await database.query("select 1 from subject_networks where subject_id = $1", [key.apiKeyId])).toEqual([]);
  });

  it("are looked for by rules that variables set, and a bad one is named", () => {
    expect(DEFAULT_RULES).toEqual({
      learningDays: 7,
      quietMinutes: 360,
      addresses: true,
      burst: { factor: 5, calls: 100, minutes: 5 },
      refusals: { percent: 50, calls: 20, minutes: 10 },
      silenceDays: 30,
    });
    const zeros = ["BURST_FACTOR", "REFUSALS_PERCENT", "SILENCE_DAYS"].map((name) => [`ANOMALY_${name}`, "0"]);
    const off = loadConfig({ ...Object.fromEntries(zeros), ANOMALY_ADDRESSES: "false" }).anomalies;
    expect(off).toMatchObject({ addresses: false, burst: undefined, refusals: undefined, silenceDays: undefined });
    for (const [name, value] of [
      ["ANOMALY_LEARNING_DAYS", "91"],
      ["ANOMALY_QUIET_MINUTES", "59"],
      ["ANOMALY_ADDRESSES", "yes"],
      ["ANOMALY_BURST_FACTOR", "-1"],
      ["ANOMALY_BURST_CALLS", "0"],
      ["ANOMALY_BURST_MINUTES", "61"],
      ["ANOMALY_REFUSALS_PERCENT", "101"],
      ["ANOMALY_REFUSALS_CALLS", "many"],
      ["ANOMALY_REFUSALS_MINUTES", "0"],
      ["ANOMALY_SILENCE_DAYS", "1.5"],
    ] as const) {
      expect(() => loadConfig({ [name]: value })).toThrow(`${name} must be`);
    }
  });

  it("leave no habits of what is gone, or over for long", async () => {
    const key = await seedSubject();
    await timeline.call(key, [0, 0], "192.0.2.1");
    for (const minute of [1, 6]) await timeline.look(0, minute);
    const left = async () => {
      const counts = ["watched_subjects", "subject_networks", "subject_peaks"].map(async (table) => {
        const rows: unknown[] = await database.query(`select 1 from ${table} where subject_id = $1`, [key.apiKeyId]);
        return rows.length;
      });
      return Promise.all(counts);
    };
    await forgetHabits(database, timeline.at(1));
    expect(await left()).toEqual([1, 1, 1]);
    await forgetHabits(database, timeline.at(179));
    expect(await left()).toEqual([1, 1, 0]);
    await forgetHabits(database, timeline.at(181));
    expect(await left()).toEqual([1, 0, 0]);
    await world.latchkey.clients.delete({ id: key.clientId, confirm: true });
    await forgetHabits(database, timeline.at(181));
    expect(await left()).toEqual([0, 0, 0]);
  });

  it("are found by index, however much was called before", async () => {
    await database.query(
      `insert into usage_minutes (minute, client_id, api_key_id, api_id, collection_id, region_id, code, calls)
       select $1::timestamptz - n * interval '1 minute', $2, gen_random_uuid(), $2, $2, $2, 'VALID', 1
       from generate_series(1, 100000) n`,
      [timeline.at(0), NONE],
    );
    await database.query("analyze usage_minutes");
    const plans: string[] = [];
    const query = async (sql: string, values: unknown[]) => {
      plans.push(JSON.stringify(await database.query(`explain ${sql}`, values)));
      return [];
    };
    const look = { manager: { query } as unknown as EntityManager, rules: DEFAULT_RULES, at: timeline.at(0) };
    for (const find of [findNewAddresses, findBursts, findRefusals, findBrokenSilence]) await find(look);
    expect(plans.length).toBe(5);
    const text = plans.join("\n");
    expect(text).toContain("usage_minutes_time");
    expect(text).not.toMatch(/Seq Scan on (?:usage_|recent_)/);
    await database.query("delete from usage_minutes where client_id = $1", [NONE]);
  });

  it("of minutes that nobody looked at in time are found still, of the last half hour", async () => {
    const [lost, kept] = [await seedSubject(), await seedSubject()];
    await timeline.count(lost, [0, 60], 50, "EXPIRED");
    await timeline.count(kept, [0, 90], 50, "EXPIRED");
    const found = (await timeline.look(0, 110, { missed: true })).filter(({ kind }) => kind === "REFUSALS");
    expect(found.map(({ subjectId }) => subjectId)).toEqual([kept.apiKeyId]);
    expect(found[0]?.windowEndsAt).toEqual(new Date(timeline.at(0, 90).getTime() + MINUTE_MS));
  });
});
