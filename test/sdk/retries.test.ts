import { describe, it } from "node:test";
import type { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { fakeTime } from "./fake-time.js";
import { ACTOR, answers, breaks, data, hangs, type Reaction, refuses, standIn } from "./stand-in.js";

const ME = data({ me: ACTOR });
const VALID = answers(200, { valid: true, code: "VALID" });
const UNDECIDED = answers(503, { valid: false, code: "UNDECIDED", message: "Ask again." });

const passing: Record<string, Reaction> = {
  "a connection that broke": breaks,
  "UNAVAILABLE from the server": refuses("UNAVAILABLE"),
  "RATE_LIMITED from the server": refuses("RATE_LIMITED"),
  "a proxy's page with 502": answers(502, "<h1>Bad Gateway</h1>"),
  "a proxy's page with 503": answers(503, "<h1>Maintenance</h1>"),
  "a proxy's page with 504": answers(504, "<h1>Gateway Time-out</h1>"),
  "a proxy's 429": answers(429, { error: "slow down" }),
};

describe("repeating a query", () => {
  for (const [what, reaction] of Object.entries(passing)) {
    it(`happens after ${what}`, async (t) => {
      const { latchkey, sent } = standIn([reaction, ME]);
      const time = fakeTime(t);
      const call = latchkey.me();
      await time.passed(call);
      expect(await call).toEqual(ACTOR);
      expect(sent.length).toBe(2);
    });
  }

  it("happens twice, and then the last failure stands", async (t) => {
    const { latchkey, sent } = standIn([answers(502, ""), refuses("UNAVAILABLE"), breaks]);
    const time = fakeTime(t);
    const call = latchkey.me();
    await time.passed(call);
    await expect(call).rejects.toMatchObject({ code: "NETWORK", message: "Latchkey could not be reached." });
    expect(sent.length).toBe(3);
  });

  it("happens as often as asked for, and never with 0", async (t) => {
    const time = fakeTime(t);
    for (const retries of [0, 1, 4]) {
      const { latchkey, sent } = standIn([breaks], { retries });
      const call = latchkey.me();
      await time.passed(call);
      await expect(call).rejects.toMatchObject({ code: "NETWORK" });
      expect(sent.length).toBe(1 + retries);
    }
  });

  it("waits in a span that doubles up to two seconds", async (t) => {
    const waited: number[] = [];
    const time = fakeTime(t, 1);
    for (const retries of [1, 2, 3, 4, 5, 6, 7]) {
      const call = standIn([breaks], { retries }).latchkey.me();
      waited.push(await time.passed(call));
      await expect(call).rejects.toMatchObject({ code: "NETWORK" });
    }
    const steps = waited.map((ms, index) => ms - (waited[index - 1] ?? 0));
    expect(steps).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });

  it("waits for as long as Retry-After says, in seconds or until a date", async (t) => {
    const time = fakeTime(t);
    const inSeconds = standIn([answers(503, "", { "retry-after": "3" }), ME]).latchkey.me();
    expect(await time.passed(inSeconds)).toBe(3_000);
    const date = new Date(Date.now() + 5_000).toUTCString();
    const untilDate = await time.passed(standIn([refuses("RATE_LIMITED", { "retry-after": date }), ME]).latchkey.me());
    expect(untilDate).toBeGreaterThan(3_500);
    expect(untilDate).toBeLessThanOrEqual(5_000);
    const past = standIn([answers(503, "", { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }), ME]).latchkey.me();
    expect(await time.passed(past)).toBeLessThan(100);
  });

  it("does not happen when Retry-After asks for more than ten seconds", async (t) => {
    const { latchkey, sent } = standIn([answers(503, "", { "retry-after": "11" }), ME]);
    const time = fakeTime(t);
    const call = latchkey.me();
    expect(await time.passed(call)).toBe(0);
    await expect(call).rejects.toMatchObject({ code: "UNAVAILABLE", status: 503 });
    expect(sent.length).toBe(1);
  });

  for (const code of ["INVALID_INPUT", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "INTERNAL"]) {
    it(`does not happen after ${code}`, async () => {
      const { latchkey, sent } = standIn([refuses(code), ME]);
      await expect(latchkey.me()).rejects.toMatchObject({ code });
      expect(sent.length).toBe(1);
    });
  }

  it("does not happen after a timeout, which has cost time enough", async (t) => {
    const time = fakeTime(t);
    const { latchkey, sent } = standIn([hangs, ME], { timeoutMs: 50 });
    const call = latchkey.me();
    expect(await time.passed(call)).toBe(50);
    await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(sent.length).toBe(1);
  });
});

describe("repeating a mutation", () => {
  const changes: Record<string, (latchkey: Latchkey) => Promise<unknown>> = {
    "keys.create": ({ keys }) => keys.create({ name: "a" }),
    "an own one with a key": (latchkey) => latchkey.request("mutation { signOut }", {}, { idempotencyKey: "own" }),
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`happens with the same key: ${name}`, async (t) => {
      for (const reaction of Object.values(passing)) {
        const { latchkey, sent } = standIn([reaction, data({ createApiKey: {} })], { credential: "lk_ss_a" });
        const time = fakeTime(t);
        const call = change(latchkey);
        await time.passed(call);
        await call;
        const [first, second] = sent.map(({ headers }) => headers.get("idempotency-key"));
        expect(first).toMatch(/^(?:[0-9a-f]{32}|own)$/);
        expect(second).toBe(first);
        t.mock.timers.reset();
      }
    });
  }

  it("has another key for another call, and none for a query", async () => {
    const { latchkey, sent } = standIn([data({ createApiKey: {}, me: ACTOR })], { credential: "lk_ss_a" });
    await latchkey.keys.create({ name: "a" });
    await latchkey.keys.create({ name: "a" });
    await latchkey.me();
    const keys = sent.map(({ headers }) => headers.get("idempotency-key"));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe(null);
  });

  const mutations: Record<string, (latchkey: Latchkey) => Promise<unknown>> = {
    signIn: (latchkey) => latchkey.signIn({ name: "a", password: "b" }),
    signOut: (latchkey) => latchkey.signOut(),
    verifyCredential: (latchkey) => latchkey.verifyCredential({ credential: "a" }),
    "an own one": (latchkey) => latchkey.request("# query\nmutation { signOut }", {}),
  };
  for (const [name, mutate] of Object.entries(mutations)) {
    it(`never happens: ${name}`, async () => {
      for (const reaction of Object.values(passing)) {
        const { latchkey, sent } = standIn([reaction], { credential: "lk_ss_a" });
        await expect(mutate(latchkey)).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:NETWORK|UNAVAILABLE|RATE_LIMITED)$/),
        });
        expect(sent.length).toBe(1);
      }
    });
  }
});

describe("repeating what nobody has signed in for", () => {
  it("never happens where it changes something", async () => {
    const { latchkey, sent } = standIn([breaks]);
    await expect(latchkey.keys.create({ name: "a" })).rejects.toMatchObject({ code: "NETWORK" });
    expect(sent.length).toBe(1);
  });
});

describe("repeating a question for a verdict", () => {
  it("happens while the server could not decide, and then that stands", async (t) => {
    const time = fakeTime(t);
    const decided = standIn([UNDECIDED, UNDECIDED, VALID]);
    const call = decided.latchkey.verify({ credential: "a" });
    await time.passed(call);
    expect(await call).toMatchObject({ code: "VALID" });
    const never = standIn([UNDECIDED]);
    const other = never.latchkey.verify({ credential: "a" });
    await time.passed(other);
    expect(await other).toMatchObject({ valid: false, code: "UNDECIDED" });
    expect([decided.sent.length, never.sent.length]).toEqual([3, 3]);
  });

  it("does not happen after any other refusal, not even one that says when to come again", async () => {
    for (const code of ["RATE_LIMITED", "QUOTA_EXCEEDED", "OUTSIDE_SERVICE_TIME", "NOT_FOUND"]) {
      const refusal = { valid: false, code, message: "Not now.", requestId: "1", retryAfterSeconds: 1 };
      const { latchkey, sent } = standIn([answers(200, refusal), VALID]);
      expect(await latchkey.verify({ credential: "a" })).toEqual(refusal);
      expect({ code, sent: sent.length }).toEqual({ code, sent: 1 });
    }
  });

  it("happens after a problem document that says UNAVAILABLE", async (t) => {
    const { latchkey, sent } = standIn([answers(503, { code: "UNAVAILABLE", detail: "Later." })]);
    const time = fakeTime(t);
    const call = latchkey.verifyBatch([{ credential: "a" }]);
    await time.passed(call);
    await expect(call).rejects.toMatchObject({ code: "UNAVAILABLE", message: "Later.", status: 503 });
    expect(sent.length).toBe(3);
  });

  it("does not happen where it may have been counted already", async () => {
    for (const reaction of [breaks, answers(502, ""), answers(504, "{}")]) {
      const { latchkey, sent } = standIn([reaction, VALID]);
      await expect(latchkey.verify({ credential: "a" })).rejects.toMatchObject({ name: "SdkError" });
      expect(sent.length).toBe(1);
    }
  });
});
