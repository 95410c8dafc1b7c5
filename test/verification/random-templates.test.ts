import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type Random, randomOf } from "../support/random.js";
import { seedCollection, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const TABLES = 6;
const TEMPLATES = 40;
const CALLS = 400;

const WORDS = ["a", "b", "ab", "a.b", "a-b", "x:y", "caf%C3%A9", "(a)", "$1", "v1"];
const PARTS = ["{p}", "{p}.json", "v{p}", "{p}-{q}", "a{p}b", "{p}:a", "{p}"];

/** A template as a regular expression over decoded segments: slow, and plain to see. */
function expressionOf(segment: string): RegExp {
  const source = segment
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith("{") ? ".+" : decodeURIComponent(part).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`, "su");
}

function textOf(segment: string): number {
  return decodeURIComponent(segment.replace(/\{[^}]*\}/g, "")).length;
}

interface Weight {
  readonly text: number;
  readonly shape: string;
}

/** In each segment: plain text, else the most text beside parameters, else a parameter alone; then the alphabet. */
function weightsOf(template: string): Weight[] {
  return template
    .slice(1)
    .split("/")
    .map((segment) => ({
      text: segment.includes("{") ? textOf(segment) : Number.POSITIVE_INFINITY,
      shape: segment.replace(/\{[^}]*\}/g, "{}"),
    }));
}

function answersOf(templates: readonly string[], path: string): string[] {
  const segments = path.slice(1).split("/").map(decodeURIComponent);
  const answering = templates.filter((template) => {
    const own = template.slice(1).split("/");
    return (
      own.length === segments.length && own.every((each, index) => expressionOf(each).test(segments[index] as string))
    );
  });
  const best = answering.map(weightsOf).sort((a, b) => compare(b, a))[0];
  return best ? answering.filter((template) => compare(weightsOf(template), best) === 0) : [];
}

function compare(a: readonly Weight[], b: readonly Weight[]): number {
  for (const [index, { text, shape }] of a.entries()) {
    const other = b[index] as Weight;
    if (text !== other.text) return text - other.text;
    if (shape !== other.shape) return shape < other.shape ? 1 : -1;
  }
  return 0;
}

function templateFrom(random: Random): string {
  const length = random.below(3) + 1;
  const segments = Array.from({ length }, (_, index) => {
    const part = random.below(2) === 0 ? random.pick(WORDS) : random.pick(PARTS);
    return part.replace(/p|q/g, (name) => `${name}${index}`).replace(/^\{|(?<=[^{])\{/g, "{");
  });
  return `/${segments.join("/")}${random.below(8) === 0 ? "/" : ""}`;
}

function callFrom(random: Random): string {
  const length = random.below(3) + 1;
  const segments = Array.from({ length }, () => {
    const pieces = Array.from({ length: random.below(3) + 1 }, () => random.pick([...WORDS, ".json", "-", "v", "%20"]));
    const text = random.below(2) === 0 ? random.pick(WORDS) : pieces.join("");
    // Any letter may be spelt in hexadecimal.
    return text.replace(/(?<!%|%.)[ab1v.]/g, (letter) =>
      random.below(4) === 0 ? `%${letter.charCodeAt(0).toString(16)}` : letter,
    );
  });
  return `/${segments.join("/")}${random.below(8) === 0 ? "/" : ""}`;
}

describe("random tables of templates", () => {
  let world: World;
  let credential: string;

  before(async () => {
    world = await startWorld();
    credential = (await world.latchkey.keys.create({ name: unique("own") })).secret;
  });

  after(() => world.stop());

  async function table(random: Random) {
    const { id } = await seedCollection(world.latchkey);
    const templates: string[] = [];
    for (let index = 0; index < TEMPLATES; index++) {
      const path = templateFrom(random);
      const api = { collectionId: id, kind: "REST", name: path, method: "GET", path, openToAll: true } as const;
      // Of two templates of one shape the second is refused.
      await world.latchkey.apis.create(api).then(
        () => templates.push(path),
        (error: { code: string }) => expect(error.code).toBe("CONFLICT"),
      );
    }
    return { id, templates };
  }

  it("answer each call by the template that a slow and plain reading of them finds", async () => {
    const random = randomOf();
    let answered = 0;
    for (let turn = 0; turn < TABLES; turn++) {
      const { id, templates } = await table(random);
      const calls = Array.from({ length: CALLS }, () => callFrom(random)).filter(
        (path) => !/\/\.{1,2}(?:\/|$)/.test(decodeURIComponent(path)),
      );
      const names = await namesOf(id, calls);
      for (const [index, path] of calls.entries()) {
        const expected = answersOf(templates, path);
        const found = names[index];
        if (found !== undefined) answered++;
        const agrees = found === undefined ? expected.length === 0 : expected.includes(found);
        const about = { seed: random.seed, templates, path, expected, found };
        expect({ ...about, agrees }).toEqual({ ...about, agrees: true });
      }
    }
    expect(answered).toBeGreaterThan(TABLES * 20);
  });

  async function namesOf(collection: string, paths: readonly string[]): Promise<(string | undefined)[]> {
    const names: (string | undefined)[] = [];
    for (let from = 0; from < paths.length; from += 100) {
      const requests = paths
        .slice(from, from + 100)
        .map((path) => ({ credential, api: { method: "GET", path, collection } }));
      const answer = await world.fetch("/v1/verify/batch", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requests }),
      });
      const { verdicts } = (await answer.json()) as { verdicts: { code: string; api?: { name: string } }[] };
      names.push(...verdicts.map(({ api }) => api?.name));
    }
    return names;
  }
});
