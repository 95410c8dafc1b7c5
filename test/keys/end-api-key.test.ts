import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import {
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("ending a key", () => {
  let world: World;
  let revoke: Mutation;
  let disable: Mutation;
  let enable: Mutation;
  let surrender: Mutation;

  before(async () => {
    world = await startWorld();
    revoke = mutationOf(
      world,
      "revokeApiKey",
      "RevokeApiKeyInput",
      "{ id status revokedAt revokedBy revocationReason }",
    );
    disable = mutationOf(world, "disableApiKey", "ApiKeyReference", "{ id status }");
    enable = mutationOf(world, "enableApiKey", "ApiKeyReference", "{ id status }");
    surrender = mutationOf(
      world,
      "surrenderSecret",
      "SurrenderSecretInput",
      "{ id status revokedBy revocationReason }",
    );
  });

  after(() => world.stop());

  const codeOf = async (secret: string) => (await world.latchkey.verify({ credential: secret })).code;

  it("a revoked key is refused at once; its row stays, with who, when and why", async () => {
    const { apiKey, secret } = await seedKey(world);
    const { data } = await revoke({ id: apiKey.id, reason: "Leaked" });
    expect(data.revokeApiKey).toMatchObject({
      status: "REVOKED",
      revokedBy: "admin",
      revocationReason: "Leaked",
      revokedAt: expect.any(String),
    });
    expect(await codeOf(secret)).toBe("REVOKED");
    expect(await world.latchkey.keys.get(apiKey.id)).toMatchObject({ status: "REVOKED", revocationReason: "Leaked" });
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.revoked",
      reason: "Leaked",
      actorName: "admin",
    });
  });

  it("revoking again changes nothing, and leaves no event", async () => {
    const { apiKey } = await seedKey(world);
    const first = await revoke({ id: apiKey.id, reason: "First" });
    const { latchkey } = await seedUser(world, "OPERATOR");
    const second = await latchkey.keys.revoke({ id: apiKey.id, reason: "Second" });
    expect(second).toMatchObject(first.data.revokeApiKey);
    const { totalCount } = await world.latchkey.audit.list({
      filter: { targetId: apiKey.id, event: "apiKey.revoked" },
    });
    expect(totalCount).toBe(1);
  });

  it("a disabled key is refused until it is enabled; a revoked one stays revoked", async () => {
    const { apiKey, secret } = await seedKey(world);
    expect((await disable({ id: apiKey.id })).data.disableApiKey.status).toBe("DISABLED");
    expect(await codeOf(secret)).toBe("DISABLED");
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.disabled",
      before: { disabledAt: null },
    });
    await disable({ id: apiKey.id });
    expect((await enable({ id: apiKey.id })).data.enableApiKey.status).toBe("ACTIVE");
    expect(await codeOf(secret)).toBe("VALID");
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.enabled",
      after: { disabledAt: null },
    });
    await revoke({ id: apiKey.id });
    expect((await enable({ id: apiKey.id })).data.enableApiKey.status).toBe("REVOKED");
    expect(await codeOf(secret)).toBe("REVOKED");
  });

  it("whoever holds a secret gives it up by presenting it, signed in or not", async () => {
    const { apiKey, secret } = await seedKey(world);
    const { data } = await surrender({ secret, reason: "Found in a repository" }, null);
    expect(data.surrenderSecret).toMatchObject({
      id: apiKey.id,
      status: "REVOKED",
      revocationReason: "Found in a repository",
      revokedBy: expect.stringContaining(apiKey.lookupId),
    });
    expect(await codeOf(secret)).toBe("REVOKED");
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "apiKey.revoked",
      actorKind: "SYSTEM",
      reason: "Found in a repository",
    });
    expect(world.log.join()).not.toContain(secret);
  });

  it("nothing is given up by a secret that is none, or of another kind, or altered", async () => {
    const { secret } = await seedKey(world);
    const altered = secret.slice(0, 30) + (secret[30] === "A" ? "B" : "A") + secret.slice(31);
    expectNotFound(
      await surrender({ secret: "nonsense" }, null),
      await surrender({ secret: altered }, null),
      await surrender({ secret: world.token }, null),
    );
    expectInvalid(await surrender({ secret: "x".repeat(501) }, null), "secret");
    expect(await codeOf(secret)).toBe("VALID");
  });

  it("auditors, signed-in clients and strangers end no key", async () => {
    const { apiKey } = await seedKey(world);
    for (const mutation of [revoke, disable, enable])
      await expectKeptOut(world, mutation, { id: apiKey.id }, ["AUDITOR"]);
    const { token } = await seedSignedInClient(world);
    expect(refusalIn(await revoke({ id: apiKey.id }, token)).code).toBe("FORBIDDEN");
  });

  it("an absent key and somebody else's give one answer", async () => {
    const { apiKey } = await seedKey(world);
    const member = await seedUser(world, "MEMBER");
    const other = await seedUser(world, "MEMBER");
    const own = (await other.latchkey.keys.create({ name: unique("own") })).apiKey;
    for (const mutation of [revoke, disable, enable]) {
      expectNotFound(
        await mutation({ id: ABSENT }, member.token),
        await mutation({ id: apiKey.id }, member.token),
        await mutation({ id: own.id }, member.token),
        await mutation({ id: ABSENT }),
      );
      expectInvalid(await mutation({ id: "nonsense" }), "id");
    }
    const operator = await seedUser(world, "OPERATOR");
    expectNotFound(await revoke({ id: own.id }, operator.token));
    expect((await revoke({ id: own.id }, other.token)).errors).toEqual([]);
    expectInvalid(await revoke({ id: apiKey.id, reason: "x".repeat(501) }), "reason");
  });
});
