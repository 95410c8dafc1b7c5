import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectNotFound } from "../support/mutations.js";
import { seedClient, seedGroup, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("finding clients", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const find = async (query: object) => {
    const { nodes, totalCount } = await world.latchkey.clients.list(query);
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ id }) => id);
  };

  it("one keyword finds client id, name, display name and group name, in upper and lower case", async () => {
    const mark = unique("Mark");
    const group = await seedGroup(world, { name: `group ${mark}` });
    const byId = await seedClient(world, { clientId: `a-${mark}` });
    const byName = await seedClient(world, { name: `b-${mark}` });
    const byDisplayName = await seedClient(world, { displayName: `Client ${mark}` });
    const byGroup = await seedClient(world, { groupIds: [group.id] });
    await seedClient(world);
    const all = [byGroup, byDisplayName, byName, byId].map(({ id }) => id);
    expect(await find({ search: mark })).toEqual(all);
    expect(await find({ search: mark.toUpperCase() })).toEqual(all);
    expect(await find({ search: `  ${mark} ` })).toEqual(all);
    expect(await find({ search: unique("nothing") })).toEqual([]);
  });

  it("wildcards are letters", async () => {
    const mark = unique("100%_\\");
    const client = await seedClient(world, { displayName: mark });
    expect(await find({ search: mark })).toEqual([client.id]);
    expect(await find({ search: mark.replace("%", "_") })).toEqual([]);
    expect(await find({ search: mark.replace("100%", "1%") })).toEqual([]);
  });

  it("filters hold together: status, security level and group", async () => {
    const mark = unique("filter");
    const group = await seedGroup(world);
    const one = await seedClient(world, { displayName: `${mark} 1`, securityLevel: "A", groupIds: [group.id] });
    const two = await seedClient(world, { displayName: `${mark} 2`, status: "DISABLED", securityLevel: "A" });
    expect(await find({ search: mark })).toEqual([two.id, one.id]);
    expect(await find({ search: mark, filter: { status: "DISABLED" } })).toEqual([two.id]);
    expect(await find({ search: mark, filter: { securityLevel: "A", groupId: group.id } })).toEqual([one.id]);
    expect(await find({ search: mark, filter: { securityLevel: "B" } })).toEqual([]);
    expect(await find({ search: mark, filter: { status: null } })).toEqual([two.id, one.id]);
  });

  it("pages in every order, forwards and backwards, meeting each once", async () => {
    const mark = unique("page");
    const ids: string[] = [];
    for (let number = 0; number < 7; number++)
      ids.push((await seedClient(world, { displayName: `${mark} ${6 - number}` })).id);
    const orders = [
      [undefined, [...ids].reverse()],
      [{ field: "CREATED_AT", direction: "ASC" }, ids],
      [{ field: "DISPLAY_NAME", direction: "ASC" }, [...ids].reverse()],
      [{ field: "DISPLAY_NAME", direction: "DESC" }, ids],
    ] as const;
    for (const [orderBy, expected] of orders) {
      const query = { search: mark, ...(orderBy && { orderBy }) };
      const forwards: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await world.latchkey.clients.list({ ...query, first: 3, after });
        expect(page.totalCount).toBe(7);
        forwards.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(forwards).toEqual(expected);

      const backwards: string[] = [];
      for (let before: string | null = null; ; ) {
        const page = await world.latchkey.clients.list({ ...query, last: 3, before });
        backwards.unshift(...page.nodes.map(({ id }) => id));
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(backwards).toEqual(expected);
    }
  });

  it("a cursor of another order is refused", async () => {
    await seedClient(world);
    const { pageInfo } = await world.latchkey.clients.list({ first: 1 });
    const answer = await world.graphql(
      `query ($after: String) { clients(after: $after, orderBy: { field: NAME }) { totalCount } }`,
      { after: pageInfo.endCursor },
    );
    expectInvalid(answer, "after");
  });

  it("one client is found by its id or its client id, and by exactly one of them", async () => {
    const client = await seedClient(world);
    expect(await world.latchkey.clients.get({ id: client.id })).toEqual(client);
    expect(await world.latchkey.clients.get({ clientId: client.clientId })).toEqual(client);
    const ask = (args: string) => world.graphql(`{ client${args} { id } }`);
    expectInvalid(await ask(""), "id");
    expectInvalid(await ask(`(id: "${client.id}", clientId: "${client.clientId}")`), "id");
    expectInvalid(await ask(`(id: "nonsense")`), "id");
    expectInvalid(await ask(`(clientId: "a b")`), "clientId");
  });

  it("a client that has signed in sees itself, and others no more than absent ones", async () => {
    const { client, token, latchkey } = await seedSignedInClient(world);
    const other = await seedClient(world);
    expect((await latchkey.clients.list()).nodes.map(({ id }) => id)).toEqual([client.id]);
    expect((await latchkey.clients.get({ id: client.id })).clientId).toBe(client.clientId);
    const ask = (id: string) => world.graphql(`query ($id: ID) { client(id: $id) { id } }`, { id }, token);
    expectNotFound(await ask(other.id), await ask("01a1fbc0-8a5e-724f-a37c-e27228f405b0"));
  });

  it("an auditor reads, a member and a stranger do not", async () => {
    const query = "{ clients { totalCount } }";
    const auditor = await seedUser(world, "AUDITOR");
    expect((await world.graphql(query, {}, auditor.token)).errors).toEqual([]);
    const member = await seedUser(world, "MEMBER");
    expect(refusalIn(await world.graphql(query, {}, member.token)).code).toBe("FORBIDDEN");
    expect(refusalIn(await world.graphql(query, {}, null)).code).toBe("UNAUTHENTICATED");
  });
});
