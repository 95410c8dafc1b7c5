import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { FAR, seedClient, seedGroup, seedSignedInClient, seedUser } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const HOUR_MS = 60 * 60_000;
const SELECTION =
  "{ secret apiKey { id name lookupId status effectiveAt expiresAt createdBy tags metadata description permissions owner { kind id name } groups { id } } }";

describe("createApiKey", () => {
  let world: World;
  let create: Mutation;

  before(async () => {
    world = await startWorld();
    create = mutationOf(world, "createApiKey", "CreateApiKeyInput", SELECTION);
  });

  after(() => world.stop());

  async function clientWithGroup(changes: object = {}) {
    const group = await seedGroup(world);
    return { group, client: await seedClient(world, { groupIds: [group.id], ...changes }) };
  }

  it("shows the secret this once, in the form of the contract, and keeps no more than a digest", async () => {
    const { group, client } = await clientWithGroup();
    const input = {
      clientId: client.clientId,
      name: "production",
      description: "For orders",
      expiresAt: FAR,
      groupIds: [group.id],
      tags: ["web", "eu"],
      metadata: { team: "web" },
    };
    const { secret, apiKey } = (await create(input)).data.createApiKey;
    expect(secret).toMatch(/^lk_key_[0-9A-Za-z]{50}$/);
    expect(secret.slice(7, 19)).toBe(apiKey.lookupId);
    expect(apiKey).toMatchObject({
      name: "production",
      description: "For orders",
      status: "ACTIVE",
      createdBy: "admin",
      tags: ["web", "eu"],
      metadata: { team: "web" },
      permissions: null,
      owner: { kind: "CLIENT", id: client.id, name: client.clientId },
      groups: [{ id: group.id }],
    });

    const { rows } = await world.database.query(
      "select table_name, column_name from information_schema.columns where table_schema = 'public'",
    );
    for (const { table_name: table, column_name: column } of rows) {
      const found = await world.database.query(`select 1 from ${table} where "${column}"::text like '%' || $1 || '%'`, [
        secret.slice(19, 51),
      ]);
      expect({ table, column, found: found.rows.length }).toEqual({ table, column, found: 0 });
    }
    expect(world.log.join()).not.toContain(secret.slice(19, 51));
  });

  it("leaves an audit event without the secret", async () => {
    const { group, client } = await clientWithGroup();
    const { data } = await create({ clientId: client.id, name: "k", expiresAt: FAR, groupIds: [group.id] });
    const event = await lastEventAbout(world, data.createApiKey.apiKey.id);
    expect(event).toMatchObject({
      event: "apiKey.created",
      actorName: "admin",
      targetKind: "ApiKey",
      after: { name: "k", groupIds: [group.id] },
    });
    expect(JSON.stringify(event)).not.toMatch(/digest|pepper/i);
    expect(JSON.stringify(event)).not.toContain(data.createApiKey.secret);
  });

  const BAD: readonly (readonly [what: string, changes: object, path: string])[] = [
    ["no name", { name: "" }, "name"],
    ["a blank name", { name: " " }, "name"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "name"],
    ["a description of 2001 characters", { description: "x".repeat(2_001) }, "description"],
    ["no expiry date", { expiresAt: undefined }, "expiresAt"],
    ["an expiry date in the past", { expiresAt: "2020-01-01" }, "expiresAt"],
    ["an expiry before its effective date", { effectiveAt: "2090-01-02", expiresAt: "2090-01-01" }, "expiresAt"],
    ["a day that no calendar has", { expiresAt: "2090-02-30" }, "expiresAt"],
    ["a date that is no date", { expiresAt: "tomorrow" }, "expiresAt"],
    ["an instant without an offset", { expiresAt: "2090-01-01T00:00:00" }, "expiresAt"],
    ["a year beyond 9999", { expiresAt: "+010000-01-01T00:00:00Z" }, "expiresAt"],
    ["a year before 1", { effectiveAt: "0000-01-01" }, "effectiveAt"],
    ["no groups", { groupIds: [] }, "groupIds"],
    ["groups left out", { groupIds: undefined }, "groupIds"],
    ["an unknown group", { groupIds: [ABSENT] }, "groupIds.0"],
    ["a malformed group id", { groupIds: ["nonsense"] }, "groupIds"],
    ["management permissions", { scopes: ["keys:read"] }, "scopes"],
    ["21 tags", { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, "tags"],
    ["a tag of 51 characters", { tags: ["x".repeat(51)] }, "tags"],
    ["a tag that comes twice", { tags: ["a", "a"] }, "tags"],
    ["metadata that is no object", { metadata: [1] }, "metadata"],
    ["metadata beyond its limit", { metadata: { a: "x".repeat(4_100) } }, "metadata"],
    ["two owners", { userId: ABSENT }, "userId"],
    ["a malformed client id", { clientId: "a b" }, "clientId"],
  ];

  for (const [what, changes, path] of BAD) {
    it(`refuses ${what} for a client's key, and makes nothing`, async () => {
      const { group, client } = await clientWithGroup();
      expectInvalid(
        await create({ clientId: client.id, name: "k", expiresAt: FAR, groupIds: [group.id], ...changes }),
        path,
      );
      expect((await world.latchkey.keys.list({ filter: { clientId: client.id } })).totalCount).toBe(0);
    });
  }

  it("refuses a group that the client does not hold", async () => {
    const { group, client } = await clientWithGroup();
    const foreign = await seedGroup(world);
    expectInvalid(
      await create({ clientId: client.id, name: "k", expiresAt: FAR, groupIds: [group.id, foreign.id] }),
      "groupIds.1",
    );
  });

  it("finds no owner where there is none: an absent client, a deleted one, an absent user", async () => {
    const { group, client } = await clientWithGroup();
    await world.latchkey.clients.delete({ id: client.id, confirm: true });
    const rest = { name: "k", expiresAt: FAR, groupIds: [group.id] };
    expectNotFound(
      await create({ ...rest, clientId: client.id }),
      await create({ ...rest, clientId: ABSENT }),
      await create({ ...rest, clientId: "no-such-client" }),
    );
    expectNotFound(await create({ name: "k", userId: ABSENT }));
  });

  it("a day means the whole day in its owner's time zone, however many hours it has", async () => {
    const { group, client } = await clientWithGroup({ timeZone: "Europe/Berlin" });
    // The clocks go forward on 2090-03-26 at 02:00: a day of 23 hours.
    const { data } = await create({
      clientId: client.id,
      name: "k",
      effectiveAt: "2090-03-26",
      expiresAt: "2090-03-26",
      groupIds: [group.id],
    });
    const { effectiveAt, expiresAt } = data.createApiKey.apiKey;
    expect([effectiveAt, expiresAt]).toEqual(["2090-03-25T23:00:00.000Z", "2090-03-26T22:00:00.000Z"]);
    expect(Date.parse(expiresAt) - Date.parse(effectiveAt)).toBe(23 * HOUR_MS);
    const kept = await create({
      clientId: client.id,
      name: "k2",
      expiresAt: "2090-03-26T12:00:00+02:00",
      groupIds: [group.id],
    });
    expect(kept.data.createApiKey.apiKey.expiresAt).toBe("2090-03-26T10:00:00.000Z");
    const last = await create({ clientId: client.id, name: "k3", expiresAt: "9999-12-31", groupIds: [group.id] });
    expect(last.data.createApiKey.apiKey.expiresAt).toMatch(/^9999-12-31T/);
  });

  it("a name is unique among the owner's keys in force, in upper and lower case, and free again after them", async () => {
    const { group, client } = await clientWithGroup();
    const another = await clientWithGroup();
    const make = (changes: object = {}) =>
      create({ clientId: client.id, name: "Production", expiresAt: FAR, groupIds: [group.id], ...changes });
    const first = (await make()).data.createApiKey.apiKey;
    expectConflict(await make({ name: "PRODUCTION" }), "name");
    expect((await make({ clientId: another.client.id, groupIds: [another.group.id] })).errors).toEqual([]);
    await world.latchkey.keys.disable(first.id);
    expectConflict(await make(), "name");
    await world.latchkey.keys.revoke({ id: first.id });
    const expiresAt = new Date(world.now().getTime() + HOUR_MS).toISOString();
    expect((await make({ expiresAt })).errors).toEqual([]);
    world.moveClock(HOUR_MS + 1_000);
    expect((await make()).errors).toEqual([]);
  });

  it("of several that ask at once for one name makes one", async () => {
    const { group, client } = await clientWithGroup();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        create({ clientId: client.id, name: "once", expiresAt: FAR, groupIds: [group.id] }),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0).length).toBe(1);
    for (const answer of answers.filter(({ errors }) => errors.length > 0)) expectConflict(answer, "name");
  });

  it("auditors and signed-in clients make no keys", async () => {
    await expectKeptOut(world, create, { name: "k" }, ["AUDITOR"]);
    const { token } = await seedSignedInClient(world);
    expect(refusalIn(await create({ name: "k" }, token)).code).toBe("FORBIDDEN");
  });

  it("a member makes keys for itself, and nobody else is there for it", async () => {
    const member = await seedUser(world, "MEMBER");
    const other = await seedUser(world, "MEMBER");
    const { group, client } = await clientWithGroup();
    const { apiKey } = (await create({ name: "mine" }, member.token)).data.createApiKey;
    expect(apiKey).toMatchObject({ owner: { kind: "USER", id: member.user.id }, expiresAt: null });
    const forClient = { clientId: client.id, name: "k", expiresAt: FAR, groupIds: [group.id] };
    expectNotFound(
      await create({ name: "k", userId: other.user.id }, member.token),
      await create({ name: "k", userId: ABSENT }, member.token),
    );
    expectNotFound(
      await create(forClient, member.token),
      await create({ ...forClient, clientId: ABSENT }, member.token),
    );
    expectInvalid(await create({ name: "k2", groupIds: [group.id] }, member.token), "groupIds");
  });

  it("an operator makes keys for clients and for itself, but not for other users", async () => {
    const operator = await seedUser(world, "OPERATOR");
    const member = await seedUser(world, "MEMBER");
    const { group, client } = await clientWithGroup();
    expect(
      (await create({ clientId: client.id, name: "k", expiresAt: FAR, groupIds: [group.id] }, operator.token)).errors,
    ).toEqual([]);
    expect((await create({ name: "own" }, operator.token)).errors).toEqual([]);
    expectNotFound(await create({ name: "k", userId: member.user.id }, operator.token));
    expect((await create({ name: "theirs", userId: member.user.id })).errors).toEqual([]);
  });

  it("a narrowed key may do less than its user, and makes no key that may do more than itself", async () => {
    const operator = await seedUser(world, "OPERATOR");
    const { secret } = (await create({ name: "narrow", scopes: ["keys:read", "keys:write"] }, operator.token)).data
      .createApiKey;
    const narrowed = new Latchkey({ url: world.url, credential: secret });
    expect((await narrowed.me()).permissions).toEqual(["keys:read", "keys:write"]);
    await expect(narrowed.clients.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
    expectInvalid(await create({ name: "wider", scopes: ["keys:read", "clients:read"] }, secret), "scopes.1");
    const child = await create({ name: "child" }, secret);
    expect(child.data.createApiKey.apiKey.permissions).toEqual(["keys:read", "keys:write"]);
    expectInvalid(await create({ name: "unknown", scopes: ["everything"] }, operator.token), "scopes");
    expectInvalid(await create({ name: "beyond", scopes: ["users:write"] }, operator.token), "scopes.0");
  });
});
