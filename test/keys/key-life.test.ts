import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type Random, randomOf } from "../support/random.js";
import { seedApi, seedClient, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const SEQUENCES = 12;
const STEPS = 40;
const MINUTE_MS = 60_000;

/** What a key should be: written down plainly, without a look at how the server does it. */
interface Model {
  readonly id: string;
  readonly effectiveMs: number;
  readonly expiresMs: number;
  /** Oldest first; the last is the current one. */
  readonly secrets: string[];
  graceEndsMs: number;
  /** The secret that a grace protects. */
  previous: string | undefined;
  disabled: boolean;
  revoked: boolean;
}

function codeOf(model: Model, secret: string, nowMs: number): string {
  if (model.revoked) return "REVOKED";
  if (model.disabled) return "DISABLED";
  if (nowMs < model.effectiveMs) return "NOT_YET_EFFECTIVE";
  if (nowMs >= model.expiresMs) return "EXPIRED";
  const inGrace = secret === model.previous && nowMs < model.graceEndsMs;
  return secret === model.secrets.at(-1) || inGrace ? "VALID" : "ROTATED_OUT";
}

function statusOf(model: Model, nowMs: number): string {
  if (model.revoked) return "REVOKED";
  if (nowMs >= model.expiresMs) return "EXPIRED";
  if (model.disabled) return "DISABLED";
  if (nowMs < model.effectiveMs) return "SCHEDULED";
  return model.previous !== undefined && nowMs < model.graceEndsMs ? "ROTATING" : "ACTIVE";
}

describe("the life of a key", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function newKey(random: Random, clientId: string, groupId: string): Promise<Model> {
    const nowMs = world.now().getTime();
    // Never on the same instant as a move of the clock, since real time goes on meanwhile.
    const effectiveMs = random.below(3) === 0 ? nowMs + (random.below(8) + 0.5) * MINUTE_MS : nowMs - MINUTE_MS;
    const expiresMs = nowMs + (random.below(60) + 10.5) * MINUTE_MS;
    const { apiKey, secret } = await world.latchkey.keys.create({
      clientId,
      name: unique("life"),
      effectiveAt: new Date(effectiveMs).toISOString(),
      expiresAt: new Date(expiresMs).toISOString(),
      groupIds: [groupId],
    });
    const { id } = apiKey;
    const blank = { graceEndsMs: 0, previous: undefined, disabled: false, revoked: false };
    return { id, effectiveMs, expiresMs, secrets: [secret], ...blank };
  }

  async function rotate(model: Model, random: Random): Promise<void> {
    const graceMinutes = random.pick([0, 3.5, 12.5]);
    const nowMs = world.now().getTime();
    const asked = world.latchkey.keys.rotate({ id: model.id, graceSeconds: graceMinutes * 60 });
    if (model.revoked || nowMs >= model.expiresMs) {
      await expect(asked).rejects.toMatchObject({ code: "CONFLICT" });
      return;
    }
    model.previous = graceMinutes > 0 ? model.secrets.at(-1) : undefined;
    model.graceEndsMs = nowMs + graceMinutes * MINUTE_MS;
    model.secrets.push((await asked).secret);
  }

  const steps: readonly ((model: Model, random: Random) => Promise<void>)[] = [
    rotate,
    rotate,
    async (model) => {
      await world.latchkey.keys.finishRotation(model.id);
      model.previous = undefined;
    },
    async (model) => {
      await world.latchkey.keys.disable(model.id);
      model.disabled = true;
    },
    async (model) => {
      await world.latchkey.keys.enable(model.id);
      model.disabled = false;
    },
    async (_, random) => world.moveClock((random.below(5) + 1) * MINUTE_MS),
    async (_, random) => world.moveClock((random.below(5) + 1) * MINUTE_MS),
    async (model, random) => {
      if (random.below(6) > 0) return;
      await world.latchkey.keys.revoke({ id: model.id });
      model.revoked = true;
    },
  ];

  it("is what a simple model says, through random sequences of all that can happen to it", async () => {
    const random = randomOf();
    const client = await seedClient(world, {
      groupIds: [(await seedGroup(world, { apiIds: [(await seedApi(world)).id] })).id],
    });
    const groupId = client.groups[0]?.id ?? "";
    for (let sequence = 0; sequence < SEQUENCES; sequence++) {
      const model = await newKey(random, client.id, groupId);
      for (let step = 0; step < STEPS; step++) {
        await random.pick(steps)(model, random);
        // The last ten retired ones are remembered; here all of them may be asked for.
        const secrets = model.secrets.slice(-10);
        const { verdicts, status } = await look(model, secrets);
        const nowMs = world.now().getTime();
        expect({ seed: random.seed, sequence, step, status, verdicts }).toEqual({
          seed: random.seed,
          sequence,
          step,
          status: statusOf(model, nowMs),
          verdicts: secrets.map((secret) => codeOf(model, secret, nowMs)),
        });
      }
    }
  });

  async function look(model: Model, secrets: readonly string[]) {
    const [answer, key] = await Promise.all([
      world.fetch("/v1/verify/batch", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requests: secrets.map((credential) => ({ credential })) }),
      }),
      world.latchkey.keys.get(model.id),
    ]);
    const { verdicts } = (await answer.json()) as { verdicts: { code: string }[] };
    return { verdicts: verdicts.map(({ code }) => code), status: key.status };
  }
});
