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
import { FAR, seedClient, seedGroup, seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("scopes", () => {
  let world: World;
  let create: Mutation;
  let update: Mutation;
  let remove: Mutation;
  let give: Mutation;
  let take: Mutation;

  before(async () => {
    world = await startWorld();
    create = mutationOf(world, "createScope", "CreateScopeInput", "{ id name description groups { id } }");
    update = mutationOf(world, "updateScope", "UpdateScopeInput", "{ id name description groups { id } }");
    remove = mutationOf(world, "deleteScope", "DeleteScopeInput", "{ id }");
    give = mutationOf(world, "addClientScopes", "ClientScopesInput", "{ scopes { id name } }");
    take = mutationOf(world, "removeClientScopes", "ClientScopesInput", "{ scopes { id } }");
  });

  after(() => world.stop());

  const scopeOf = (...groupIds: string[]) => world.latchkey.scopes.create({ name: unique("orders:read"), groupIds });

  it("name groups in the syntax of OAuth", async () => {
    const group = await seedGroup(world);
    for (const name of [
      unique("orders:read"),
      unique("https://example.com/orders.write"),
      `!#[]~${unique("")}`,
      "x".repeat(100),
    ]) {
      const { data, errors } = await create({ name, description: "For orders", groupIds: [group.id] });
      expect(errors).toEqual([]);
      expect(data.createScope).toMatchObject({ name, description: "For orders", groups: [{ id: group.id }] });
      expect(await lastEventAbout(world, data.createScope.id)).toMatchObject({
        event: "scope.created",
        after: { name, groupIds: [group.id] },
      });
    }
  });

  it("refuse names that are no scope tokens, empty and unknown groups, and a name that is taken", async () => {
    const group = await seedGroup(world);
    const good = { name: unique("s"), groupIds: [group.id] };
    for (const name of ["", "a b", 'a"b', "a\\b", "ä", "a\n", "x".repeat(101)])
      expectInvalid(await create({ ...good, name }), "name");
    expectInvalid(await create({ ...good, groupIds: [] }), "groupIds");
    expectInvalid(await create({ ...good, groupIds: ["nonsense"] }), "groupIds");
    expectInvalid(await create({ ...good, groupIds: [group.id, ABSENT] }), "groupIds.1");
    const taken = await scopeOf(group.id);
    expectConflict(await create({ ...good, name: taken.name }), "name");
    expectConflict(await update({ id: (await scopeOf(group.id)).id, name: taken.name }), "name");
  });

  it("are changed and found: by name, description and group", async () => {
    const [one, two] = [await seedGroup(world), await seedGroup(world)];
    const scope = await scopeOf(one.id);
    const mark = unique("mark");
    const changed = await update({ id: scope.id, description: `about ${mark}`, groupIds: [two.id] });
    expect(changed.data.updateScope).toMatchObject({ name: scope.name, groups: [{ id: two.id }] });
    expect(await lastEventAbout(world, scope.id)).toMatchObject({
      event: "scope.updated",
      before: { description: "", groupIds: [one.id] },
      after: { description: `about ${mark}`, groupIds: [two.id] },
    });
    const found = async (query: object) => (await world.latchkey.scopes.list(query)).nodes.map(({ id }) => id);
    expect(await found({ search: mark.toUpperCase() })).toEqual([scope.id]);
    expect(await found({ filter: { groupId: two.id } })).toEqual([scope.id]);
    expect(await found({ filter: { groupId: one.id } })).toEqual([]);
    expect((await world.latchkey.scopes.get(scope.id)).name).toBe(scope.name);
  });

  it("are written by operators and administrators, and absent ones are not found", async () => {
    const group = await seedGroup(world);
    const client = await seedClient(world);
    await expectKeptOut(world, create, { name: unique("s"), groupIds: [group.id] }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, update, { id: ABSENT }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, remove, { id: ABSENT, confirm: true }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, give, { clientId: client.id, scopeIds: [ABSENT] }, ["MEMBER", "AUDITOR"]);
    await expectKeptOut(world, take, { clientId: client.id, scopeIds: [ABSENT] }, ["MEMBER", "AUDITOR"]);
    expectNotFound(await update({ id: ABSENT, name: "x" }), await remove({ id: ABSENT, confirm: true }));
    const scope = await scopeOf(group.id);
    expectNotFound(
      await give({ clientId: ABSENT, scopeIds: [scope.id] }),
      await take({ clientId: "no-such-client", scopeIds: [scope.id] }),
    );
  });

  it("are held by a key whose client holds them and whose own groups contain all of theirs", async () => {
    const { client, group, secret } = await seedKey(world);
    const another = await seedGroup(world);
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [another.id] });
    const [narrow, wide] = [await scopeOf(group.id), await scopeOf(group.id, another.id)];
    const ask = async (...scopes: string[]) => {
      const verdict = await world.latchkey.verify({ credential: secret, scopes });
      return verdict.valid ? verdict.scopes : verdict.code;
    };
    expect(await ask(narrow.name)).toBe("SCOPE_DENIED");
    const given = await give({ clientId: client.clientId, scopeIds: [narrow.id, wide.id] });
    expect(given.data.addClientScopes.scopes.length).toBe(2);
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.scopesAdded",
      before: { scopeIds: [] },
    });
    expect(await ask(narrow.name)).toEqual([narrow.name]);
    expect(await ask(narrow.name, wide.name)).toBe("SCOPE_DENIED");
    const { secret: both } = await world.latchkey.keys.create({
      clientId: client.id,
      name: unique("both"),
      expiresAt: FAR,
      groupIds: [group.id, another.id],
    });
    const verdict = await world.latchkey.verify({ credential: both, scopes: [wide.name] });
    expect(verdict.valid && [...verdict.scopes].sort()).toEqual([narrow.name, wide.name].sort());
  });

  it("are gone from the next verdict when they are taken, changed, deleted, or lose their group", async () => {
    const { client, group, secret } = await seedKey(world);
    const other = await seedGroup(world);
    const holds = async (scope: string) => (await world.latchkey.verify({ credential: secret, scopes: [scope] })).code;
    const [taken, changed, deleted, orphaned] = [
      await scopeOf(group.id),
      await scopeOf(group.id),
      await scopeOf(group.id),
      await scopeOf(group.id),
    ];
    const all = [taken, changed, deleted, orphaned];
    await give({ clientId: client.id, scopeIds: all.map(({ id }) => id) });
    for (const { name } of all) expect(await holds(name)).toBe("VALID");

    await take({ clientId: client.id, scopeIds: [taken.id] });
    expect(await holds(taken.name)).toBe("SCOPE_DENIED");
    await update({ id: changed.id, groupIds: [group.id, other.id] });
    expect(await holds(changed.name)).toBe("SCOPE_DENIED");
    const unconfirmed = await remove({ id: deleted.id });
    expectInvalid(unconfirmed, "confirm");
    expect(unconfirmed.errors[0]?.message).toContain("1 clients hold");
    expect(await holds(deleted.name)).toBe("VALID");
    expect((await remove({ id: deleted.id, confirm: true })).errors).toEqual([]);
    expect(await lastEventAbout(world, deleted.id)).toMatchObject({ event: "scope.deleted", before: { clients: 1 } });
    expect(await holds(deleted.name)).toBe("SCOPE_DENIED");
    await world.latchkey.clients.removeGroups({ clientId: client.id, groupIds: [group.id] });
    expect(await holds(orphaned.name)).toBe("SCOPE_DENIED");
  });

  it("are given within the client's level only, and cannot grow beyond it while they are held", async () => {
    const [low, high] = [await seedGroup(world), await seedGroup(world, { securityLevel: "B" })];
    const [fine, above] = [await scopeOf(low.id), await scopeOf(low.id, high.id)];
    const client = await seedClient(world);
    expectInvalid(await give({ clientId: client.id, scopeIds: [fine.id, above.id] }), "scopeIds.1");
    expectInvalid(await give({ clientId: client.id, scopeIds: [ABSENT] }), "scopeIds.0");
    expectInvalid(await give({ clientId: client.id, scopeIds: [] }), "scopeIds");
    expect((await world.latchkey.clients.get({ id: client.id })).scopes).toEqual([]);
    await give({ clientId: client.id, scopeIds: [fine.id] });
    expectConflict(await update({ id: fine.id, groupIds: [low.id, high.id] }), "groupIds");
    expect((await world.latchkey.scopes.get(fine.id)).groups.map(({ id }) => id)).toEqual([low.id]);
  });
});
