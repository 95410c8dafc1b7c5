import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
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
import { seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const HOUR_SECONDS = 3_600;

describe("rotating a key", () => {
  let world: World;
  let rotate: Mutation;
  let finish: Mutation;

  before(async () => {
    world = await startWorld();
    rotate = mutationOf(world, "rotateApiKey", "RotateApiKeyInput", "{ secret apiKey { id status } }");
    finish = mutationOf(world, "finishRotation", "ApiKeyReference", "{ id status rotationEndsAt }");
  });

  after(() => world.stop());

  const codeOf = async (credential: string) => (await world.latchkey.verify({ credential })).code;
  const codesOf = (...secrets: string[]) => Promise.all(secrets.map(codeOf));

  it("keeps the key and gives it a new secret; the old one works until the grace ends", async () => {
    const { apiKey, secret: old, client } = await seedKey(world);
    const { apiKey: rotated, secret } = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: HOUR_SECONDS });
    const { lookupId } = rotated;
    expect(rotated).toMatchObject({ id: apiKey.id, name: apiKey.name, status: "ROTATING", groups: apiKey.groups });
    expect(secret).toContain(lookupId);
    expect(lookupId).not.toBe(apiKey.lookupId);
    expect(await codesOf(old, secret)).toEqual(["VALID", "VALID"]);
    const verdict = await world.latchkey.verify({ credential: old });
    expect(verdict).toMatchObject({
      credential: { id: apiKey.id, lookupId: apiKey.lookupId },
      client: { id: client.id },
    });
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.rotated",
      before: { lookupId: apiKey.lookupId, rotationEndsAt: null },
      after: { lookupId, rotationEndsAt: rotated.rotationEndsAt },
    });

    world.moveClock(HOUR_SECONDS * 1_000);
    expect(await codesOf(old, secret)).toEqual(["ROTATED_OUT", "VALID"]);
    expect(await world.latchkey.keys.get(apiKey.id)).toMatchObject({ status: "ACTIVE", secrets: [{ lookupId }] });
    const refused = await world.fetch("/v1/authorize", { headers: { "x-api-key": old } });
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="latchkey", error="invalid_token"',
    ]);
  });

  it("grants a day of grace unless said, none at zero, and never one past the key's expiry", async () => {
    const { apiKey, secret } = await seedKey(world);
    const graceOf = (end: unknown) => Math.round((Date.parse(String(end)) - world.now().getTime()) / 60_000);
    const first = await world.latchkey.keys.rotate({ id: apiKey.id });
    expect(graceOf(first.apiKey.rotationEndsAt)).toBe(24 * 60);
    const second = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 0 });
    expect(second.apiKey.status).toBe("ACTIVE");
    expect(await codesOf(secret, first.secret, second.secret)).toEqual(["ROTATED_OUT", "ROTATED_OUT", "VALID"]);

    const expiresAt = new Date(world.now().getTime() + 600_000).toISOString();
    const brief = await seedKey(world, { expiresAt });
    const { apiKey: rotated } = await world.latchkey.keys.rotate({ id: brief.apiKey.id, graceSeconds: HOUR_SECONDS });
    expect(rotated.rotationEndsAt).toBe(expiresAt);
  });

  it("shows which of the two secrets is still in use", async () => {
    const { apiKey, secret: old } = await seedKey(world);
    const { apiKey: rotated } = await world.latchkey.keys.rotate({ id: apiKey.id });
    expect(rotated.secrets).toEqual([
      expect.objectContaining({ lookupId: rotated.lookupId, retiresAt: null, lastAccessedAt: null }),
      expect.objectContaining({ lookupId: apiKey.lookupId, retiresAt: rotated.rotationEndsAt }),
    ]);
    await world.latchkey.verify({ credential: old, address: "203.0.113.9" });
    const used = await until("the last use of the old secret", async () => {
      const { secrets } = await world.latchkey.keys.get(apiKey.id);
      return secrets[1]?.lastAccessedFrom === "203.0.113.9" && secrets;
    });
    expect(used[1]?.lastAccessedAt).toEqual(expect.any(String));
    expect(used[0]?.lastAccessedAt).toBeNull();
    for (const search of [apiKey.lookupId, rotated.lookupId]) {
      expect((await world.latchkey.keys.list({ search })).nodes.map(({ id }) => id)).toEqual([apiKey.id]);
    }
    const rotating = await world.latchkey.keys.list({ search: apiKey.name, filter: { status: "ROTATING" } });
    expect(rotating.nodes.map(({ id }) => id)).toEqual([apiKey.id]);
  });

  it("retires the oldest at once when it is rotated again during the grace", async () => {
    const { apiKey, secret: first } = await seedKey(world);
    const { secret: second } = await world.latchkey.keys.rotate({ id: apiKey.id });
    const { secret: third } = await world.latchkey.keys.rotate({ id: apiKey.id });
    expect(await codesOf(first, second, third)).toEqual(["ROTATED_OUT", "VALID", "VALID"]);
  });

  it("is finished early; finishing again changes nothing", async () => {
    const { apiKey, secret: old } = await seedKey(world);
    const untouched = await world.latchkey.keys.finishRotation(apiKey.id);
    expect(untouched.rotationEndsAt).toBeNull();
    const { secret } = await world.latchkey.keys.rotate({ id: apiKey.id });
    expect((await world.latchkey.keys.finishRotation(apiKey.id)).status).toBe("ACTIVE");
    expect(await codesOf(old, secret)).toEqual(["ROTATED_OUT", "VALID"]);
    await world.latchkey.keys.finishRotation(apiKey.id);
    expect((await eventsAbout(world, apiKey.id)).map(({ event }) => event)).toEqual([
      "apiKey.created",
      "apiKey.rotated",
      "apiKey.rotationFinished",
    ]);
  });

  it("ends both secrets when the key is revoked, by whichever of them it is given up", async () => {
    const { apiKey, secret: old } = await seedKey(world);
    const { secret } = await world.latchkey.keys.rotate({ id: apiKey.id });
    await world.latchkey.keys.surrender({ secret: old });
    expect(await codesOf(old, secret)).toEqual(["REVOKED", "REVOKED"]);
    const other = await seedKey(world);
    await world.latchkey.keys.rotate({ id: other.apiKey.id, graceSeconds: 0 });
    await expect(world.latchkey.keys.surrender({ secret: other.secret })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("tells the holders of the last ten secrets that they were rotated out, and forgets older ones", async () => {
    const { apiKey, secret } = await seedKey(world);
    const secrets = [secret];
    for (let turn = 0; turn < 12; turn++) {
      secrets.push((await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 0 })).secret);
    }
    const codes = await codesOf(...secrets);
    expect(codes).toEqual(["NOT_FOUND", "NOT_FOUND", ...Array.from({ length: 10 }, () => "ROTATED_OUT"), "VALID"]);
  });

  it("never has more than two secrets accepted, whoever rotates, finishes and revokes at once", async () => {
    const { apiKey, secret } = await seedKey(world);
    const rotations = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        if (index % 4 === 3) await world.latchkey.keys.finishRotation(apiKey.id);
        return (await world.latchkey.keys.rotate({ id: apiKey.id })).secret;
      }),
    );
    const codes = await codesOf(secret, ...rotations);
    const accepted = codes.filter((code) => code === "VALID").length;
    expect([1, 2]).toContain(accepted);
    const { rows } = await world.database.query(
      `select count(*)::int as count from api_key_secrets where api_key_id = $1 and place = 'CURRENT'`,
      [apiKey.id],
    );
    expect(rows).toEqual([{ count: 1 }]);

    const [, last] = await Promise.all([
      world.latchkey.keys.revoke({ id: apiKey.id }),
      rotate({ id: apiKey.id }).then(({ data }) => data?.rotateApiKey.secret as string | undefined),
    ]);
    const after = await codesOf(...rotations, ...(last === undefined ? [] : [last]));
    expect(after).not.toContain("VALID");
  });

  it("refuses bad graces, and keys that are over", async () => {
    const { apiKey } = await seedKey(world);
    for (const graceSeconds of [-1, 365 * 86_400 + 1, null]) {
      expectInvalid(await rotate({ id: apiKey.id, graceSeconds }), "graceSeconds");
    }
    expect(refusalIn(await rotate({ id: apiKey.id, graceSeconds: 1.5 })).code).toBe("INVALID_INPUT");
    await world.latchkey.keys.disable(apiKey.id);
    expect((await world.latchkey.keys.rotate({ id: apiKey.id })).apiKey.status).toBe("DISABLED");
    await world.latchkey.keys.revoke({ id: apiKey.id });
    expectConflict(await rotate({ id: apiKey.id }), "id");
    const expired = await seedKey(world, { expiresAt: new Date(world.now().getTime() + 60_000).toISOString() });
    world.moveClock(60_000);
    expectConflict(await rotate({ id: expired.apiKey.id }), "id");
  });

  it("is for those who reach the key", async () => {
    const { apiKey } = await seedKey(world);
    const member = await seedUser(world, "MEMBER");
    const own = (await member.latchkey.keys.create({ name: unique("own") })).apiKey;
    const stranger = await seedUser(world, "MEMBER");
    for (const mutation of [rotate, finish]) {
      await expectKeptOut(world, mutation, { id: apiKey.id }, ["AUDITOR"]);
      const { token } = await seedSignedInClient(world);
      expect(refusalIn(await mutation({ id: apiKey.id }, token)).code).toBe("FORBIDDEN");
      expectNotFound(
        await mutation({ id: ABSENT }, stranger.token),
        await mutation({ id: apiKey.id }, stranger.token),
        await mutation({ id: own.id }, stranger.token),
      );
      expectInvalid(await mutation({ id: "nonsense" }), "id");
      expect((await mutation({ id: own.id }, member.token)).errors).toEqual([]);
    }
  });

  it("lets a user's key in for as long as its secret is accepted", async () => {
    const member = await seedUser(world, "MEMBER");
    const { apiKey, secret: old } = await member.latchkey.keys.create({ name: unique("own") });
    const { secret } = await member.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: HOUR_SECONDS });
    const nameBy = async (credential: string) => (await new Latchkey({ url: world.url, credential }).me()).name;
    expect([await nameBy(old), await nameBy(secret)]).toEqual([member.user.userName, member.user.userName]);
    world.moveClock(HOUR_SECONDS * 1_000);
    await expect(nameBy(old)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await nameBy(secret)).toBe(member.user.userName);
  });

  it("gives no key a way to one that may more than itself", async () => {
    const { keys } = world.latchkey;
    const strong = await keys.create({ name: unique("strong") });
    const { secret } = await keys.create({ name: unique("weak"), scopes: ["keys:read", "keys:write"] });
    const weak = await keys.create({ name: unique("equal"), scopes: ["keys:read"] });
    await keys.disable(strong.apiKey.id);
    const byKey = new Latchkey({ url: world.url, credential: secret });
    await expect(byKey.keys.rotate({ id: strong.apiKey.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(byKey.keys.enable(strong.apiKey.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await byKey.keys.rotate({ id: weak.apiKey.id })).apiKey.id).toBe(weak.apiKey.id);
    const reader = new Latchkey({
      url: world.url,
      credential: (await keys.create({ name: unique("reader"), scopes: ["keys:read"] })).secret,
    });
    await expect(reader.keys.rotate({ id: weak.apiKey.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
