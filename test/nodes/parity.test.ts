import { after, before, describe, it } from "node:test";
import { SdkError, type Verdict, type VerifyRequest } from "@latchkey/sdk";
import { expect } from "expect";
import { randomOf } from "../support/random.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { MUTATED, PAST_THE_NODES, type Scene, setScene } from "./random-changes.js";

const STEPS = 24;
/** 6.7, of changes that no node was asked for. */
const BINDS_WITHIN_MS = 1_000;
const BATCH_MAX = 100;

describe("nodes that judge from memory", () => {
  let world: World;
  let other: World;
  /** Has room for one record, and is asked for another one each time. */
  let forgetful: World;
  let scene: Scene;

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
    forgetful = await joinWorld(world, { VERDICT_CACHE_RECORDS: "1" });
    scene = await setScene(world);
  });

  after(async () => {
    await forgetful.stop();
    await other.stop();
    await world.stop();
  });

  /** What is told of a call beside its own id and the seconds until then. */
  function told(verdict: Verdict): string {
    return JSON.stringify({ ...verdict, requestId: undefined, retryAfterSeconds: undefined });
  }

  async function atOnce(node: World, requests: readonly VerifyRequest[]): Promise<string[]> {
    const all: string[] = [];
    for (let first = 0; first < requests.length; first += BATCH_MAX) {
      const verdicts = await node.latchkey.verifyBatch(requests.slice(first, first + BATCH_MAX));
      all.push(...verdicts.map(told));
    }
    return all;
  }

  async function oneByOne(node: World, requests: readonly VerifyRequest[]): Promise<string[]> {
    const all: string[] = [];
    for (const request of requests) all.push(told(await verdictOf(node, request)));
    return all;
  }

  async function expectAgreement(about: object, patienceMs: number): Promise<string[]> {
    const requests = scene.requests();
    const startedAtMs = performance.now();
    for (;;) {
      const [here, there] = [await atOnce(world, requests), await atOnce(other, requests)];
      const cold = await oneByOne(forgetful, requests);
      const agreed = [here, there].every((verdicts) => verdicts.join() === cold.join());
      if (!agreed && performance.now() - startedAtMs < patienceMs) continue;
      expect({ ...about, here, there }).toEqual({ ...about, here: cold, there: cold });
      return cold;
    }
  }

  it("say the same as one that remembers nothing, whatever changes by whichever way", async () => {
    const random = randomOf();
    const names: string[] = [];
    const codes = new Set<string>();
    for (let step = 0; step < STEPS; step++) {
      const pastTheNodes = random.below(3) === 0;
      const [name, change] = random.pick(pastTheNodes ? PAST_THE_NODES : MUTATED);
      const node = random.pick([world, other, forgetful]);
      // Some are refused as things stand, which changes nothing either.
      const refused = await change(scene, random, node).then(
        () => false,
        (error: unknown) => {
          if (error instanceof SdkError && error.code !== "INTERNAL") return true;
          throw new Error(`${name}, seed ${random.seed}`, { cause: error });
        },
      );
      names.push(refused ? `(${name})` : name);
      const about = { seed: random.seed, changes: names.slice(-3) };
      for (const verdict of await expectAgreement(about, pastTheNodes ? BINDS_WITHIN_MS : 0))
        codes.add((JSON.parse(verdict) as Verdict).code);
    }
    // Otherwise there was nothing to disagree about.
    expect(codes.size).toBeGreaterThan(3);

    const fresh = await joinWorld(world);
    try {
      const requests = scene.requests();
      expect(await atOnce(world, requests)).toEqual(await atOnce(fresh, requests));
    } finally {
      await fresh.stop();
    }
  });
});
