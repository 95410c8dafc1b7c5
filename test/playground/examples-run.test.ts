import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { examples } from "../../api/playground/page/examples/examples.js";
import { fillIn, type Known } from "../../api/playground/page/fill-in.js";
import { Recollection } from "../../api/playground/page/recollection.js";
import { startWorld, type World } from "../support/world.js";

describe("the playground's examples", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

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
