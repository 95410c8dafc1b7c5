import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { untilRolledUp } from "../support/rolled-up.js";
import { seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { withChecksum } from "../verification/forged-secret.js";
import { seedToken } from "./seed-token.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";

describe("a token in use", () => {
  let world: World;
  let other: World;

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  const codeOf = async (credential: string, demand = {}) => (await verdictOf(world, { credential, ...demand })).code;

  it("works as often as it may, is shown again, and is revoked: the story of an integrator", async () => {
    const { latchkey } = world;
    const { client, credentials, own } = await seedToken(world, { accessTokenUses: 3 });
    const { token, secret } = await latchkey.tokens.generate({ ...credentials, save: true });
    const codes = [];
    for (let call = 0; call < 4; call++)
      codes.push((await latchkey.verify({ credential: secret, api: own.call })).code);
    expect(codes).toEqual(["VALID", "VALID", "VALID", "USES_EXHAUSTED"]);
    expect(await latchkey.tokens.get(token.id)).toMatchObject({ status: "USES_EXHAUSTED", usesMax: 3, usesLeft: 0 });
    const again = await latchkey.tokens.reveal({ id: token.id, reason: "To see which one it was" });
    expect(again.secret).toBe(secret);
    expect(await latchkey.tokens.revoke({ id: token.id, reason: "Done" })).toMatchObject({ status: "REVOKED" });
    expect((await latchkey.verify({ credential: secret })).code).toBe("REVOKED");
    expect((await latchkey.tokens.list({ clientId: client.clientId })).totalCount).toBe(2);
  });

  it("is let through exactly as often as it may, by any number of nodes at once", async () => {
    const { secret: credential, token } = await seedToken(world, { accessTokenUses: 3 });
    const verdicts = await Promise.all(
      Array.from({ length: 25 }, (_, call) => verdictOf(call % 2 === 0 ? world : other, { credential })),
    );
    const codes = verdicts.map(({ code }) => code).sort();
    expect(codes.filter((code) => code === "VALID").length).toBe(3);
    expect(new Set(codes)).toEqual(new Set(["VALID", "USES_EXHAUSTED"]));
    expect((await world.latchkey.tokens.get(token.id)).usesLeft).toBe(0);
  });

  it("takes one use for a call, whatever that costs, and none for one that is refused", async () => {
    const { secret, token, own, client } = await seedToken(world, { accessTokenUses: 2 });
    await world.latchkey.clients.update({ id: client.id, quota: { limit: 100, period: "TOTAL" } });
    expect(await codeOf(secret, { api: { ...own.call, path: "/nowhere" } })).toBe("API_UNKNOWN");
    expect(await codeOf(secret, { cost: 101 })).toBe("QUOTA_EXCEEDED");
    const verdict = await verdictOf(world, { credential: secret, cost: 5 });
    expect(verdict).toMatchObject({ code: "VALID", quota: { limit: 100, remaining: 95 } });
    expect((await world.latchkey.tokens.get(token.id)).usesLeft).toBe(1);
    expect([await codeOf(secret), await codeOf(secret)]).toEqual(["VALID", "USES_EXHAUSTED"]);
  });

  it("shares its client's quota and calls per second with other tokens and keys", async () => {
    const { secret, client, own, credentials } = await seedToken(world);
    const second = await world.latchkey.tokens.generate(credentials);
    const input = { clientId: client.id, name: "beside", expiresAt: "2099-12-31", groupIds: [own.group.id] };
    const key = await world.latchkey.keys.create(input);
    await world.latchkey.clients.update({ id: client.id, quota: { limit: 3, period: "DAY" } });
    const codes = [];
    for (const credential of [secret, second.secret, key.secret, secret]) codes.push(await codeOf(credential));
    expect(codes).toEqual(["VALID", "VALID", "VALID", "QUOTA_EXCEEDED"]);

    await world.latchkey.clients.update({ id: client.id, quota: null, tpsPerNode: 2 });
    // Into memory, without using anything: the calls are then judged at one time.
    for (const credential of [secret, second.secret, key.secret]) await codeOf(credential, { explain: true });
    const requests = [secret, second.secret, key.secret, secret].map((credential) => ({ credential }));
    const verdicts = await world.latchkey.verifyBatch(requests);
    expect(verdicts.map(({ code }) => code).sort()).toEqual(["RATE_LIMITED", "RATE_LIMITED", "VALID", "VALID"]);
  });

  it("is counted under its client, and under no key", async () => {
    const { secret, client, own } = await seedToken(world);
    for (let call = 0; call < 3; call++) await codeOf(secret, { api: own.call });
    await codeOf(secret, { groups: ["none"] });
    const counted = () =>
      world.database.query(
        `select api_key_id as key, api_id as api, code, sum(calls)::int as calls from usage_minutes
         where client_id = $1 and calls <> 0 group by 1, 2, 3 order by code`,
        [client.id],
      );
    await untilRolledUp(async (sql) => (await world.database.query(sql)).rows[0]);
    await until("4 calls to be counted", async () => (await counted()).rows.length === 2);
    expect((await counted()).rows).toEqual([
      { key: NOBODY, api: NOBODY, code: "GROUP_DENIED", calls: 1 },
      { key: NOBODY, api: own.api.id, code: "VALID", calls: 3 },
    ]);
  });

  it("that is forged with a key's lookup id does not make the key unknown, nor the other way round", async () => {
    const { secret: key } = await seedKey(world);
    const { secret: token } = await seedToken(world);
    const forged = (kind: string, secret: string) =>
      withChecksum(`lk_${kind}_${secret.slice(-50, -38)}${"x".repeat(32)}`);
    for (let round = 0; round < 2; round++) {
      for (const kind of ["at", "rt"]) expect(await codeOf(forged(kind, key))).toBe("NOT_FOUND");
      expect(await codeOf(forged("key", token))).toBe("NOT_FOUND");
      expect([await codeOf(key), await codeOf(token)]).toEqual(["VALID", "VALID"]);
      expect([await codeOf(forged("at", token)), await codeOf(token)]).toEqual(["NOT_FOUND", "VALID"]);
    }
  });

  it("is sent by gateways as Bearer, and tells the upstream whose it is", async () => {
    const { secret, client, own, scope, token } = await seedToken(world);
    const { method, path } = scope.call;
    const headers = { "x-forwarded-method": method, "x-forwarded-uri": path };
    const allowed = await world.fetch("/v1/authorize", { headers: { ...headers, authorization: `Bearer ${secret}` } });
    expect(allowed.status).toBe(200);
    const told = (name: string) => allowed.headers.get(`x-latchkey-${name}`);
    expect([told("client-id"), told("key-id"), told("user-name")]).toEqual([client.clientId, token.id, ""]);
    expect(told("scopes")).toBe(scope.name);
    expect(
      told("groups")
        ?.split(",")
        .map((name) => name.trim()),
    ).toContain(own.group.name);

    await world.latchkey.tokens.revoke({ id: token.id });
    const refused = await world.fetch("/v1/authorize", { headers: { ...headers, authorization: `Bearer ${secret}` } });
    expect([refused.status, refused.headers.get("x-latchkey-code")]).toEqual([401, "REVOKED"]);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it("is judged in batches as one by one", async () => {
    const { secret, own, scope } = await seedToken(world, { accessTokenUses: 2 });
    const verdicts = await world.latchkey.verifyBatch([
      { credential: secret, api: own.call },
      { credential: `${secret.slice(0, -1)}!` },
      { credential: secret, scopes: ["none"] },
      { credential: secret, api: scope.call },
      { credential: secret },
    ]);
    const codes = verdicts.map(({ code }) => code);
    expect(codes.slice(1, 3)).toEqual(["MALFORMED", "SCOPE_DENIED"]);
    const used = codes.filter((_, index) => index === 0 || index > 2);
    expect(used.sort()).toEqual(["USES_EXHAUSTED", "VALID", "VALID"]);
    expect(verdicts.find(({ valid }) => valid)).toMatchObject({
      credential: { kind: "ACCESS_TOKEN", name: "client_credentials" },
    });
  });

  it("is refused by the management API: it is for calls to APIs", async () => {
    const { secret } = await seedToken(world);
    expect((await world.graphql("{ me { id } }", {}, secret)).status).toBe(401);
  });
});
