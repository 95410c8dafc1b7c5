import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { seedApi, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("authority groups", () => {
  let world: World;
  let create: Mutation;
  let apiId: string;

  before(async () => {
    world = await startWorld();
    create = mutationOf(
      world,
      "createAuthorityGroup",
      "CreateAuthorityGroupInput",
      "{ id name description securityLevel apis { id } }",
    );
    apiId = (await seedApi(world)).id;
  });

  after(() => world.stop());

  const group = (changes: object = {}) => ({ name: unique("group"), apiIds: [apiId], ...changes });

  it("name APIs with a security level, which is the lowest unless said", async () => {
    const made = (await create(group({ description: "Reads\norders" }))).data.createAuthorityGroup;
    expect(made).toMatchObject({ description: "Reads\norders", securityLevel: "C", apis: [{ id: apiId }] });
    expect(await lastEventAbout(world, made.id)).toMatchObject({
      event: "authorityGroup.created",
      after: { name: made.name, apiIds: [apiId] },
    });
    expect((await create(group({ securityLevel: "A" }))).data.createAuthorityGroup.securityLevel).toBe("A");
  });

  it("refuse bad values, unknown APIs and a name that is taken", async () => {
    for (const [changes, path] of [
      [{ name: "" }, "name"],
      [{ name: "\t" }, "name"],
      [{ name: "x".repeat(101) }, "name"],
      [{ description: "x".repeat(2_001) }, "description"],
      [{ securityLevel: "D" }, "securityLevel"],
      [{ apiIds: [] }, "apiIds"],
      [{ apiIds: ["nonsense"] }, "apiIds"],
      [{ apiIds: [apiId, apiId.toUpperCase()] }, "apiIds"],
      [{ apiIds: [apiId, ABSENT] }, "apiIds.1"],
      [{ apiIds: Array.from({ length: 1_001 }, () => ABSENT) }, "apiIds"],
    ] as const) {
      expectInvalid(await create(group(changes)), path);
    }
    const { name } = await seedGroup(world);
    expectConflict(await create(group({ name })), "name");
  });

  it("are made by operators and administrators", async () => {
    await expectKeptOut(world, create, group(), ["MEMBER", "AUDITOR"]);
  });

  it("are found by name, description and level, and one by its id", async () => {
    const mark = unique("mark");
    const low = await seedGroup(world, { name: `a ${mark}` });
    const high = await seedGroup(world, { name: unique("z"), description: `about ${mark}`, securityLevel: "A" });
    const found = async (query: object) => (await world.latchkey.groups.list(query)).nodes.map(({ id }) => id);
    expect(await found({ search: mark.toUpperCase() })).toEqual([low.id, high.id]);
    expect(await found({ search: mark, filter: { securityLevel: "A" } })).toEqual([high.id]);
    expect(await found({ search: unique("nothing") })).toEqual([]);
    expect(await world.latchkey.groups.get(low.id)).toMatchObject({
      name: low.name,
      apis: [expect.objectContaining({ method: "GET" })],
    });
    const ask = (id: string) => world.graphql(`query ($id: ID!) { authorityGroup(id: $id) { id } }`, { id });
    expectNotFound(await ask(ABSENT));
    expectInvalid(await ask("nonsense"), "id");
  });
});
