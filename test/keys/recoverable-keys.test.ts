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
import { FAR, seedGroup, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const HOUR_MS = 3_600_000;

describe("a recoverable key", () => {
  let world: World;
  let reveal: Mutation;

  before(async () => {
    world = await startWorld({ LOG_LEVEL: "trace" });
    reveal = mutationOf(world, "revealApiKey", "RevealApiKeyInput", "{ secret apiKey { id recoverable } }");
  });

  after(() => world.stop());

  const because = { reason: "The vault of the shop burnt down" };
  const sealedOf = async (apiKeyId: string): Promise<number> => {
    const { rows } = await world.database.query(
      "select count(*)::int as count from api_key_secrets where api_key_id = $1 and sealed is not null",
      [apiKeyId],
    );
    return rows[0].count;
  };

  it("shows its secret again, with a reason that the audit keeps", async () => {
    const { apiKey, secret } = await seedKey(world, { recoverable: true });
    expect(apiKey.recoverable).toBe(true);
    const revealed = await world.latchkey.keys.reveal({ id: apiKey.id, ...because });
    expect(revealed).toMatchObject({ secret, apiKey: { id: apiKey.id } });
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.revealed",
      actorName: "admin",
      reason: because.reason,
      after: { lookupId: apiKey.lookupId },
    });
  });

  it("keeps the newest secret only, and none once it is revoked or expired", async () => {
    const { apiKey } = await seedKey(world, { recoverable: true });
    const { secret } = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 60 });
    expect((await world.latchkey.keys.reveal({ id: apiKey.id, ...because })).secret).toBe(secret);
    expect(await sealedOf(apiKey.id)).toBe(2);
    await world.latchkey.keys.finishRotation(apiKey.id);
    expect(await sealedOf(apiKey.id)).toBe(1);
    await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 60 });
    await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 60 });
    const brief = await seedKey(world, {
      recoverable: true,
      expiresAt: new Date(world.now().getTime() + HOUR_MS).toISOString(),
    });
    world.moveClock(HOUR_MS);
    await until("the job that erases", async () => (await sealedOf(brief.apiKey.id)) === 0);
    expect(await sealedOf(apiKey.id)).toBe(1);
    await world.latchkey.keys.revoke({ id: apiKey.id });
    expect(await sealedOf(apiKey.id)).toBe(0);
    expectConflict(await reveal({ id: apiKey.id, ...because }), "id");
    expectConflict(await reveal({ id: brief.apiKey.id, ...because }), "id");
  });

  it("is one by choice: of every other key only a digest is kept", async () => {
    const { apiKey } = await seedKey(world);
    expect(apiKey.recoverable).toBe(false);
    expect(await sealedOf(apiKey.id)).toBe(0);
    expectConflict(await reveal({ id: apiKey.id, ...because }), "id");
  });

  it("does not open in another row", async () => {
    const [one, other] = [await seedKey(world, { recoverable: true }), await seedKey(world, { recoverable: true })];
    await world.database.query(
      `update api_key_secrets s set sealed = o.sealed from api_key_secrets o
       where s.api_key_id = $1 and o.api_key_id = $2`,
      [one.apiKey.id, other.apiKey.id],
    );
    expect(refusalIn(await reveal({ id: one.apiKey.id, ...because })).code).toBe("INTERNAL");
  });

  it("is shown to its owner and to system administrators, and to nobody else", async () => {
    const group = await seedGroup(world);
    const owner = await seedSignedInClient(world);
    await world.latchkey.clients.addGroups({ clientId: owner.client.id, groupIds: [group.id] });
    const { apiKey, secret } = await world.latchkey.keys.create({
      clientId: owner.client.id,
      name: unique("key"),
      expiresAt: FAR,
      groupIds: [group.id],
      recoverable: true,
    });
    const input = { id: apiKey.id, ...because };
    expect((await owner.latchkey.keys.reveal(input)).secret).toBe(secret);
    await expectKeptOut(world, reveal, input, ["AUDITOR", "OPERATOR"]);

    const member = await seedUser(world, "MEMBER");
    const own = await member.latchkey.keys.create({ name: unique("own"), recoverable: true });
    expect((await member.latchkey.keys.reveal({ id: own.apiKey.id, ...because })).secret).toBe(own.secret);
    expect((await world.latchkey.keys.reveal({ id: own.apiKey.id, ...because })).secret).toBe(own.secret);
    const stranger = await seedSignedInClient(world);
    expectNotFound(
      await reveal({ id: ABSENT, ...because }, stranger.token),
      await reveal(input, stranger.token),
      await reveal({ id: own.apiKey.id, ...because }, stranger.token),
      await reveal(input, member.token),
    );
    expectInvalid(await reveal({ id: apiKey.id }), "reason");
    expectInvalid(await reveal({ id: apiKey.id, reason: " " }), "reason");
    expectInvalid(await reveal({ id: "nonsense", ...because }), "id");
  });

  it("is a way to no key that may more than the one that asks", async () => {
    const { keys } = world.latchkey;
    const strong = await keys.create({ name: unique("strong"), recoverable: true });
    const credentialOf = async (...scopes: string[]) => (await keys.create({ name: unique("k"), scopes })).secret;
    const byKey = (credential: string) => new Latchkey({ url: world.url, credential });
    for (const scopes of [["keys:read", "keys:write"], ["keys:reveal"]]) {
      await expect(
        byKey(await credentialOf(...scopes)).keys.reveal({ id: strong.apiKey.id, ...because }),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("leaves its secret nowhere in clear", async () => {
    const { apiKey, secret } = await seedKey(world, { recoverable: true });
    await world.latchkey.keys.reveal({ id: apiKey.id, ...because });
    expect(world.log.join("\n")).not.toContain(secret);
    const { rows: tables } = await world.database.query(
      "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    for (const { table_name: table } of tables) {
      const { rows } = await world.database.query(
        `select count(*)::int as count from ${table} t where t::text like $1`,
        [`%${secret.slice(19)}%`],
      );
      expect({ table, found: rows[0].count }).toEqual({ table, found: 0 });
    }
  });
});
