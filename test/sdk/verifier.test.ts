import { getEventListeners } from "node:events";
import { after, before, describe, it, type TestContext } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { type Allowed, createVerifier, SdkError, type Verifier, type VerifierOptions } from "@latchkey/sdk";
import { expect } from "expect";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { fakeTime } from "./fake-time.js";
import { seedKey } from "./seed.js";
import { answers, breaks, hangs, type Reaction, type SentCall, standInFetch } from "./stand-in.js";

const CREDENTIAL = { id: "1", kind: "API_KEY", name: "production", lookupId: "abc", expiresAt: null } as const;
const VALID = { valid: true, code: "VALID", requestId: "1", credential: CREDENTIAL, rateLimit: null, quota: null };
const REVOKED = { valid: false, code: "REVOKED", message: "The credential was revoked.", requestId: "1" };
const UNDECIDED = { valid: false, code: "UNDECIDED", message: "Ask again.", requestId: "7", retryAfterSeconds: 1 };
const METERED = {
  "of a client with calls in a second": { ...VALID, rateLimit: { limit: 10, remaining: 9, resetSeconds: 1 } },
  "of a client or key with a quota": { ...VALID, quota: { limit: 10, remaining: 9, resetsAt: null } },
  "of an access token, whose uses may be counted": { ...VALID, credential: { ...CREDENTIAL, kind: "ACCESS_TOKEN" } },
};

const ASKED = { credential: "secret", api: { method: "GET", path: "/orders/7" } };

type Asking = { verifier: Verifier; sent: SentCall[] };

function asking(reactions: readonly [Reaction, ...Reaction[]], options: Partial<VerifierOptions> = {}): Asking {
  const { fetch, sent } = standInFetch(reactions);
  return { verifier: createVerifier({ url: "https://latchkey.test", fetch, ...options }), sent };
}

function clock(t: TestContext): { pass(ms: number): void } {
  let nowMs = 5_000;
  t.mock.method(performance, "now", () => nowMs);
  return { pass: (ms) => void (nowMs += ms) };
}

const verdict = (body: object) => answers(200, body);

describe("a verifier's single flight", () => {
  it("lets the same question, asked at once, share one call", async () => {
    const { verifier, sent } = asking([verdict(VALID)], { gatewayKey: "lk_gw_1" });
    const same = { ...ASKED, api: { ...ASKED.api, path: "/orders/7?full=true" } };
    const verdicts = await Promise.all([...Array(9).keys()].map((each) => verifier.verify(each % 2 ? ASKED : same)));
    expect(verdicts).toEqual(Array(9).fill(VALID));
    expect(sent.length).toBe(1);
    expect(sent[0]?.url).toBe("https://latchkey.test/v1/verify");
    expect(sent[0]?.headers.get("x-latchkey-gateway-key")).toBe("lk_gw_1");
    await verifier.verify(ASKED);
    expect(sent.length).toBe(2);
  });

  it("asks each of two questions that differ", async () => {
    const { verifier, sent } = asking([verdict(VALID)]);
    const others = [
      { credential: "another" },
      { api: { method: "POST", path: "/orders/7" } },
      { api: { ...ASKED.api, collection: "eu/orders" } },
      { groups: ["a"] },
      { scopes: ["a"] },
      { address: "203.0.113.7" },
      { cost: 2 },
    ];
    await Promise.all([{}, ...others].map((each) => verifier.verify({ ...ASKED, ...each })));
    expect(sent.length).toBe(8);
  });

  for (const [what, metered] of Object.entries(METERED)) {
    it(`counts every call ${what}`, async () => {
      const { verifier, sent } = asking([verdict(metered)]);
      await Promise.all([1, 2, 3].map(() => verifier.verify(ASKED)));
      expect(sent.length).toBe(3);
    });
  }

  it("shares a refusal, which uses nothing up", async () => {
    const { verifier, sent } = asking([verdict(REVOKED)]);
    expect(await Promise.all([1, 2, 3].map(() => verifier.verify(ASKED)))).toEqual(Array(3).fill(REVOKED));
    expect(sent.length).toBe(1);
  });

  it("shares no call that was sent a tenth of a second before: a revocation may have come since", async (t) => {
    const time = clock(t);
    const { verifier, sent } = asking([verdict(VALID)]);
    const calls = [0, 99, 1, 99].map((ms) => {
      time.pass(ms);
      return verifier.verify(ASKED);
    });
    expect(await Promise.all(calls)).toEqual(Array(4).fill(VALID));
    expect(sent.length).toBe(2);
  });

  it("asks alone what is explained, or has a reference of its own", async () => {
    const { verifier, sent } = asking([verdict(VALID)]);
    const alone = [{ explain: true }, { explain: true }, { transactionRef: "CHG-1" }, { transactionRef: "CHG-1" }];
    await Promise.all(alone.map((each) => verifier.verify({ ...ASKED, ...each })));
    expect(sent.length).toBe(4);
  });

  it("can be switched off", async () => {
    const { verifier, sent } = asking([verdict(VALID)], { singleFlight: false });
    await Promise.all([verifier.verify(ASKED), verifier.verify(ASKED)]);
    expect(sent.length).toBe(2);
  });

  it("goes on for the others when one gives up, and ends when all have", async () => {
    const given: AbortSignal[] = [];
    let answer: ((response: Response) => void) | undefined;
    const pending: Reaction = (signal) => {
      given.push(signal);
      return Promise.race([hangs(signal), new Promise<Response>((resolve) => void (answer = resolve))]);
    };
    const { verifier, sent } = asking([pending]);
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const first = verifier.verify(ASKED, one);
    const second = verifier.verify(ASKED, two);
    one.abort(new Error("One gave up."));
    await expect(first).rejects.toThrow("One gave up.");
    expect(given[0]?.aborted).toBe(false);
    answer?.(Response.json(VALID));
    expect(await second).toEqual(VALID);
    expect(getEventListeners(two.signal, "abort")).toEqual([]);

    const last = verifier.verify(ASKED, three);
    await turn();
    three.abort(new Error("All gave up."));
    const next = verifier.verify(ASKED);
    await expect(last).rejects.toThrow("All gave up.");
    expect(given.map(({ aborted }) => aborted)).toEqual([false, true, false]);
    answer?.(Response.json(VALID));
    expect(await next).toEqual(VALID);
    expect(sent.length).toBe(3);
    await expect(verifier.verify(ASKED, three)).rejects.toThrow("All gave up.");
  });
});

describe("a verifier's cache", () => {
  it("is off unless asked for", async () => {
    const { verifier, sent } = asking([verdict(VALID)]);
    for (const _ of "123") await verifier.verify(ASKED);
    expect(sent.length).toBe(3);
  });

  it("answers the same question for its time, counted from when it was asked", async (t) => {
    const time = clock(t);
    const slow: Reaction = () => {
      time.pass(300);
      return Response.json(VALID);
    };
    const { verifier, sent } = asking([slow], { cacheSeconds: 0.5 });
    await verifier.verify(ASKED);
    time.pass(199);
    expect(await verifier.verify(ASKED)).toEqual(VALID);
    expect(sent.length).toBe(1);
    await verifier.verify({ ...ASKED, address: "203.0.113.7" });
    expect(sent.length).toBe(2);
    time.pass(1);
    await verifier.verify(ASKED);
    expect(sent.length).toBe(3);
  });

  const soon = new Date(Date.now() + 900).toISOString();
  const never = {
    ...METERED,
    "of a refused call": REVOKED,
    "of a key that expires meanwhile": { ...VALID, credential: { ...CREDENTIAL, expiresAt: soon } },
  };
  for (const [what, body] of Object.entries(never)) {
    it(`never keeps a verdict ${what}`, async () => {
      const { verifier, sent } = asking([verdict(body)], { cacheSeconds: 1 });
      for (const _ of "12") expect((await verifier.verify(ASKED)).code).toBe(body.code);
      expect(sent.length).toBe(2);
    });
  }

  it("never keeps what stands in for a verdict", async () => {
    const onUnavailable = () => VALID as unknown as Allowed;
    const { verifier, sent } = asking([breaks], { cacheSeconds: 1, onUnavailable });
    for (const _ of "12") expect(await verifier.verify(ASKED)).toEqual(VALID);
    expect(sent.length).toBe(2);
  });

  it("holds 1,000 verdicts, and lets the oldest go", async (t) => {
    clock(t);
    const { verifier, sent } = asking([verdict(VALID)], { cacheSeconds: 1 });
    const ask = (number: number) => verifier.verify({ ...ASKED, credential: `secret-${number}` });
    for (let number = 0; number <= 1_000; number++) await ask(number);
    await ask(1);
    expect(sent.length).toBe(1_001);
    await ask(0);
    expect(sent.length).toBe(1_002);
  });

  it("refuses to outlive the second within which a revocation takes effect", () => {
    for (const cacheSeconds of [-1, 1.01, 60, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createVerifier({ url: "https://latchkey.test", cacheSeconds })).toThrow(
        expect.objectContaining({
          code: "INVALID_INPUT",
          fields: [{ path: "cacheSeconds", message: "must be 0 to 1" }],
        }),
      );
    }
  });
});

describe("a verifier that reaches no verdict", () => {
  const forbidden = { type: "urn:latchkey:error:FORBIDDEN", code: "FORBIDDEN", detail: "You may not ask." };
  const failures: Record<string, [Reaction, string]> = {
    "a broken connection": [breaks, "NETWORK"],
    "a proxy's page": [answers(502, "<h1>Bad Gateway</h1>"), "UNAVAILABLE"],
    "something else than Latchkey": [answers(200, "<h1>Welcome</h1>"), "BAD_ANSWER"],
    "a gateway key that is not in force": [answers(403, forbidden), "FORBIDDEN"],
    "a mistake in Latchkey": [answers(500, { code: "INTERNAL", detail: "Oops." }), "INTERNAL"],
    "a node that cannot know": [answers(503, UNDECIDED), "UNAVAILABLE"],
  };
  for (const [what, [reaction, code]] of Object.entries(failures)) {
    it(`refuses after ${what}, and tells why`, async () => {
      const told: SdkError[] = [];
      const { verifier, sent } = asking([reaction], { onUnavailable: (error) => void told.push(error) });
      expect(await verifier.verify(ASKED)).toMatchObject({ valid: false, code: "UNDECIDED" });
      expect(told).toEqual([expect.any(SdkError)]);
      expect(told).toMatchObject([{ code }]);
      expect(sent.length).toBe(1);
      expect(await asking([reaction]).verifier.verify(ASKED)).toMatchObject({ valid: false, code: "UNDECIDED" });
    });
  }

  it("refuses after two seconds, or the time that it was given", async (t) => {
    const time = fakeTime(t);
    for (const [options, ms] of [
      [{}, 2_000],
      [{ timeoutMs: 500 }, 500],
    ] as const) {
      const call = asking([hangs], options).verifier.verify(ASKED);
      expect(await time.passed(call)).toBe(ms);
      expect(await call).toMatchObject({ valid: false, code: "UNDECIDED", requestId: "" });
    }
  });

  it("asks again where told so", async (t) => {
    const time = fakeTime(t);
    const { verifier, sent } = asking([answers(503, UNDECIDED), verdict(VALID)], { retries: 1 });
    const call = verifier.verify(ASKED);
    await time.passed(call);
    expect(await call).toEqual(VALID);
    expect(sent.length).toBe(2);
  });

  it("takes the verdict that the service gives instead", async () => {
    const instead = { ...VALID, requestId: "mine" } as unknown as Allowed;
    const { verifier } = asking([breaks], {
      onUnavailable: async (_, { api }) => (api?.method === "GET" ? instead : undefined),
    });
    expect(await verifier.verify(ASKED)).toEqual(instead);
    expect(await verifier.verify({ credential: "secret" })).toMatchObject({ code: "UNDECIDED" });
  });

  it("lets nothing pass when the service cannot decide either", async () => {
    const onUnavailable = () => {
      throw new Error("Not now.");
    };
    await expect(asking([breaks], { onUnavailable }).verifier.verify(ASKED)).rejects.toThrow("Not now.");
  });

  it("rejects with INVALID_INPUT for a question that is none", async () => {
    const problem = { code: "INVALID_INPUT", detail: "groups.0: ...", errors: [{ path: "groups.0", message: "..." }] };
    const { verifier } = asking([answers(400, problem)]);
    await expect(verifier.verify(ASKED)).rejects.toMatchObject({ code: "INVALID_INPUT", fields: problem.errors });
  });
});

describe("a verifier beside Latchkey", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("lets no more pass than the quota has room for, however many ask at once", async () => {
    const { secret } = await seedKey(world.latchkey, "/orders/{id}", { tpsPerNode: 0, quota: { limit: 3 } });
    const verifier = createVerifier({ url: world.url, cacheSeconds: 1 });
    const verdicts = await Promise.all(
      Array.from({ length: 5 }, () => verifier.verify({ ...ASKED, credential: secret })),
    );
    expect(verdicts.map(({ code }) => code).sort()).toEqual([
      ...Array(2).fill("QUOTA_EXCEEDED"),
      ...Array(3).fill("VALID"),
    ]);
  });

  it("refuses a revoked key once what it kept is over", async () => {
    const { secret, apiKey } = await seedKey(world.latchkey, "/orders/{id}", { tpsPerNode: 0 });
    const verifier = createVerifier({ url: world.url, cacheSeconds: 1 });
    const code = async () => (await verifier.verify({ credential: secret })).code;
    expect(await code()).toBe("VALID");
    await world.latchkey.keys.revoke({ id: apiKey.id, reason: "Lost" });
    const revokedAtMs = performance.now();
    await until("the revocation", async () => (await code()) !== "VALID");
    expect(await code()).toBe("REVOKED");
    expect(performance.now() - revokedAtMs).toBeLessThan(2_000);
  });
});
