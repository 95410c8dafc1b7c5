import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import pg from "pg";
import { FAR, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const PAGE = `query ($search: String, $first: Int) {
  clients(search: $search, first: $first) {
    totalCount
    edges {
      node {
        clientId
        groups { name apis { name collection { name region { code } } } }
        apiKeys(first: 5) { totalCount edges { node { name status owner { name } client { clientId } groups { name } } } }
      }
    }
  }
}`;

describe("a page of clients with their keys and groups", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  /** How many statements the server sends while something is done. */
  async function countStatements(work: () => Promise<void>): Promise<number> {
    const query: (...args: never[]) => unknown = Reflect.get(pg.Client.prototype, "query");
    let count = 0;
    function counted(this: pg.Client, ...args: unknown[]): unknown {
      count++;
      return Reflect.apply(query, this, args);
    }
    Reflect.set(pg.Client.prototype, "query", counted);
    try {
      await work();
    } finally {
      Reflect.set(pg.Client.prototype, "query", query);
    }
    return count;
  }

  it("costs the same number of statements for 2 clients and for 50", async () => {
    const prefix = unique("many");
    const groups = [await seedGroup(world), await seedGroup(world)];
    const groupIds = groups.map(({ id }) => id);
    for (let number = 0; number < 50; number++) {
      const name = `${prefix}-${number}`;
      const client = await world.latchkey.clients.create({
        clientId: name,
        name,
        displayName: name,
        note: "n",
        groupIds,
      });
      for (const key of ["one", "two"]) {
        await world.latchkey.keys.create({ clientId: client.id, name: key, expiresAt: FAR, groupIds });
      }
    }
    const page = (first: number) => async () => {
      const { data, errors } = await world.graphql(PAGE, { search: prefix, first });
      expect(errors).toEqual([]);
      expect(data.clients.totalCount).toBe(50);
      expect(data.clients.edges.length).toBe(first);
      for (const { node } of data.clients.edges) {
        expect(node.groups.length).toBe(2);
        expect(node.apiKeys.totalCount).toBe(2);
        expect(node.apiKeys.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(["two", "one"]);
      }
    };
    const few = await countStatements(page(2));
    const many = await countStatements(page(50));
    expect(few).toBeGreaterThan(0);
    expect(many).toBe(few);
  });
});
