import { createHash, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { FAR, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { type CountedLookUps, countLookUps } from "./counted-look-ups.js";
import { forgeSecret } from "./forged-secret.js";
import { seedLimitedKey } from "./limited-key.js";

const FLOOD = 5_000;
const IN_BATCH = 100;

describe("forged secrets", () => {
  let world: World;
  let lookUps: CountedLookUps;

  before(async () => {
    lookUps = await countLookUps();
    world = await startWorld({}, (url) => lookUps.way.urlTo(url));
  });

  after(async () => {
    await world.stop();
    lookUps.way.close();
  });

  const codeOf = async (credential: string) => (await world.latchkey.verify({ credential })).code;
  const costOf = async (ask: () => Promise<unknown>) => {
    const before = lookUps.count;
    await ask();
    return lookUps.count - before;
  };
  /** All that a caller sees, but for what is of the request alone. */
  const seenOf = async (secret: string) => {
    const verified = await world.fetch("/v1/verify", { method: "POST", headers: { "x-api-key": secret } });
    const authorized = await world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
    const answers = [];
    for (const response of [verified, authorized]) {
      const { requestId: _, ...body } = (await response.json()) as { requestId: string };
      const headers = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
      answers.push({ status: response.status, headers, body });
    }
    return answers;
  };

  it("cost no look-up when they cannot be a key's", async () => {
    const real = (await seedKey(world)).secret;
    const cost = await costOf(async () => {
      for (const forged of [
        forgeSecret().slice(0, -1),
        `${forgeSecret().slice(0, -1)}-`,
        real.slice(0, -1) + (real.endsWith("0") ? "1" : "0"),
        "nonsense",
        `sk_live_${randomBytes(18).toString("base64url")}`,
      ]) {
        expect({ forged, code: await codeOf(forged) }).toEqual({ forged, code: "MALFORMED" });
      }
      expect(await codeOf(world.token)).toBe("NOT_FOUND");
    });
    expect(cost).toBe(0);
  });

  it("of an unknown id cost one look-up when first seen, and none again", async () => {
    const forged = forgeSecret();
    expect(await costOf(async () => expect(await codeOf(forged)).toBe("NOT_FOUND"))).toBe(1);
    const again = await costOf(async () => {
      for (let time = 0; time < 20; time++) expect(await codeOf(forged)).toBe("NOT_FOUND");
      // Nor does another secret under the same id.
      expect(await codeOf(forgeSecret(forged.slice(7, 19)))).toBe("NOT_FOUND");
    });
    expect(again).toBe(0);
  });

  it("of a key's id cost one look-up, then for a while none, whether the key is in memory or not", async () => {
    for (const inMemory of [false, true]) {
      const { secret, apiKey } = await seedKey(world);
      if (inMemory) expect(await codeOf(secret)).toBe("VALID");
      const forged = forgeSecret(apiKey.lookupId);
      const first = await costOf(async () => expect(await codeOf(forged)).toBe("NOT_FOUND"));
      const again = await costOf(async () => {
        for (let time = 0; time < 10; time++) {
          expect(await codeOf(forged)).toBe("NOT_FOUND");
          expect(await codeOf(forgeSecret(apiKey.lookupId))).toBe("NOT_FOUND");
          expect(await codeOf(secret)).toBe("VALID");
        }
      });
      expect({ inMemory, first, again }).toEqual({ inMemory, first: 1, again: 0 });
    }
  });

  it("are answered with the same, whether somebody has the id or nobody", async () => {
    const { apiKey, secret } = await seedKey(world);
    const used = await seedKey(world);
    expect(await codeOf(used.secret)).toBe("VALID");
    const revoked = await seedKey(world);
    await world.latchkey.keys.revoke({ id: revoked.apiKey.id });
    const expected = await seenOf(forgeSecret());
    expect(expected).toMatchObject([{ body: { code: "NOT_FOUND" } }, { status: 401, body: { code: "NOT_FOUND" } }]);
    for (const { lookupId } of [apiKey, used.apiKey, revoked.apiKey]) {
      const forged = forgeSecret(lookupId);
      expect(await seenOf(forged)).toEqual(expected);
      expect(await seenOf(forged)).toEqual(expected);
    }
    expect(await codeOf(secret)).toBe("VALID");
  });

  it("in a flood cost a bounded number of look-ups, and hinder no key that is in memory", async () => {
    const { secret } = await seedKey(world);
    const unseen = await seedKey(world);
    expect(await codeOf(secret)).toBe("VALID");
    const startedAtMs = Date.now();
    const answers = new Map<string, number>();
    const cost = await costOf(async () => {
      const batches = Array.from({ length: FLOOD / IN_BATCH }, async () => {
        const asked = Array.from({ length: IN_BATCH }, () => ({ credential: forgeSecret() }));
        for (const { code } of await world.latchkey.verifyBatch(asked)) answers.set(code, (answers.get(code) ?? 0) + 1);
      });
      for (let time = 0; time < 20; time++) expect(await codeOf(secret)).toBe("VALID");
      await Promise.all(batches);
    });
    const tookSeconds = (Date.now() - startedAtMs) / 1_000;
    expect(["NOT_FOUND", "UNDECIDED"]).toEqual(expect.arrayContaining([...answers.keys()]));
    const lookedUp = answers.get("NOT_FOUND") ?? 0;
    expect(lookedUp).toBeLessThanOrEqual(2_000 + 1_000 * (tookSeconds + 0.5));
    expect(lookedUp + (answers.get("UNDECIDED") ?? 0)).toBe(FLOOD);
    // Many are looked up in one statement.
    expect(cost).toBeLessThan(lookedUp / 2);
    world.moveClock(2_000);
    expect(await codeOf(unseen.secret)).toBe("VALID");
  });

  it("turn nobody away whose key is in memory, not even while the database is slow to look them up", async () => {
    const { secret } = await seedLimitedKey(world, { priority: 9 });
    expect(await codeOf(secret)).toBe("VALID");
    const holder = await world.database.connect();
    const flood: Promise<unknown>[] = [];
    // Over HTTP: the SDK asks again.
    const statuses: number[] = [];
    try {
      await holder.query("begin");
      await holder.query("lock table api_key_secrets in access exclusive mode");
      for (let batch = 0; batch < 30; batch++) {
        const asked = Array.from({ length: IN_BATCH }, () => ({ credential: forgeSecret() }));
        flood.push(world.latchkey.verifyBatch(asked));
        statuses.push((await world.fetch("/v1/authorize", { headers: { "x-api-key": secret } })).status);
      }
    } finally {
      await holder.query("rollback");
      holder.release();
    }
    await Promise.all(flood);
    expect(statuses).toEqual(statuses.map(() => 200));
  });

  it("of another system's form cost one look-up as well, once keys of its kind were imported", async () => {
    const text = `sk_live_${randomBytes(18).toString("base64url")}`;
    const { client, group } = await seedKey(world);
    const hash = createHash("sha256").update(text).digest("hex");
    const input = { clientId: client.id, name: unique("k"), expiresAt: FAR, groupIds: [group.id], hash };
    await world.latchkey.keys.import({ keys: [input] });
    await until("the key to be known", async () => (await codeOf(text)) === "VALID");
    const forged = `sk_live_${randomBytes(18).toString("base64url")}`;
    expect(await costOf(() => codeOf(forged))).toBe(1);
    expect(
      await costOf(async () => {
        for (let time = 0; time < 10; time++) expect(await codeOf(forged)).toBe("NOT_FOUND");
      }),
    ).toBe(0);
    expect(await codeOf(text)).toBe("VALID");
  });
});
