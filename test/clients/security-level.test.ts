import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import pg from "pg";
import { refusalIn } from "../support/graphql.js";
import {
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { FAR, seedClient, seedGroup, seedSignedInClient, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("a client's security level", () => {
  let world: World;
  let setLevel: Mutation;

  before(async () => {
    world = await startWorld();
    setLevel = mutationOf(
      world,
      "setClientSecurityLevel",
      "SetClientSecurityLevelInput",
      "{ securityLevel groups { id } scopes { id } }",
    );
  });

  after(() => world.stop());

  async function seedLevels() {
    const mark = unique("level");
    const groups = {
      a: await seedGroup(world, { name: `${mark} a`, securityLevel: "A" }),
      b: await seedGroup(world, { name: `${mark} b`, securityLevel: "B" }),
      c: await seedGroup(world, { name: `${mark} c`, securityLevel: "C" }),
    };
    return { mark, groups };
  }

  it("decides which groups are offered: its own level and lower ones, that it does not hold yet", async () => {
    const { mark, groups } = await seedLevels();
    const client = await seedClient(world, { securityLevel: "A", groupIds: [groups.b.id] });
    const offered = async () => {
      const { nodes, totalCount } = await world.latchkey.clients.assignableGroups({
        clientId: client.clientId,
        search: mark,
      });
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ name }) => name.replace(`${mark} `, ""));
    };
    expect(await offered()).toEqual(["a", "c"]);
    await setLevel({ clientId: client.id, securityLevel: "B" });
    expect(await offered()).toEqual(["c"]);
    await world.latchkey.clients.removeGroups({ clientId: client.id, groupIds: [groups.b.id] });
    expect(await offered()).toEqual(["b", "c"]);
    await setLevel({ clientId: client.id, securityLevel: "C" });
    expect(await offered()).toEqual(["c"]);
    const page = await world.latchkey.clients.assignableGroups({ clientId: client.id, search: mark, first: 1 });
    expect([page.nodes.length, page.pageInfo.hasNextPage]).toEqual([1, false]);
  });

  it("offers a client that has signed in its own list, and no other", async () => {
    const { client, latchkey } = await seedSignedInClient(world);
    const other = await seedClient(world);
    expect((await latchkey.clients.assignableGroups({ clientId: client.id })).totalCount).toBeGreaterThanOrEqual(0);
    const refusals = await Promise.all(
      [other.id, ABSENT].map((clientId) =>
        latchkey.clients.assignableGroups({ clientId }).catch((error: unknown) => error),
      ),
    );
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: "NOT_FOUND", message: (refusals[0] as Error).message });
  });

  it("is not lowered while higher groups or scopes are held, each of which is named", async () => {
    const { groups } = await seedLevels();
    const scope = await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [groups.a.id] });
    const client = await seedClient(world, { securityLevel: "A", groupIds: [groups.a.id, groups.b.id, groups.c.id] });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    const refused = refusalIn(await setLevel({ clientId: client.id, securityLevel: "C" }));
    expect(refused).toMatchObject({ code: "CONFLICT" });
    expect(refused.fields?.map(({ message }) => message)).toEqual(
      [groups.a, groups.b, scope].map(({ name }) => `the client holds ${name}`),
    );
    expect((await world.latchkey.clients.get({ id: client.id })).securityLevel).toBe("A");
  });

  it("is lowered with detach, which takes what is above from the client and its keys at once", async () => {
    const { groups } = await seedLevels();
    const scope = await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [groups.b.id] });
    const client = await seedClient(world, { securityLevel: "A", groupIds: [groups.b.id, groups.c.id] });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    const { secret } = await world.latchkey.keys.create({
      clientId: client.id,
      name: "key",
      expiresAt: FAR,
      groupIds: [groups.b.id, groups.c.id],
    });
    const { data } = await setLevel({ clientId: client.clientId, securityLevel: "C", detach: true });
    expect(data.setClientSecurityLevel).toEqual({ securityLevel: "C", groups: [{ id: groups.c.id }], scopes: [] });
    const verify = async (name: string) => (await world.latchkey.verify({ credential: secret, groups: [name] })).code;
    expect([await verify(groups.b.name), await verify(groups.c.name)]).toEqual(["GROUP_DENIED", "VALID"]);
    expect(await lastEventAbout(world, client.id)).toMatchObject({
      event: "client.securityLevelChanged",
      before: { securityLevel: "A" },
      after: { securityLevel: "C", detachedGroupIds: [groups.b.id], detachedScopeIds: [scope.id] },
    });
  });

  it("is set by operators and administrators, for a client that exists, to a level that exists", async () => {
    const client = await seedClient(world);
    await expectKeptOut(world, setLevel, { clientId: client.id, securityLevel: "A" }, ["MEMBER", "AUDITOR"]);
    expectNotFound(
      await setLevel({ clientId: ABSENT, securityLevel: "A" }),
      await setLevel({ clientId: "no-such-client", securityLevel: "A" }),
    );
    expectInvalid(await setLevel({ clientId: client.id, securityLevel: "D" }), "securityLevel");
    expectInvalid(await setLevel({ clientId: "a b", securityLevel: "A" }), "clientId");
  });

  it("is kept by the database itself, whoever writes and whatever moves", async () => {
    const { groups } = await seedLevels();
    const client = await seedClient(world, { groupIds: [groups.c.id] });
    const scope = await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [groups.c.id] });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    const high = await world.latchkey.scopes.create({ name: unique("high"), groupIds: [groups.b.id] });
    for (const [sql, values] of [
      ["insert into client_groups (client_id, group_id) values ($1, $2)", [client.id, groups.b.id]],
      ["insert into client_scopes (client_id, scope_id) values ($1, $2)", [client.id, high.id]],
      ["insert into scope_groups (scope_id, group_id) values ($1, $2)", [scope.id, groups.a.id]],
      ["update authority_groups set security_level = 'B' where id = $1", [groups.c.id]],
      ["update client_groups set group_id = $2 where client_id = $1", [client.id, groups.a.id]],
    ] as const) {
      await expect(world.database.query(sql, [...values])).rejects.toMatchObject({
        constraint: "clients_groups_within_level",
      });
    }
    const trusted = await seedClient(world, { securityLevel: "A", groupIds: [groups.a.id] });
    const lower = world.database.query("update clients set security_level = 'B' where id = $1", [trusted.id]);
    await expect(lower).rejects.toMatchObject({ constraint: "clients_groups_within_level" });
  });

  it("lowered and given a higher group at the same moment, ends with one of the two", async () => {
    const { groups } = await seedLevels();
    const client = await seedClient(world, { securityLevel: "A" });
    const [one, two] = [new pg.Client(databaseUrl()), new pg.Client(databaseUrl())];
    await Promise.all([one.connect(), two.connect()]);
    try {
      await one.query("begin");
      await one.query("insert into client_groups (client_id, group_id) values ($1, $2)", [client.id, groups.a.id]);
      const lowering = two
        .query("update clients set security_level = 'C' where id = $1", [client.id])
        .catch((error: unknown) => error);
      await until("the other to wait", async () => {
        const { rows } = await world.database.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows.length > 0;
      });
      await one.query("commit");
      expect(await lowering).toMatchObject({ constraint: "clients_groups_within_level" });
    } finally {
      await Promise.all([one.end(), two.end()]);
    }
  });

  function databaseUrl(): string {
    return String(world.database.options.connectionString);
  }
});
