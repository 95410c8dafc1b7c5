import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout, failSignIns, signIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { expectConflict, expectInvalid, expectKeptOut, type Mutation, mutationOf } from "../support/mutations.js";
import { PASSWORD, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { seedToken, seedTokenClient } from "./seed-token.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DAY_MS = 86_400_000;
/** More than can be at work and wait together: 2 and 32. */
const FLOOD = 100;

describe("generating a token", () => {
  let world: World;
  let generate: Mutation;

  before(async () => {
    world = await startWorld({ LOG_LEVEL: "trace" });
    generate = mutationOf(world, "generateToken", "GenerateTokenInput", "{ secret refreshSecret token { id } }");
  });

  after(() => world.stop());

  const codeOf = async (credential: string, demand = {}) =>
    (await world.latchkey.verify({ credential, ...demand })).code;

  it("gives a token for the header, with what the client holds, and an event without it", async () => {
    const { client, own, scope, token, secret, refreshSecret } = await seedToken(world);
    expect(secret).toMatch(/^lk_at_[0-9A-Za-z]{50}$/);
    expect(refreshSecret).toBeNull();
    expect(token).toEqual({
      id: expect.any(String),
      familyId: expect.any(String),
      kind: "ACCESS",
      lookupId: secret.slice(6, 18),
      maskedToken: `${secret.slice(0, 18)}…`,
      status: "ACTIVE",
      grantType: "CLIENT_CREDENTIALS",
      clientId: client.clientId,
      userName: null,
      scopes: [scope.name],
      ownGroups: true,
      usesMax: 0,
      usesLeft: null,
      saved: false,
      createdAt: expect.any(String),
      expiresAt: new Date(Date.parse(token.createdAt) + DAY_MS).toISOString(),
      lastAccessedAt: null,
      lastAccessedFrom: null,
      lastAccessedApi: null,
      revokedAt: null,
      revokedBy: null,
      revocationReason: null,
    });
    for (const { call } of [own, scope]) expect(await codeOf(secret, { api: call })).toBe("VALID");
    const [event, ...others] = await eventsAbout(world, token.id);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event: "token.issued",
      targetKind: "Token",
      actorName: "admin",
      after: { clientId: client.id, grantType: "CLIENT_CREDENTIALS", scopes: [scope.name], saved: false },
    });
    const { rows } = await world.database.query(
      "select to_jsonb(t)::text || to_jsonb(f)::text as row from tokens t join token_families f on f.id = t.family_id where t.id = $1",
      [token.id],
    );
    for (const kept of [JSON.stringify(event), world.log.join("\n"), rows[0].row]) {
      expect(kept).not.toContain(secret.slice(18));
      expect(kept).not.toContain(PASSWORD);
    }
  });

  it("gives what its scopes grant and no more when some are named", async () => {
    const { own, scope, credentials } = await seedTokenClient(world);
    const { secret, token } = await world.latchkey.tokens.generate({ ...credentials, scopes: [scope.name] });
    expect(token).toMatchObject({ scopes: [scope.name], ownGroups: false });
    expect(await codeOf(secret, { api: scope.call, scopes: [scope.name] })).toBe("VALID");
    expect(await codeOf(secret, { api: own.call })).toBe("GROUP_DENIED");
    const permissions = await world.latchkey.permissions.list({ tokenId: token.id });
    expect(permissions.nodes).toMatchObject([{ api: { id: scope.api.id }, grantedBy: [{ kind: "SCOPE" }] }]);
  });

  it("takes from its tokens at once what is taken from the client", async () => {
    const { client, own, scope, secret, token } = await seedToken(world);
    await world.latchkey.clients.removeScopes({ clientId: client.id, scopeIds: [scope.id] });
    expect(await codeOf(secret, { api: scope.call })).toBe("GROUP_DENIED");
    expect((await world.latchkey.tokens.get(token.id)).scopes).toEqual([]);
    expect((await world.latchkey.permissions.list({ tokenId: token.id })).nodes).toMatchObject([
      { api: { id: own.api.id }, grantedBy: [{ kind: "GROUP", name: own.group.name }] },
    ]);
    await world.latchkey.clients.removeGroups({ clientId: client.id, groupIds: [own.group.id] });
    expect(await codeOf(secret, { api: own.call })).toBe("GROUP_DENIED");
    expect(await codeOf(secret)).toBe("VALID");
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    expect(await codeOf(secret, { api: scope.call })).toBe("VALID");
  });

  it("gives a refresh token besides where the settings have it, both as long and as often as they say", async () => {
    const { token, secret, refreshSecret, client } = await seedToken(world, {
      grantTypes: ["CLIENT_CREDENTIALS", "REFRESH_TOKEN"],
      accessTokenValidity: { amount: 2, unit: "HOUR" },
      accessTokenUses: 7,
      refreshTokenValidity: { amount: 30, unit: "SECOND" },
      refreshTokenUses: 4,
    });
    expect(refreshSecret).toMatch(/^lk_rt_[0-9A-Za-z]{50}$/);
    const { nodes } = await world.latchkey.tokens.list({ clientId: client.clientId, filter: { kind: "REFRESH" } });
    const createdMs = Date.parse(token.createdAt);
    expect(token).toMatchObject({ usesMax: 7, usesLeft: 7 });
    expect(Date.parse(token.expiresAt) - createdMs).toBe(7_200_000);
    expect(nodes).toMatchObject([{ familyId: token.familyId, usesMax: 4, usesLeft: 4, status: "ACTIVE" }]);
    expect(Date.parse(nodes[0]?.expiresAt ?? "") - createdMs).toBe(30_000);
    expect(await codeOf(secret)).toBe("VALID");
    expect(await codeOf(String(refreshSecret))).toBe("NOT_FOUND");
    world.moveClock(30_000);
    expect((await world.latchkey.tokens.get(nodes[0]?.id ?? "")).status).toBe("EXPIRED");
  });

  it("is refused with one answer for whatever is wrong with the client's credentials, and counts what failed", async () => {
    const { client, credentials } = await seedTokenClient(world);
    const disabled = await seedTokenClient(world);
    await world.latchkey.clients.setStatus({ clientId: disabled.client.id, status: "DISABLED" });
    const answers = [
      await generate({ ...credentials, clientSecret: "a-wrong-pass-phrase" }),
      await generate({ ...credentials, clientId: "nobody" }),
      await generate({ ...credentials, clientId: ABSENT }),
      await generate({ ...credentials, clientId: client.id, clientSecret: "a-wrong-pass-phrase" }),
      await generate(disabled.credentials),
    ];
    for (const answer of answers) {
      expect(refusalIn(answer)).toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ path: "clientId" }, { path: "clientSecret" }],
      });
      expect(answer.errors[0]?.message).toBe(answers[0]?.errors[0]?.message);
    }
    expect((await world.latchkey.clients.get({ id: client.id })).signInPolicy.failedSignIns).toBe(2);
    expect((await generate({ ...credentials, clientId: client.id })).errors).toEqual([]);
    expect((await world.latchkey.clients.get({ id: client.id })).signInPolicy.failedSignIns).toBe(0);

    await failSignIns(world, client.clientId, 3);
    expect(refusalIn(await generate(credentials)).code).toBe("INVALID_INPUT");
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "ENABLED" });
    expect((await generate(credentials)).errors).toEqual([]);
  });

  it("is refused with the field that is wrong, and with the remedy where the settings do not allow it", async () => {
    const { credentials, scope, client } = await seedTokenClient(world);
    const foreign = await seedTokenClient(world);
    expectInvalid(await generate({ ...credentials, scopes: [scope.name, foreign.scope.name] }), "scopes.1");
    expectInvalid(await generate({ ...credentials, scopes: [unique("none")] }), "scopes.0");
    expectInvalid(await generate({ ...credentials, scopes: [scope.name, scope.name] }), "scopes");
    expectInvalid(await generate({ ...credentials, scopes: null }), "scopes");
    expectInvalid(await generate({ ...credentials, save: null }), "save");
    expectInvalid(await generate({ ...credentials, clientId: "no such" }), "clientId");
    expectInvalid(await generate({ ...credentials, clientSecret: "" }), "clientSecret");
    expectInvalid(await generate({ ...credentials, clientSecret: "x".repeat(129) }), "clientSecret");
    expectInvalid(await generate({ clientId: credentials.clientId }), "clientSecret");
    await world.latchkey.clients.updateTokenSettings({ clientId: client.id, grantTypes: ["REFRESH_TOKEN"] });
    const answer = await generate(credentials);
    expectConflict(answer, "clientId");
    expect(answer.errors[0]?.message).toContain("updateTokenSettings");
  });

  it("is for administrators, operators, and a client for itself: any other is to it like none", async () => {
    const { client, credentials } = await seedTokenClient(world);
    const foreign = await seedTokenClient(world);
    await expectKeptOut(world, generate, credentials, ["AUDITOR", "MEMBER"]);
    const operator = await seedUser(world, "OPERATOR");
    expect((await generate(credentials, operator.token)).errors).toEqual([]);
    const token = await signIn(world, client.clientId);
    for (const clientId of [client.clientId, client.id, client.id.toUpperCase()]) {
      expect((await generate({ ...credentials, clientId }, token)).errors).toEqual([]);
    }
    const own = await generate({ ...credentials, clientSecret: "a-wrong-pass-phrase" }, token);
    for (const clientId of [foreign.client.clientId, foreign.client.id, "nobody", ABSENT]) {
      const answer = await generate({ ...foreign.credentials, clientId }, token);
      expect(answer.errors[0]?.extensions).toEqual(own.errors[0]?.extensions);
    }
    expect((await eventsAbout(world, foreign.client.id, "signIn.failed")).length).toBe(0);
  });

  it("is no way around the limit of passwords that are checked at once", async () => {
    const { client, credentials } = await seedTokenClient(world);
    await world.latchkey.accounts.setSignInPolicy({ clientId: client.id, threshold: 100 });
    const wrong = { ...credentials, clientSecret: "a-wrong-pass-phrase" };
    const answers = await Promise.all(Array.from({ length: FLOOD }, () => generate(wrong, world.token)));
    const served = answers.filter(({ status }) => status === 200);
    const turnedAway = answers.filter(({ status }) => status === 429);
    expect(served.length + turnedAway.length).toBe(FLOOD);
    expect(turnedAway.length).toBeGreaterThan(0);
    for (const answer of turnedAway) expect(refusalIn(answer).code).toBe("RATE_LIMITED");
    expect((await world.latchkey.clients.get({ id: client.id })).signInPolicy.failedSignIns).toBe(served.length);
  });
});
