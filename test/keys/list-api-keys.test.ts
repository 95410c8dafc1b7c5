import { after, before, describe, it } from "node:test";
import type { ApiKeyStatus } from "@latchkey/sdk";
import { expect } from "expect";
import { expectInvalid, expectNotFound } from "../support/mutations.js";
import { FAR, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const DAY_MS = 24 * 60 * 60_000;
const STATUSES: readonly ApiKeyStatus[] = ["SCHEDULED", "ACTIVE", "DISABLED", "REVOKED", "EXPIRED"];

describe("finding keys", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const inDays = (days: number): string => new Date(world.now().getTime() + days * DAY_MS).toISOString();
  const find = async (query: object) => (await world.latchkey.keys.list(query)).nodes.map(({ name }) => name);

  it("a keyword finds name, description and lookup id", async () => {
    const mark = unique("mark");
    const { apiKey } = await seedKey(world, { name: `by name ${mark}` });
    await seedKey(world, { name: "described", description: `in prose ${mark}` });
    expect(await find({ search: mark.toUpperCase() })).toEqual(["described", `by name ${mark}`]);
    expect(await find({ search: apiKey.lookupId })).toEqual([`by name ${mark}`]);
    expect(await find({ search: unique("nothing") })).toEqual([]);
  });

  it("a status is derived from the clock: in the field and in the filter alike", async () => {
    const mark = unique("status");
    const name = (each: string) => `${mark} ${each}`;
    await seedKey(world, { name: name("scheduled"), effectiveAt: inDays(2), expiresAt: inDays(10) });
    await seedKey(world, { name: name("short"), expiresAt: inDays(1) });
    const off = await seedKey(world, { name: name("off"), expiresAt: inDays(10) });
    const ended = await seedKey(world, { name: name("ended"), expiresAt: inDays(10) });
    await world.latchkey.keys.disable(off.apiKey.id);
    await world.latchkey.keys.revoke({ id: ended.apiKey.id });

    const expectStatuses = async (expected: Record<string, ApiKeyStatus>) => {
      const { nodes } = await world.latchkey.keys.list({ search: mark });
      expect(Object.fromEntries(nodes.map((key) => [key.name.replace(`${mark} `, ""), key.status]))).toEqual(expected);
      for (const status of STATUSES) {
        const found = await world.latchkey.keys.list({ search: mark, filter: { status } });
        const wanted = Object.keys(expected).filter((each) => expected[each] === status);
        expect({ status, found: found.nodes.map((key) => key.name).sort() }).toEqual({
          status,
          found: wanted.map(name).sort(),
        });
      }
    };
    await expectStatuses({ scheduled: "SCHEDULED", short: "ACTIVE", off: "DISABLED", ended: "REVOKED" });
    world.moveClock(3 * DAY_MS);
    await world.latchkey.signIn(world.admin);
    await expectStatuses({ scheduled: "ACTIVE", short: "EXPIRED", off: "DISABLED", ended: "REVOKED" });
    world.moveClock(-3 * DAY_MS);
    await world.latchkey.signIn(world.admin);
  });

  it("filters by owner, group, tag, expiry and disuse hold together", async () => {
    const mark = unique("filter");
    const soon = await seedKey(world, { name: `${mark} soon`, expiresAt: inDays(3), tags: ["blue"] });
    const late = await seedKey(world, { name: `${mark} late`, expiresAt: FAR, tags: ["blue", "red"] });
    const filtered = (filter: object) => find({ search: mark, filter });
    expect(await filtered({ clientId: soon.client.id })).toEqual([`${mark} soon`]);
    expect(await filtered({ clientId: late.client.clientId })).toEqual([`${mark} late`]);
    expect(await filtered({ clientId: "no-such-client" })).toEqual([]);
    expect(await filtered({ groupId: soon.group.id })).toEqual([`${mark} soon`]);
    expect(await filtered({ tag: "red" })).toEqual([`${mark} late`]);
    expect(await filtered({ tag: "blue" })).toEqual([`${mark} late`, `${mark} soon`]);
    expect(await filtered({ tag: "blue", groupId: soon.group.id })).toEqual([`${mark} soon`]);
    expect(await filtered({ expiringBefore: inDays(4) })).toEqual([`${mark} soon`]);
    expect(await filtered({ unusedSince: inDays(-1) })).toEqual([]);
    expect(await filtered({ unusedSince: inDays(1) })).toEqual([`${mark} late`, `${mark} soon`]);

    world.moveClock(60_000);
    await world.latchkey.verify({ credential: late.secret });
    await until("the use to be noted", async () => {
      const unused = await filtered({ unusedSince: world.now().toISOString() });
      return (
        unused.length > 0 && (await world.latchkey.keys.get(late.apiKey.id)).lastAccessedAt > late.apiKey.createdAt
      );
    });
    expect(await filtered({ unusedSince: new Date(world.now().getTime() - 30_000).toISOString() })).toEqual([
      `${mark} soon`,
    ]);
  });

  it("every order pages without repeating or missing one, also where values are equal or absent", async () => {
    const member = await seedUser(world, "MEMBER");
    const names: string[] = [];
    for (let number = 0; number < 5; number++) {
      const name = `key ${number}`;
      names.push(name);
      await member.latchkey.keys.create({ name, ...(number > 2 && { expiresAt: FAR }) });
    }
    for (const field of ["CREATED_AT", "NAME", "EFFECTIVE_AT", "EXPIRES_AT", "LAST_ACCESSED_AT"] as const) {
      for (const direction of ["ASC", "DESC"] as const) {
        const met: string[] = [];
        for (let after: string | null = null; ; ) {
          const page = await member.latchkey.keys.list({ first: 2, after, orderBy: { field, direction } });
          met.push(...page.nodes.map(({ name }) => name));
          after = page.pageInfo.endCursor;
          if (!page.pageInfo.hasNextPage) break;
        }
        expect({ field, direction, met: [...met].sort() }).toEqual({ field, direction, met: names });
        if (field === "NAME" || field === "CREATED_AT")
          expect(met).toEqual(direction === "ASC" ? names : [...names].reverse());
        if (field === "EXPIRES_AT")
          expect(met.slice(0, 2).sort()).toEqual(
            direction === "ASC" ? names.slice(3) : expect.not.arrayContaining(names.slice(3)),
          );
      }
    }
  });

  it("a cursor that somebody has made up is refused", async () => {
    const list = `query ($after: String) { apiKeys(after: $after, orderBy: { field: EXPIRES_AT }) { totalCount } }`;
    for (const value of [
      "9999-99-99 99:99:99+00",
      "2026-02-30 00:00:00+00",
      "999999-01-01 00:00:00+00",
      "0000-01-01 00:00:00+00",
      "now",
      "2026-01-01 00:00:00+14",
    ]) {
      const cursor = Buffer.from(JSON.stringify(["EXPIRES_AT ASC", value, "01a1fbc0-8a5e-724f-a37c-e27228f405b0"]));
      expectInvalid(await world.graphql(list, { after: cursor.toString("base64url") }), "after");
    }
  });

  it("everybody sees the keys in their reach, and others no more than absent ones", async () => {
    const { client, latchkey: partner } = await seedSignedInClient(world);
    const clients = await seedKey(world);
    const [member, operator, auditor] = [
      await seedUser(world, "MEMBER"),
      await seedUser(world, "OPERATOR"),
      await seedUser(world, "AUDITOR"),
    ];
    const own = (await member.latchkey.keys.create({ name: "own" })).apiKey;
    expect((await member.latchkey.keys.list()).nodes.map(({ id }) => id)).toEqual([own.id]);
    expect((await partner.keys.list()).totalCount).toBe(0);
    expect(client.id).not.toBe(clients.client.id);
    const seenBy = async (latchkey: typeof partner) =>
      (await latchkey.keys.list({ first: 100 })).nodes.map(({ id }) => id);
    expect(await seenBy(operator.latchkey)).toContain(clients.apiKey.id);
    expect(await seenBy(operator.latchkey)).not.toContain(own.id);
    expect(await seenBy(auditor.latchkey)).toEqual(expect.arrayContaining([clients.apiKey.id, own.id]));

    const ask = (id: string, token: string) =>
      world.graphql(`query ($id: ID!) { apiKey(id: $id) { id } }`, { id }, token);
    expectNotFound(
      await ask(clients.apiKey.id, member.token),
      await ask(own.id, operator.token),
      await ask("01a1fbc0-8a5e-724f-a37c-e27228f405b0", member.token),
    );
  });
});
