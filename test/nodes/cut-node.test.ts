import { once } from "node:events";
import { type IncomingMessage, request as startRequest } from "node:http";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { killLeftovers, type LatchkeyProcess, runLatchkey } from "../process/latchkey-process.js";
import { until } from "../support/until.js";
import { type Hammering, hammer, verdictOf } from "../support/verdicts.js";
import { openWay, type Way } from "../support/way.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { type Holder, seedHolder } from "./right-taking.js";

/** 6.7; what comes beside it is the margin of the test's own clock. */
const LEASE_MS = 1_000;
const MARGIN_MS = 100;

describe("a node that is cut off from the database", () => {
  let world: World;
  let way: Way;
  let cutOff: World;

  before(async () => {
    world = await startWorld();
    way = await openWay();
    cutOff = await joinWorld(world, {}, (url) => way.urlTo(url));
  });

  after(async () => {
    way.mend();
    await cutOff.stop();
    way.close();
    await world.stop();
  });

  const codeAt = async (node: { readonly url: string }, { request }: Holder) => (await verdictOf(node, request)).code;

  async function seedPair(): Promise<{ readonly revoked: Holder; readonly other: Holder }> {
    const pair = { revoked: await seedHolder(world), other: await seedHolder(world) };
    for (const holder of Object.values(pair)) expect(await codeAt(cutOff, holder)).toBe("VALID");
    return pair;
  }

  const ways: readonly (readonly [string, (way: Way) => void])[] = [
    ["refused", (each) => each.cut()],
    ["silent", (each) => each.blackHole()],
  ];
  for (const [name, lose] of ways) {
    it(`${name}: answers 503 within a second, holds up no change for longer, and recovers by itself`, async () => {
      const { revoked, other } = await seedPair();
      const hammerings = [hammer(() => codeAt(cutOff, revoked), 2), hammer(() => codeAt(cutOff, other), 2)];
      try {
        lose(way);
        const lostAtMs = performance.now();
        await world.latchkey.keys.revoke({ id: revoked.apiKey.id });
        const revokedAtMs = performance.now();
        for (const { codes } of hammerings) await until("UNDECIDED", () => codes.has("UNDECIDED"));
        const [ofRevoked, ofOther] = hammerings as [Hammering, Hammering];
        expect(ofRevoked.lastAllowedMs - revokedAtMs).toBeLessThan(0);
        expect(ofOther.lastAllowedMs - lostAtMs).toBeLessThan(LEASE_MS + MARGIN_MS);
        expect(await codeAt(world, revoked)).toBe("REVOKED");

        way.mend();
        await until("the node to recover", () => ofRevoked.codes.has("REVOKED") && ofOther.lastAllowedMs > revokedAtMs);
        for (const hammering of hammerings) await hammering.stop();
        expect([...ofRevoked.codes.keys()].sort()).toEqual(["REVOKED", "UNDECIDED", "VALID"]);
        expect(ofRevoked.lastAllowedMs - revokedAtMs).toBeLessThan(0);
        expect([...ofOther.codes.keys()].sort()).toEqual(["UNDECIDED", "VALID"]);
      } finally {
        way.mend();
        for (const hammering of hammerings) await hammering.stop();
        await until("the node to be ready", async () => (await cutOff.fetch("/health/ready")).status === 200);
      }
    });
  }

  it("is waited for by no change once its lease is over", async () => {
    const { revoked } = await seedPair();
    way.blackHole();
    try {
      await until("its lease to end", async () => (await cutOff.fetch("/health/ready")).status === 503);
      await world.latchkey.keys.disable(revoked.apiKey.id);
      const startedAtMs = performance.now();
      for (let round = 0; round < 5; round++) {
        await world.latchkey.keys.enable(revoked.apiKey.id);
        await world.latchkey.keys.disable(revoked.apiKey.id);
      }
      expect(performance.now() - startedAtMs).toBeLessThan(5 * LEASE_MS);
    } finally {
      way.mend();
    }
    await until("the node to recover", async () => (await codeAt(cutOff, revoked)) === "DISABLED");
  });

  it("admits nobody again before it knows of what has changed meanwhile, however often the line breaks", async () => {
    const { revoked } = await seedPair();
    const hammering = hammer(() => codeAt(cutOff, revoked));
    try {
      for (let round = 0; round < 3; round++) {
        way.cut();
        await world.latchkey.keys.disable(revoked.apiKey.id);
        const disabledAtMs = performance.now();
        way.mend();
        const seen = hammering.codes.get("DISABLED") ?? 0;
        await until("a refusal", () => (hammering.codes.get("DISABLED") ?? 0) > seen);
        expect(hammering.lastAllowedMs - disabledAtMs).toBeLessThan(0);
        await world.latchkey.keys.enable(revoked.apiKey.id);
        expect(await codeAt(cutOff, revoked)).toBe("VALID");
      }
    } finally {
      way.mend();
      await hammering.stop();
    }
  });
});

describe("a node that was stopped in its tracks", () => {
  let world: World;
  let process: LatchkeyProcess;

  before(async () => {
    world = await startWorld();
    process = runLatchkey({ DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir });
  });

  after(async () => {
    process.child.kill("SIGCONT");
    await process.stop();
    killLeftovers();
    await world.stop();
  });

  it("does not admit what was revoked meanwhile when it goes on", async () => {
    const node = { url: await process.url() };
    const { request, apiKey } = await seedHolder(world);
    const codeNow = async () => (await verdictOf(node, request)).code;
    expect(await codeNow()).toBe("VALID");
    process.child.kill("SIGSTOP");
    await world.latchkey.keys.revoke({ id: apiKey.id });
    const questions = Array.from({ length: 20 }, () => {
      const headers = { "x-api-key": request.credential };
      return startRequest(`${node.url}/v1/authorize`, { method: "GET", headers, agent: false }).end();
    });
    const answers = Promise.all(questions.map((question) => once(question, "response")));
    // They are at its door when it wakes up.
    await Promise.all(questions.map((question) => once(question, "finish")));
    process.child.kill("SIGCONT");
    for (const [answer] of (await answers) as [IncomingMessage][]) {
      answer.resume();
      expect(["UNDECIDED", "REVOKED"]).toContain(answer.headers["x-latchkey-code"]);
    }
    await until("the node to be sure", async () => (await codeNow()) === "REVOKED");
  });
});
