import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";

describe("an input field that may be left out, but not cleared", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
    const facts = { clientId: "shop", name: "shop", displayName: "Shop", note: "A test." };
    await world.latchkey.clients.create(facts);
  });

  after(() => world.stop());

  for (const [field, type] of Object.entries({ priority: "number", displayName: "text", timeZone: "text" })) {
    it(`refuses null for a ${type}: ${field}`, async () => {
      const document = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) { id } }`;
      const refusal = refusalIn(await world.graphql(document, { input: { id: "shop", [field]: null } }));
      expect(refusal).toEqual({
        code: "INVALID_INPUT",
        fields: [{ path: field, message: "must not be null: leave it out" }],
      });
    });
  }
});
