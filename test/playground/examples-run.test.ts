import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type Example, examples } from "../../api/playground/page/examples/examples.js";
import { fillIn, type Known } from "../../api/playground/page/fill-in.js";
import { Recollection } from "../../api/playground/page/recollection.js";
import { startWorld, type World } from "../support/world.js";

describe("the playground's examples", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  /** Until it has begun. */
  async function follow(example: Example, known: Known): Promise<void> {
    const body = JSON.stringify({ query: example.document, variables: fillIn(example, known, "a1b2c", world.now()) });
    const asked = { "content-type": "application/json", accept: "text/event-stream" };
    const headers = { ...asked, authorization: `Bearer ${world.token}` };
    const { status, body: events } = await world.fetch("/graphql", { method: "POST", headers, body });
    const first = await events?.getReader().read();
    expect({ example: example.title, status, first: Buffer.from(first?.value ?? "").toString() }).toEqual({
      example: example.title,
      status: 200,
      first: ":\n\n",
    });
  }

  it("all run in the order in which they stand, each with what the ones before have told", async () => {
    const recollection = new Recollection({
      getItem: () => null,
      setItem: () => undefined,
      removeItem: () => undefined,
    });
    const verdicts: string[] = [];
    const refusals: string[] = [];
    for (const example of examples) {
      const known: Known = recollection.current();
      if (example.document.startsWith("subscription")) {
        await follow(example, known);
        continue;
      }
      const { data, errors } = await world.graphql(example.document, fillIn(example, known, "a1b2c", world.now()));
      expect({ example: example.title, errors }).toEqual({ example: example.title, errors: [] });
      recollection.note(data);
      if (data.verifyCredential) verdicts.push(data.verifyCredential.code);
      const checks: { code: string | null }[] = data.explainVerification?.checks ?? [];
      refusals.push(...checks.flatMap(({ code }) => code ?? []));
    }
    expect(verdicts).toEqual(["VALID", "GROUP_DENIED", "VALID"]);
    expect(refusals).toEqual(["GROUP_DENIED", "QUOTA_EXCEEDED"]);
  });
});
