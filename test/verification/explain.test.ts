import { after, before, describe, it } from "node:test";
import { Latchkey, type Verdict } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { openWay } from "../support/way.js";
import { startWorld, type World } from "../support/world.js";
import { holdClock } from "./held-clock.js";
import { seedLimitedKey } from "./limited-key.js";

const DAY_MS = 24 * 60 * 60_000;
const ABSENT_ID = "01890000-0000-7000-8000-000000000000";

const CHECKS = [
  "this node's lease",
  "credential",
  "revocation",
  "disabling",
  "confirmation",
  "effective date",
  "expiry date",
  "rotation",
  "owner's status",
  "owner's lock",
  "owner's dates",
  "service time",
  "host bindings",
  "API",
  "API's groups",
  "groups",
  "scopes",
  "calls per second",
  "token's uses",
  "quota",
];

const total = (limit: number) => ({ limit, period: "TOTAL" }) as const;
const passed = (name: string) => ({ name, outcome: "PASSED", code: null, message: null });

/** What two answers to the same question have in common. */
function withoutRequest(verdict: object): object {
  const entries = Object.entries(verdict).filter(([name, value]) => name !== "requestId" && value !== null);
  return Object.fromEntries(entries);
}

describe("an explanation", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  type Asked = Parameters<Latchkey["verify"]>[0];

  /** In all ways in which it can be asked for; they all say the same. */
  async function explain(demand: Asked, apiKeyId?: string) {
    const { credential, ...rest } = demand;
    const { checks = [], ...verdict } = await world.latchkey.verify({ ...demand, explain: true });
    const [inBatch] = await world.latchkey.verifyBatch([{ ...demand, explain: true }]);
    const overGraphql = await world.latchkey.explainVerification({ credential, ...rest } as never);
    const byId = apiKeyId && (await world.latchkey.explainVerification({ apiKeyId, ...rest } as never));
    const { checks: checksInBatch, ...verdictInBatch } = inBatch as Verdict;
    expect([checksInBatch, overGraphql.checks]).toEqual([checks, checks]);
    expect([verdictInBatch, overGraphql.verdict].map(withoutRequest)).toEqual([verdict, verdict].map(withoutRequest));
    if (byId) {
      expect(byId.checks).toEqual(checks);
      expect(withoutRequest(byId.verdict)).toEqual(withoutRequest(verdict));
    }
    return { verdict, checks };
  }

  it("of an allowed call lists every check, and the verdict that the call will have", async () => {
    const { secret: credential, apiKey, call } = await seedLimitedKey(world, { quota: total(9), tpsPerNode: 7 });
    const demand = { credential, api: call, cost: 4 };
    const { verdict, checks } = await explain(demand, apiKey.id);
    expect(checks).toEqual(CHECKS.map(passed));
    expect(verdict).toMatchObject({
      rateLimit: { limit: 7, remaining: 6 },
      quota: { limit: 9, remaining: 5 },
    });
    expect(withoutRequest(await world.latchkey.verify(demand))).toEqual(withoutRequest(verdict));
  });

  it("goes on after the first check that refuses, whose verdict the call will have", async () => {
    const limits = { tpsPerNode: 1, quota: total(1) };
    const { secret: credential, apiKey, client } = await seedLimitedKey(world, limits);
    const clock = holdClock(world);
    expect((await world.latchkey.verify({ credential })).code).toBe("VALID");
    await world.latchkey.keys.disable(apiKey.id);
    const hostBindings = [{ name: "nowhere", match: "192.0.2.7" }];
    await world.latchkey.clients.update({ id: client.id, status: "DISABLED", hostBindings });
    const demand = {
      credential,
      address: "192.0.2.8",
      api: { method: "GET", path: "/nowhere" },
      groups: ["none"],
      scopes: ["none"],
    };
    clock.hold();
    const { verdict, checks } = await explain(demand, apiKey.id);
    expect(checks.map(({ name }) => name)).toEqual(CHECKS);
    const refused = checks.filter(({ outcome }) => outcome === "REFUSED");
    expect(refused.map(({ name, code }) => [name, code])).toEqual([
      ["disabling", "DISABLED"],
      ["owner's status", "OWNER_DISABLED"],
      ["host bindings", "ADDRESS_NOT_ALLOWED"],
      ["API", "API_UNKNOWN"],
      ["groups", "GROUP_DENIED"],
      ["scopes", "SCOPE_DENIED"],
      ["calls per second", "RATE_LIMITED"],
      ["quota", "QUOTA_EXCEEDED"],
    ]);
    for (const { message } of refused) expect(message).toMatch(/\w/);
    for (const check of checks) if (!refused.includes(check)) expect(check).toEqual(passed(check.name));
    expect(withoutRequest(await world.latchkey.verify(demand))).toEqual(withoutRequest(verdict));
  });

  it("uses up nothing, and counts as no use", async () => {
    const limits = { tpsPerNode: 1, quota: total(1) };
    const { secret: credential, apiKey, api, call } = await seedLimitedKey(world, limits);
    const verdicts = async () => {
      const text = await (await world.fetch("/metrics")).text();
      return text.split("\n").filter((line) => line.startsWith("latchkey_verdicts_total"));
    };
    const before = await verdicts();
    for (const refused of [false, true]) {
      const demand = { credential, api: call, ...(refused && { groups: ["none"] }) };
      for (let time = 0; time < 3; time++) await explain(demand, apiKey.id);
    }
    expect(await verdicts()).toEqual(before);

    // What is noted of a later call is written together with what was noted before.
    const other = await seedKey(world);
    await world.latchkey.verify({ credential: other.secret });
    const usedBy = async (id: string) => {
      const { rows } = await world.database.query("select code from usage_minutes where api_key_id = $1", [id]);
      return rows;
    };
    await until("the other's use", async () => (await usedBy(other.apiKey.id)).length > 0);
    expect(await usedBy(apiKey.id)).toEqual([]);
    const seen = await world.latchkey.keys.get(apiKey.id);
    expect([seen.lastAccessedAt, seen.lastAccessedApi]).toEqual([apiKey.createdAt, null]);
    expect(await world.latchkey.verify({ credential, api: call })).toMatchObject({
      valid: true,
      api: { id: api.id },
      rateLimit: { remaining: 0 },
      quota: { remaining: 0 },
    });
  });

  it("tells nothing but that, before the secret has matched", async () => {
    const [revoked, other] = [await seedKey(world), await seedKey(world)];
    await world.latchkey.keys.revoke({ id: revoked.apiKey.id });
    const demand = { api: { method: "GET", path: "/nowhere" }, groups: ["none"] };
    const wrong = `${revoked.secret.slice(0, 19)}${other.secret.slice(19)}`;
    for (const [credential, code] of [
      ["", "MISSING"],
      ["nonsense", "MALFORMED"],
      [wrong, "MALFORMED"],
      [world.token, "NOT_FOUND"],
    ] as const) {
      const { verdict, checks } = await explain({ ...demand, credential });
      expect(verdict).toMatchObject({ valid: false, code });
      expect(checks).toEqual([
        passed("this node's lease"),
        { name: "credential", outcome: "REFUSED", code, message: expect.stringMatching(/\w/) },
        ...CHECKS.slice(2).map((name) => ({ name, outcome: "NOT_REACHED", code: null, message: null })),
      ]);
    }
  });

  it("is given for another time, which changes no limit of today", async () => {
    const expiresAt = new Date(world.now().getTime() + 30 * DAY_MS).toISOString();
    const { secret: credential, apiKey, client } = await seedKey(world, { expiresAt });
    await world.latchkey.clients.update({ id: client.id, tpsPerNode: 1 });
    const clock = holdClock(world);
    expect((await world.latchkey.verify({ credential })).code).toBe("VALID");
    const codesAt = async (days: number) => {
      const at = new Date(world.now().getTime() + days * DAY_MS).toISOString();
      const { checks } = await world.latchkey.explainVerification({ apiKeyId: apiKey.id, at });
      return checks.flatMap(({ code }) => code ?? []);
    };
    expect(await codesAt(29)).toEqual([]);
    expect(await codesAt(31)).toEqual(["EXPIRED"]);
    expect(await codesAt(-1)).toEqual(["NOT_YET_EFFECTIVE", "RATE_LIMITED"]);
    clock.hold();
    expect((await world.latchkey.verify({ credential })).code).toBe("RATE_LIMITED");
  });

  it("is for administrators, and for operators of the keys that they see", async () => {
    const { apiKey } = await seedKey(world);
    const operator = await seedUser(world, "OPERATOR");
    const member = await seedUser(world, "MEMBER");
    const auditor = await seedUser(world, "AUDITOR");
    const client = await seedSignedInClient(world);
    const [own, members] = [
      await operator.latchkey.keys.create({ name: unique("own") }),
      await member.latchkey.keys.create({ name: unique("script") }),
    ];
    const code = async ({ latchkey }: { latchkey: Latchkey }, apiKeyId: string) =>
      (await latchkey.explainVerification({ apiKeyId })).verdict.code;
    for (const id of [apiKey.id, members.apiKey.id, own.apiKey.id]) expect(await code(world, id)).toBe("VALID");
    for (const id of [apiKey.id, own.apiKey.id]) expect(await code(operator, id)).toBe("VALID");

    const refusals: object[] = [];
    for (const id of [members.apiKey.id, ABSENT_ID]) {
      const { name, message, code: refusal } = await code(operator, id).catch((error) => error);
      refusals.push({ name, message: message.replaceAll(id, ""), code: refusal });
    }
    expect(refusals[0]).toMatchObject({ code: "NOT_FOUND" });
    expect(refusals[0]).toEqual(refusals[1]);
    const stranger = { latchkey: new Latchkey({ url: world.url }) };
    for (const caller of [auditor, member, client, stranger]) {
      const expected = caller === stranger ? "UNAUTHENTICATED" : "FORBIDDEN";
      await expect(code(caller, apiKey.id)).rejects.toMatchObject({ code: expected });
      await expect(caller.latchkey.explainVerification({ credential: own.secret })).rejects.toMatchObject({
        code: expected,
      });
    }
  });

  it("is refused for neither or both of a credential and an id, and for a call that is none, by the field", async () => {
    const { secret: credential, apiKey } = await seedKey(world);
    const document =
      "query ($input: ExplainVerificationInput!) { explainVerification(input: $input) { verdict { code } } }";
    for (const [input, field] of [
      [{}, "credential"],
      [{ credential, apiKeyId: apiKey.id }, "credential"],
      [{ apiKeyId: "7" }, "apiKeyId"],
      [{ credential: "x".repeat(1_001) }, "credential"],
      [{ credential, at: "tomorrow" }, "at"],
      [{ credential, cost: 0 }, "cost"],
      [{ credential, api: { method: "GET" } }, "api.path"],
      [{ credential, address: "localhost" }, "address"],
    ] as const) {
      const refusal = refusalIn(await world.graphql(document, { input }));
      expect({ input, code: refusal.code }).toEqual({ input, code: "INVALID_INPUT" });
      expect(refusal.fields?.map(({ path }) => path.replace(/^input\./, ""))).toEqual([field]);
    }
  });

  it("is as good for the farthest times that can be asked for", async () => {
    const quota = { limit: 5, period: "WEEK" } as const;
    const { apiKey, client } = await seedLimitedKey(world, { quota, timeZone: "Europe/Berlin" });
    const windows = [{ days: ["MONDAY" as const], opens: "01:00", closes: "02:00" }];
    const serviceTime = { timeZone: "America/Santiago", windows };
    await world.latchkey.clients.update({ id: client.id, serviceTime });
    for (const at of ["1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]) {
      const { checks } = await world.latchkey.explainVerification({ apiKeyId: apiKey.id, at });
      expect(checks.map(({ name }) => name)).toEqual(CHECKS);
    }
  });

  it("tells that no verdict can be reached, while the database is away", async () => {
    const way = await openWay();
    const cut = await startWorld({}, (url) => way.urlTo(url));
    try {
      const { secret: credential } = await seedLimitedKey(cut, { quota: total(5) });
      expect((await cut.latchkey.verify({ credential })).code).toBe("VALID");
      way.cut();
      for (const body of [{ credential }, { credential: "nonsense" }, {}]) {
        const init = {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...body, explain: true }),
        };
        const answer = await until("no verdict", async () => {
          const response = await cut.fetch("/v1/verify", init);
          return response.status === 503 && response;
        });
        expect(answer.headers.get("retry-after")).toBe("1");
        expect(await answer.json()).toMatchObject({ valid: false, code: "UNDECIDED", retryAfterSeconds: 1 });
      }
    } finally {
      way.mend();
      await cut.stop();
      way.close();
    }
  });

  it("leaves no secret in the log", async () => {
    const { secret, apiKey } = await seedKey(world);
    await explain({ credential: secret }, apiKey.id);
    await explain({ credential: `${secret}x` });
    expect(world.log.join("")).not.toContain(secret);
  });
});
