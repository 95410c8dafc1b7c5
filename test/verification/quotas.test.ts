import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { FAR, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { codesAtOnce, first, seedLimitedKey } from "./limited-key.js";

const total = (limit: number) => ({ limit, period: "TOTAL" }) as const;

describe("a quota", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const verify = (credential: string, demand = {}) => world.latchkey.verify({ credential, ...demand });
  const codes = async (credential: string, calls: number, demand = {}) => {
    const answers: string[] = [];
    for (let call = 0; call < calls; call++) answers.push((await verify(credential, demand)).code);
    return answers;
  };
  /** An explanation tells what the call would leave. */
  const left = async (credential: string) => {
    const { verdict } = await world.latchkey.explainVerification({ credential });
    return (verdict.quota?.remaining ?? -1) + 1;
  };
  const createKey = async ({ client, group }: Awaited<ReturnType<typeof seedLimitedKey>>) =>
    world.latchkey.keys.create({ clientId: client.id, name: unique("k"), expiresAt: FAR, groupIds: [group.id] });

  it("of a client is shared by all of its keys, and every answer says what remains", async () => {
    const seeded = await seedLimitedKey(world, { quota: total(3) });
    const { secret: other } = await createKey(seeded);
    const answers = [await verify(seeded.secret), await verify(other), await verify(seeded.secret)];
    expect(answers.map((verdict) => verdict.valid && verdict.quota)).toEqual(
      [2, 1, 0].map((left) => ({ limit: 3, remaining: left, resetsAt: null })),
    );
    for (const credential of [seeded.secret, other]) {
      expect(await verify(credential)).toEqual({
        valid: false,
        code: "QUOTA_EXCEEDED",
        message: expect.stringContaining("never"),
        requestId: expect.any(String),
        rateLimit: null,
        quota: { limit: 3, remaining: 0, resetsAt: null },
      });
    }
  });

  it("of a key is that key's alone", async () => {
    const seeded = await seedLimitedKey(world, {}, { quota: total(1) });
    const { secret: other } = await createKey(seeded);
    expect(await codes(seeded.secret, 2)).toEqual(["VALID", "QUOTA_EXCEEDED"]);
    expect(await verify(other)).toMatchObject({ code: "VALID", quota: null });
  });

  it("must have room beside another one, and neither is used when one has none", async () => {
    const seeded = await seedLimitedKey(world, { quota: total(4) }, { quota: total(2) });
    const { secret: other } = await createKey(seeded);
    expect(await verify(seeded.secret)).toMatchObject({ quota: { limit: 2, remaining: 1 } });
    expect(await codes(seeded.secret, 4)).toEqual(first(1, "VALID", 3, "QUOTA_EXCEEDED"));
    // What the key's own quota has refused was not taken from its client's.
    expect(await codes(other, 3)).toEqual(["VALID", "VALID", "QUOTA_EXCEEDED"]);

    await world.latchkey.keys.update({ id: seeded.apiKey.id, quota: total(5) });
    expect(await codes(seeded.secret, 3)).toEqual(first(3, "QUOTA_EXCEEDED", 0, ""));
    await world.latchkey.clients.update({ id: seeded.client.id, quota: total(100) });
    // Nor the other way round: three of five are left.
    expect(await codes(seeded.secret, 4)).toEqual(first(3, "VALID", 1, "QUOTA_EXCEEDED"));
  });

  it("is told by the one of two that is nearest to its end", async () => {
    const { secret } = await seedLimitedKey(world, { quota: total(5) }, { quota: total(9) });
    expect(await verify(secret)).toMatchObject({ quota: { limit: 5, remaining: 4 } });
    expect(await verify(secret, { cost: 4 })).toMatchObject({ quota: { limit: 5, remaining: 0 } });
  });

  it("is used by a call's cost, and refuses one that costs more than is left", async () => {
    const { secret } = await seedLimitedKey(world, { quota: total(10) });
    expect(await verify(secret, { cost: 7 })).toMatchObject({ code: "VALID", quota: { remaining: 3 } });
    expect(await verify(secret, { cost: 4 })).toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await verify(secret, { cost: 1_000_000 })).toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await verify(secret, { cost: 3 })).toMatchObject({ code: "VALID", quota: { remaining: 0 } });
    expect(await verify(secret)).toMatchObject({ code: "QUOTA_EXCEEDED" });
  });

  for (const cost of [0, -1, 1.5, 1_000_001, "1"]) {
    it(`takes ${JSON.stringify(cost)} for no cost, and names the field`, async () => {
      const { secret: credential } = await seedLimitedKey(world, { quota: total(10) });
      for (const [path, body, field] of [
        ["/v1/verify", { credential, cost }, "cost"],
        ["/v1/verify/batch", { requests: [{ credential }, { credential, cost }] }, "requests.1.cost"],
      ] as const) {
        const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
        const response = await world.fetch(path, init);
        const problem = await response.json();
        expect(response.status).toBe(400);
        expect(problem).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: field }] });
      }
      const document = "mutation ($input: VerifyCredentialInput!) { verifyCredential(input: $input) { code } }";
      const refusal = refusalIn(await world.graphql(document, { input: { credential, cost } }));
      expect(refusal).toMatchObject({ code: "INVALID_INPUT" });
      expect(refusal.fields?.map(({ path }) => path.replace(/^input\./, ""))).toEqual(["cost"]);
      expect(await left(credential)).toBe(10);
    });
  }

  it("is not used by a call that another check refuses", async () => {
    const { secret, apiKey, client } = await seedLimitedKey(world, { quota: total(2) });
    expect(await codes(secret, 3, { groups: ["none"] })).toEqual(first(3, "GROUP_DENIED", 0, ""));
    expect(await codes(secret, 3, { api: { method: "GET", path: "/nowhere" } })).toEqual(
      first(3, "API_UNKNOWN", 0, ""),
    );
    await world.latchkey.keys.disable(apiKey.id);
    expect(await codes(secret, 3)).toEqual(first(3, "DISABLED", 0, ""));
    await world.latchkey.keys.enable(apiKey.id);
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    expect(await codes(secret, 3)).toEqual(first(3, "OWNER_DISABLED", 0, ""));
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "ENABLED" });
    expect(await codes(secret, 3)).toEqual(first(2, "VALID", 1, "QUOTA_EXCEEDED"));
  });

  it("is not used by calls beyond the limit of calls per second", async () => {
    const { secret } = await seedLimitedKey(world, { quota: total(1_000), tpsPerNode: 3 });
    const answers = await codesAtOnce(world, 20, { credential: secret });
    expect(answers).toEqual(first(3, "VALID", 17, "RATE_LIMITED"));
    world.moveClock(1_000);
    expect(await left(secret)).toBe(997);
  });

  it("keeps its count when it is raised or lowered, and begins anew with another period", async () => {
    const { secret, client } = await seedLimitedKey(world, { quota: total(2) });
    const change = (quota: Parameters<typeof world.latchkey.clients.update>[0]["quota"]) =>
      world.latchkey.clients.update({ id: client.id, quota });
    expect(await codes(secret, 3)).toEqual(["VALID", "VALID", "QUOTA_EXCEEDED"]);
    await change(total(4));
    expect(await verify(secret)).toMatchObject({ quota: { limit: 4, remaining: 1 } });
    await change(total(1));
    expect(await codes(secret, 1)).toEqual(["QUOTA_EXCEEDED"]);
    await change({ limit: 1, period: "MONTH" });
    expect(await codes(secret, 2)).toEqual(["VALID", "QUOTA_EXCEEDED"]);
    await change(null);
    expect(await verify(secret)).toMatchObject({ code: "VALID", quota: null });
  });

  it("goes on through a rotation, with both secrets", async () => {
    const { secret: old, apiKey } = await seedLimitedKey(world, {}, { quota: total(4) });
    expect(await codes(old, 1)).toEqual(["VALID"]);
    const { secret: renewed } = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 3_600 });
    expect(await verify(renewed)).toMatchObject({ quota: { limit: 4, remaining: 2 } });
    expect(await verify(old)).toMatchObject({ quota: { limit: 4, remaining: 1 } });
    expect(await codes(renewed, 2)).toEqual(["VALID", "QUOTA_EXCEEDED"]);
    expect(await codes(old, 1)).toEqual(["QUOTA_EXCEEDED"]);
  });

  it("is metered and told over GraphQL as well", async () => {
    const { secret: credential } = await seedLimitedKey(world, {}, { quota: { limit: 2, period: "DAY" } });
    const verdict = await world.latchkey.verifyCredential({ credential, cost: 2 });
    expect(verdict.quota).toEqual({
      limit: 2,
      remaining: 0,
      resetsAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
    });
    const refused = await world.latchkey.verifyCredential({ credential });
    expect(refused).toMatchObject({ valid: false, code: "QUOTA_EXCEEDED", quota: verdict.quota });
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
  });
});
