import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { eventsAbout, signIn } from "../support/accounts.js";
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
import { FAR, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { seedToken, seedTokenClient } from "./seed-token.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const HOUR_MS = 3_600_000;
const BOTH = { grantTypes: ["CLIENT_CREDENTIALS", "REFRESH_TOKEN"] } as const;
const because = { reason: "The partner lost it" };

describe("tokens", () => {
  let world: World;
  let revoke: Mutation;
  let revokeMany: Mutation;
  let reveal: Mutation;

  before(async () => {
    world = await startWorld({ LOG_LEVEL: "trace" });
    revoke = mutationOf(world, "revokeToken", "RevokeTokenInput", "{ id status revokedAt revokedBy revocationReason }");
    revokeMany = mutationOf(world, "revokeTokens", "RevokeTokensInput", "{ revokedCount }");
    reveal = mutationOf(world, "revealToken", "RevealTokenInput", "{ secret refreshSecret token { id saved } }");
  });

  after(() => world.stop());

  const codeOf = async (credential: string) => (await world.latchkey.verify({ credential })).code;
  const tokenOf = (world: World, id: string, credential: string) =>
    world.graphql("query ($id: ID!) { token(id: $id) { id } }", { id }, credential);
  const sealedOf = async (clientId: string): Promise<number> => {
    const { rows } = await world.database.query(
      `select count(t.sealed)::int as count from tokens t join token_families f on f.id = t.family_id
       where f.client_id = $1`,
      [clientId],
    );
    return rows[0].count;
  };

  it("are listed by client, kind, grant, family, status and text, ordered and paged", async () => {
    const { client, credentials, token } = await seedToken(world, { ...BOTH, accessTokenUses: 1 });
    const saved = await world.latchkey.tokens.generate({ ...credentials, save: true });
    const used = await world.latchkey.tokens.generate(credentials);
    const gone = await world.latchkey.tokens.generate(credentials);
    await codeOf(used.secret);
    await world.latchkey.tokens.revoke({ id: gone.token.id });
    const ids = async (query: Parameters<Latchkey["tokens"]["list"]>[0]) =>
      (await world.latchkey.tokens.list({ clientId: client.clientId, ...query })).nodes.map(({ id }) => id);

    const all = await world.latchkey.tokens.list({ clientId: client.id, first: 3 });
    expect([all.totalCount, all.nodes.length, all.pageInfo.hasNextPage]).toEqual([8, 3, true]);
    const rest = await ids({ after: all.pageInfo.endCursor });
    expect([...all.nodes.map(({ id }) => id), ...rest]).toEqual(await ids({}));
    const access = await ids({ filter: { kind: "ACCESS" } });
    expect(access).toEqual([gone.token.id, used.token.id, saved.token.id, token.id]);
    expect(await ids({ filter: { status: "REVOKED" } })).toEqual([gone.token.id]);
    expect(await ids({ filter: { status: "USES_EXHAUSTED" } })).toEqual([used.token.id]);
    expect(await ids({ filter: { status: "ACTIVE", kind: "ACCESS" } })).toEqual([saved.token.id, token.id]);
    expect(await ids({ filter: { status: "EXPIRED" } })).toEqual([]);
    expect(await ids({ filter: { status: "REPLACED" } })).toEqual([]);
    expect((await ids({ filter: { saved: true } })).length).toBe(2);
    expect((await ids({ filter: { familyId: saved.token.familyId } })).length).toBe(2);
    expect(await ids({ filter: { grantType: "AUTHORIZATION_CODE" } })).toEqual([]);
    expect((await ids({ filter: { grantType: "CLIENT_CREDENTIALS" } })).length).toBe(8);
    expect(await ids({ search: token.lookupId.toUpperCase() })).toEqual([token.id]);
    expect((await world.latchkey.tokens.list({ search: client.clientId })).totalCount).toBe(8);
    for (const field of ["CREATED_AT", "EXPIRES_AT", "LAST_ACCESSED_AT"] as const) {
      const orderBy = { field, direction: "ASC" } as const;
      const every: string[] = [];
      for await (const { id } of world.latchkey.tokens.all({ clientId: client.id, orderBy })) every.push(id);
      expect([...every].sort()).toEqual([...(await ids({}))].sort());
    }
    expect(await ids({ clientId: "nobody" })).toEqual([]);

    const document = `query ($id: ID!) { client(id: $id) { tokens(first: 2) {
      totalCount pageInfo { endCursor } edges { node { id status clientId client { id } user { id } } } } } }`;
    const { data, errors } = await world.graphql(document, { id: client.id });
    expect(errors).toEqual([]);
    const { tokens } = data.client;
    expect(tokens.totalCount).toBe(8);
    const first = tokens.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect([...first, ...(await ids({ after: tokens.pageInfo.endCursor }))]).toEqual(await ids({}));
  });

  it("are told with their last use", async () => {
    const { token, secret, own } = await seedToken(world);
    const address = "203.0.113.9";
    expect((await world.latchkey.verify({ credential: secret, api: own.call, address })).code).toBe("VALID");
    await until("the use to be noted", async () => {
      const now = await world.latchkey.tokens.get(token.id);
      return now.lastAccessedFrom === address && now.lastAccessedApi?.id === own.api.id && now.lastAccessedAt !== null;
    });
  });

  it("are revoked one by one, with who, when and why; revoking again changes nothing and leaves no event", async () => {
    const { token, secret, credentials } = await seedToken(world);
    const other = await world.latchkey.tokens.generate(credentials);
    const { data } = await revoke({ id: token.id, ...because });
    expect(data.revokeToken).toEqual({
      id: token.id,
      status: "REVOKED",
      revokedAt: expect.any(String),
      revokedBy: "admin",
      revocationReason: because.reason,
    });
    expect((await revoke({ id: token.id, reason: "Second" })).data).toEqual(data);
    expect([await codeOf(secret), await codeOf(other.secret)]).toEqual(["REVOKED", "VALID"]);
    expect(await eventsAbout(world, token.id, "token.revoked")).toMatchObject([
      { reason: because.reason, before: { revokedAt: null }, after: { revokedAt: data.revokeToken.revokedAt } },
    ]);
  });

  it("are revoked by grant and by client, in one event, if they are as many as expected", async () => {
    const { client, token, secret, credentials } = await seedToken(world, BOTH, { save: true });
    const second = await world.latchkey.tokens.generate({ ...credentials, save: true });
    const third = await world.latchkey.tokens.generate(credentials);
    const other = await seedToken(world);
    expect(await sealedOf(client.id)).toBe(4);

    expectConflict(await revokeMany({ familyId: token.familyId, expectedCount: 1 }), "expectedCount");
    expect(await codeOf(secret)).toBe("VALID");
    const { tokens } = world.latchkey;
    expect(await tokens.revokeAll({ familyId: token.familyId, expectedCount: 2, ...because })).toBe(2);
    expect(await tokens.get(token.id)).toMatchObject({
      status: "REVOKED",
      revokedBy: "admin",
      revocationReason: because.reason,
    });
    expect([await codeOf(secret), await codeOf(second.secret)]).toEqual(["REVOKED", "VALID"]);
    expect(await sealedOf(client.id)).toBe(2);
    expect(await lastEventAbout(world, token.familyId)).toMatchObject({
      event: "tokenFamily.revoked",
      targetKind: "TokenFamily",
      reason: because.reason,
      after: { families: 1, tokens: 2 },
    });
    expect(await tokens.revokeAll({ familyId: token.familyId })).toBe(0);

    expect(await tokens.revokeAll({ clientId: client.clientId, ...because })).toBe(4);
    expect([await codeOf(second.secret), await codeOf(third.secret)]).toEqual(["REVOKED", "REVOKED"]);
    expect(await codeOf(other.secret)).toBe("VALID");
    expect(await sealedOf(client.id)).toBe(0);
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.tokensRevoked",
      targetKind: "Client",
      after: { families: 2, tokens: 4 },
    });
    expect(await tokens.revokeAll({ clientId: client.id, expectedCount: 0 })).toBe(0);
  });

  it("that are saved are shown again, with a reason that the audit keeps, as long as they are in force", async () => {
    const { client, token, secret, refreshSecret, credentials } = await seedToken(world, BOTH, { save: true });
    expect(token.saved).toBe(true);
    const shown = await world.latchkey.tokens.reveal({ id: token.id, ...because });
    expect(shown).toMatchObject({ secret, refreshSecret: null, token: { id: token.id } });
    expect(await lastEventAbout(world, token.id)).toMatchObject({
      event: "token.revealed",
      reason: because.reason,
      after: { lookupId: token.lookupId },
    });
    const filter = { familyId: token.familyId, kind: "REFRESH" } as const;
    const [refresh] = (await world.latchkey.tokens.list({ filter })).nodes;
    expect((await reveal({ id: refresh?.id, ...because })).data.revealToken.secret).toBe(refreshSecret);

    const unsaved = await world.latchkey.tokens.generate(credentials);
    expectConflict(await reveal({ id: unsaved.token.id, ...because }), "id");
    await world.latchkey.tokens.revoke({ id: token.id });
    expectConflict(await reveal({ id: token.id, ...because }), "id");
    expect(await sealedOf(client.id)).toBe(1);
    expectInvalid(await reveal({ id: refresh?.id }), "reason");
    expectInvalid(await reveal({ id: refresh?.id, reason: " " }), "reason");
    expectInvalid(await reveal({ id: "nonsense", ...because }), "id");

    const brief = await seedToken(world, { accessTokenValidity: { amount: 1, unit: "HOUR" } }, { save: true });
    world.moveClock(HOUR_MS);
    expectConflict(await reveal({ id: brief.token.id, ...because }), "id");
    await until("the job that erases", async () => (await sealedOf(brief.client.id)) === 0);
    expect(await sealedOf(client.id)).toBe(1);
  });

  it("are shown to system administrators and their own client, and to nobody else, and lie nowhere in clear", async () => {
    const { client, token, secret } = await seedToken(world, undefined, { save: true });
    const own = await signIn(world, client.clientId);
    expect((await reveal({ id: token.id, ...because }, own)).data.revealToken.secret).toBe(secret);
    await expectKeptOut(world, reveal, { id: token.id, ...because }, ["OPERATOR", "AUDITOR", "MEMBER"]);
    expect(world.log.join("\n")).not.toContain(secret.slice(18));
    for (const table of ["tokens", "token_families", "audit_events", "notifications"]) {
      const { rows } = await world.database.query(`select count(*)::int as n from ${table} t where t::text like $1`, [
        `%${secret.slice(18)}%`,
      ]);
      expect({ table, found: rows[0].n }).toEqual({ table, found: 0 });
    }
  });

  it("that are absent and somebody else's are told by one answer", async () => {
    const { token, client } = await seedToken(world, undefined, { save: true });
    const stranger = await seedSignedInClient(world);
    expectNotFound(
      await revoke({ id: ABSENT }, stranger.token),
      await revoke({ id: token.id }, stranger.token),
      await revoke({ id: ABSENT }),
      await reveal({ id: ABSENT, ...because }, stranger.token),
      await reveal({ id: token.id, ...because }, stranger.token),
      await tokenOf(world, ABSENT, stranger.token),
      await tokenOf(world, token.id, stranger.token),
    );
    const rights = "query ($tokenId: ID!) { effectivePermissions(tokenId: $tokenId) { totalCount } }";
    expectNotFound(
      await world.graphql(rights, { tokenId: ABSENT }, stranger.token),
      await world.graphql(rights, { tokenId: token.id }, stranger.token),
    );
    expectNotFound(
      await revokeMany({ familyId: ABSENT }, stranger.token),
      await revokeMany({ familyId: token.familyId }, stranger.token),
    );
    expectNotFound(
      await revokeMany({ clientId: ABSENT }, stranger.token),
      await revokeMany({ clientId: client.id }, stranger.token),
    );
    expect((await stranger.latchkey.tokens.list({ clientId: client.id })).totalCount).toBe(0);
    expect((await world.latchkey.tokens.get(token.id)).status).toBe("ACTIVE");
    expectInvalid(await revoke({ id: "nonsense" }), "id");
    expectInvalid(await revoke({ id: token.id, reason: "x".repeat(501) }), "reason");
    for (const input of [{}, { clientId: client.id, familyId: token.familyId }]) {
      expect(refusalIn(await revokeMany(input)).fields?.map(({ path }) => path)).toEqual(["clientId", "familyId"]);
    }
  });

  it("are managed by administrators and operators, read by auditors, and a client sees and ends its own", async () => {
    const { client, token, secret } = await seedToken(world);
    await expectKeptOut(world, revoke, { id: token.id }, ["AUDITOR", "MEMBER"]);
    await expectKeptOut(world, revokeMany, { clientId: client.id }, ["AUDITOR", "MEMBER"]);
    const auditor = await seedUser(world, "AUDITOR");
    expect((await auditor.latchkey.tokens.get(token.id)).id).toBe(token.id);
    const member = await seedUser(world, "MEMBER");
    await expect(member.latchkey.tokens.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const own = new Latchkey({ url: world.url, credential: await signIn(world, client.clientId) });
    expect((await own.tokens.list()).nodes.map(({ id }) => id)).toEqual([token.id]);
    const operator = await seedUser(world, "OPERATOR");
    expect((await operator.latchkey.tokens.list({ clientId: client.id })).totalCount).toBe(1);
    expect(await own.tokens.revokeAll({ clientId: client.clientId })).toBe(1);
    expect(await codeOf(secret)).toBe("REVOKED");
  });

  it("are looked up by their text: whose they are, what has become of them, and what they may do", async () => {
    const { client, token, secret, refreshSecret, scope, own } = await seedToken(world, {
      ...BOTH,
      accessTokenUses: 1,
    });
    const found = await world.latchkey.keys.lookup(secret);
    expect(found).toMatchObject({
      kind: "ACCESS_TOKEN",
      status: "ACTIVE",
      apiKey: null,
      token: { id: token.id, scopes: [scope.name] },
      client: { clientId: client.clientId },
      user: null,
    });
    expect(found.permissions?.nodes.map(({ api }) => api.id).sort()).toEqual([own.api.id, scope.api.id].sort());
    expect(await lastEventAbout(world, token.id)).toMatchObject({
      event: "secret.lookedUp",
      targetKind: "Token",
      after: { lookupId: token.lookupId },
    });
    expect(await world.latchkey.keys.lookup(String(refreshSecret))).toMatchObject({
      kind: "REFRESH_TOKEN",
      token: { familyId: token.familyId },
    });
    await codeOf(secret);
    expect((await world.latchkey.keys.lookup(secret)).status).toBe("USES_EXHAUSTED");
    await world.latchkey.tokens.revokeAll({ clientId: client.id });
    expect((await world.latchkey.keys.lookup(secret)).status).toBe("REVOKED");
    const stranger = await seedSignedInClient(world);
    await expect(stranger.latchkey.keys.lookup(secret)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const member = await seedUser(world, "MEMBER");
    await expect(member.latchkey.keys.lookup(secret)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const explained = await world.latchkey.explainVerification({ credential: secret });
    expect(explained.verdict.code).toBe("REVOKED");
    expect(explained.checks.filter(({ outcome }) => outcome === "REFUSED").map(({ code }) => code)).toEqual([
      "REVOKED",
      "USES_EXHAUSTED",
    ]);
    expect(world.log.join("\n")).not.toContain(secret.slice(18));
  });

  it("are given up by whoever holds them; with a refresh token goes all that came of its grant", async () => {
    const { token, secret, refreshSecret, credentials } = await seedToken(world, BOTH);
    const stranger = new Latchkey({ url: world.url });
    const other = await world.latchkey.tokens.generate(credentials);
    expect(await stranger.keys.surrender({ secret, reason: "Found in a log" })).toMatchObject({
      kind: "ACCESS_TOKEN",
      id: token.id,
      status: "REVOKED",
      revokedBy: `holder of ${token.lookupId}`,
      revocationReason: "Found in a log",
    });
    expect(await codeOf(secret)).toBe("REVOKED");
    expect((await world.latchkey.keys.lookup(String(refreshSecret))).status).toBe("ACTIVE");
    const given = await stranger.keys.surrender({ secret: String(other.refreshSecret) });
    expect(given).toMatchObject({ kind: "REFRESH_TOKEN", status: "REVOKED" });
    expect(await codeOf(other.secret)).toBe("REVOKED");
    await expect(stranger.keys.surrender({ secret: secret.replace("_at_", "_rt_") })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await world.database.query("update tokens set replaced_at = now() where family_id = $1 and kind = 'REFRESH'", [
      token.familyId,
    ]);
    await expect(stranger.keys.surrender({ secret: String(refreshSecret) })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("stand beside the keys of their client on the operations screen", async () => {
    const { client, own, token } = await seedToken(world);
    await world.latchkey.keys.create({
      clientId: client.id,
      name: unique("key"),
      expiresAt: FAR,
      groupIds: [own.group.id],
    });
    const { nodes } = await world.latchkey.records.list({ search: client.clientId });
    expect(nodes).toMatchObject([{ clientId: client.clientId, tokens: { totalCount: 1, nodes: [{ id: token.id }] } }]);
  });

  it("go with their client, which is told before", async () => {
    const { client, secret } = await seedToken(world, BOTH);
    await expect(world.latchkey.clients.delete({ id: client.id })).rejects.toMatchObject({
      message: expect.stringContaining("takes 0 keys, 2 tokens and 0 sessions with it"),
    });
    expect(await codeOf(secret)).toBe("VALID");
    await world.latchkey.clients.delete({ id: client.id, confirm: true });
    expect(await codeOf(secret)).toBe("NOT_FOUND");
    expect(await lastEventAbout(world, client.id)).toMatchObject({ event: "client.deleted", before: { tokens: 2 } });
  });

  it("keep the version of the key ring that they are recognised by from being taken away", async () => {
    const old = `1:${Buffer.alloc(32, 1).toString("base64")}`;
    const grown = `${old},2:${Buffer.alloc(32, 2).toString("base64")}`;
    const alone = `2:${Buffer.alloc(32, 2).toString("base64")}`;
    let databaseUrl = "";
    const before = await startWorld({ LATCHKEY_KEY_RING: old }, (url) => {
      databaseUrl = url;
      return url;
    });
    const way = () => databaseUrl;
    try {
      const { client, token, secret } = await seedToken(before, undefined, { save: true });
      const after = await startWorld({ LATCHKEY_KEY_RING: grown }, way);
      try {
        const first = async () => (await after.latchkey.system.keyRing())[0];
        expect(await first()).toMatchObject({ version: 1, tokensInForce: 1, sealedSecrets: 1, removable: false });
        after.moveClock(HOUR_MS);
        await until("the saved token to be sealed anew", async () => (await first())?.sealedSecrets === 0);
        expect((await after.latchkey.tokens.reveal({ id: token.id, ...because })).secret).toBe(secret);
        await expect(startWorld({ LATCHKEY_KEY_RING: alone }, way)).rejects.toThrow("lacks version 1");
        await after.latchkey.tokens.revokeAll({ clientId: client.id });
        expect(await first()).toMatchObject({ tokensInForce: 0 });
      } finally {
        await after.stop();
      }
    } finally {
      await before.stop();
    }
  });

  it("are revoked with those that are being issued meanwhile", async () => {
    const { client, credentials } = await seedTokenClient(world);
    const generated = Array.from({ length: 10 }, () => world.latchkey.tokens.generate(credentials));
    const first = await Promise.race(generated);
    await world.latchkey.tokens.revokeAll({ clientId: client.id });
    const answered = await Promise.all(generated);
    const { nodes } = await world.latchkey.tokens.list({ clientId: client.id });
    const revoked = new Set(nodes.filter(({ status }) => status === "REVOKED").map(({ id }) => id));
    for (const { token, secret } of answered) {
      expect(await codeOf(secret)).toBe(revoked.has(token.id) ? "REVOKED" : "VALID");
    }
    expect(revoked.has(first.token.id)).toBe(true);
  });
});
