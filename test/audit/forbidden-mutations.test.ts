import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, signIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";

const CREATE = `mutation { harmless: createUser(input: { userName: "eve", password: "x", role: SYSTEM_ADMIN }) { id } }`;

describe("a mutation that its caller may not run", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  for (const [whose, add, kind] of [
    ["a member", addUser, "USER"],
    ["a client", addClient, "CLIENT"],
  ] as const) {
    it(`is an event about ${whose} who tried, under the mutation's own name`, async () => {
      const { id, name } = await add(world);
      expect(refusalIn(await world.graphql(CREATE, {}, await signIn(world, name))).code).toBe("FORBIDDEN");
      expect(await eventsAbout(world, id, "mutation.forbidden")).toMatchObject([
        { actorKind: kind, actorId: id, actorName: name, address: "127.0.0.1", after: { mutation: "createUser" } },
      ]);
    });
  }

  it("is an event also where the service refuses it, for what it is asked about", async () => {
    const { id, name } = await addUser(world, "OPERATOR");
    const reset = `mutation { setOneTimePassword(input: { userId: "${id}" }) { password } }`;
    expect(refusalIn(await world.graphql(reset, {}, await signIn(world, name))).code).toBe("FORBIDDEN");
    expect(await eventsAbout(world, id, "mutation.forbidden")).toMatchObject([
      { after: { mutation: "setOneTimePassword" } },
    ]);
  });

  it("is none where a query is refused, and where nobody is signed in", async () => {
    const { id, name } = await addUser(world);
    expect(refusalIn(await world.graphql("{ users { totalCount } }", {}, await signIn(world, name))).code).toBe(
      "FORBIDDEN",
    );
    await world.graphql(CREATE, {}, null);
    expect(await eventsAbout(world, id, "mutation.forbidden")).toEqual([]);
  });
});
