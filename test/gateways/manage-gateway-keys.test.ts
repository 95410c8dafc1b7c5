import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { FAR, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const HOUR_MS = 3_600_000;
const SECRET = /^lk_gw_[0-9A-Za-z]{50}$/;

describe("gateway keys", () => {
  let world: World;
  let create: Mutation;
  let revoke: Mutation;

  before(async () => {
    world = await startWorld();
    create = mutationOf(world, "createGatewayKey", "CreateGatewayKeyInput", "{ secret gatewayKey { id status } }");
    revoke = mutationOf(
      world,
      "revokeGatewayKey",
      "RevokeGatewayKeyInput",
      "{ id status revokedAt revokedBy revocationReason }",
    );
  });

  after(() => world.stop());

  const seed = (name = unique("gateway")) => world.latchkey.gatewayKeys.create({ name });

  it("are created with a secret that is shown once, and an event that does not hold it", async () => {
    const name = unique("edge");
    const { gatewayKey, secret } = await world.latchkey.gatewayKeys.create({
      name,
      description: "In the DMZ",
      expiresAt: FAR,
    });
    const lookupId = secret.slice(6, 18);
    expect(secret).toMatch(SECRET);
    expect(gatewayKey).toEqual({
      id: expect.any(String),
      name,
      description: "In the DMZ",
      lookupId,
      status: "ACTIVE",
      expiresAt: "2100-01-01T00:00:00.000Z",
      createdAt: expect.any(String),
      createdBy: "admin",
      lastAccessedAt: null,
      lastAccessedFrom: null,
      revokedAt: null,
      revokedBy: null,
      revocationReason: null,
    });
    expect(await world.latchkey.gatewayKeys.get(gatewayKey.id)).toEqual(gatewayKey);
    const event = await lastEventAbout(world, gatewayKey.id);
    expect(event).toMatchObject({
      event: "gatewayKey.created",
      targetKind: "GatewayKey",
      actorName: "admin",
      after: { name, description: "In the DMZ", expiresAt: gatewayKey.expiresAt, lookupId },
    });

    const { rows } = await world.database.query("select to_jsonb(g)::text as row from gateway_keys g where id = $1", [
      gatewayKey.id,
    ]);
    for (const kept of [JSON.stringify(event), world.log.join("\n"), rows[0].row]) {
      expect(kept).not.toContain(secret.slice(18));
    }
  });

  it("need no more than a name, and never expire then", async () => {
    const { gatewayKey } = await seed();
    expect(gatewayKey).toMatchObject({ description: "", expiresAt: null, status: "ACTIVE" });
  });

  it("are refused with the field that is wrong", async () => {
    const name = unique("gateway");
    expectInvalid(await create({ name: "" }), "name");
    expectInvalid(await create({ name: "  " }), "name");
    expectInvalid(await create({ name: "x".repeat(101) }), "name");
    expectInvalid(await create({ name: "line\nbreak" }), "name");
    expectInvalid(await create({ name, description: "x".repeat(2_001) }), "description");
    expectInvalid(await create({ name, description: null }), "description");
    expectInvalid(await create({ name, expiresAt: "tomorrow" }), "expiresAt");
    expectInvalid(await create({ name, expiresAt: "2020-01-01" }), "expiresAt");
    expectInvalid(await create({ name, expiresAt: world.now().toISOString() }), "expiresAt");
    expectInvalid(await revoke({ id: "none" }), "id");
    expectInvalid(await revoke({ id: ABSENT, reason: "x".repeat(501) }), "reason");
  });

  it("have names that are unique among those in force, in upper and lower case, also when two come at once", async () => {
    const name = unique("gateway");
    const { gatewayKey } = await seed(name);
    expectConflict(await create({ name: name.toUpperCase() }), "name");
    await world.latchkey.gatewayKeys.revoke({ id: gatewayKey.id });
    const again = await Promise.all(Array.from({ length: 4 }, () => create({ name })));
    expect(again.filter(({ errors }) => errors.length === 0).length).toBe(1);
    for (const answer of again.filter(({ errors }) => errors.length > 0)) expectConflict(answer, "name");
  });

  it("lend their names again once they have expired", async () => {
    const name = unique("gateway");
    const expiresAt = new Date(world.now().getTime() + HOUR_MS).toISOString();
    const { gatewayKey } = await world.latchkey.gatewayKeys.create({ name, expiresAt });
    expectConflict(await create({ name }), "name");
    world.moveClock(HOUR_MS);
    expect((await world.latchkey.gatewayKeys.get(gatewayKey.id)).status).toBe("EXPIRED");
    expect((await world.latchkey.gatewayKeys.create({ name })).gatewayKey.status).toBe("ACTIVE");
  });

  it("are revoked for good, with who, when and why; revoking again changes nothing and leaves no event", async () => {
    const { gatewayKey } = await seed();
    const { data } = await revoke({ id: gatewayKey.id, reason: "Torn down" });
    expect(data.revokeGatewayKey).toEqual({
      id: gatewayKey.id,
      status: "REVOKED",
      revokedAt: expect.any(String),
      revokedBy: "admin",
      revocationReason: "Torn down",
    });
    expect((await revoke({ id: gatewayKey.id, reason: "Second" })).data).toEqual(data);
    expect(await eventsAbout(world, gatewayKey.id)).toMatchObject([
      { event: "gatewayKey.created" },
      { event: "gatewayKey.revoked", reason: "Torn down", before: { revokedAt: null } },
    ]);
  });

  it("that are absent give NOT_FOUND", async () => {
    expectNotFound(
      await revoke({ id: ABSENT }),
      await world.graphql("query ($id: ID!) { gatewayKey(id: $id) { id } }", { id: ABSENT }),
    );
    await expect(world.latchkey.gatewayKeys.get("none")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("are managed by system administrators, and read by operators and auditors too", async () => {
    const { gatewayKey } = await seed();
    await expectKeptOut(world, create, { name: unique("gateway") }, ["OPERATOR", "AUDITOR", "MEMBER"]);
    await expectKeptOut(world, revoke, { id: gatewayKey.id }, ["OPERATOR", "AUDITOR", "MEMBER"]);
    expect((await world.latchkey.gatewayKeys.get(gatewayKey.id)).status).toBe("ACTIVE");
    for (const role of ["OPERATOR", "AUDITOR"] as const) {
      const { latchkey } = await seedUser(world, role);
      expect((await latchkey.gatewayKeys.get(gatewayKey.id)).id).toBe(gatewayKey.id);
      expect((await latchkey.gatewayKeys.list()).totalCount).toBeGreaterThan(0);
    }
    const member = await seedUser(world, "MEMBER");
    const client = await seedSignedInClient(world);
    for (const { token } of [member, client]) {
      const lists = await world.graphql("{ gatewayKeys { totalCount } }", {}, token);
      expect(refusalIn(lists).code).toBe("FORBIDDEN");
      const one = await world.graphql("query ($id: ID!) { gatewayKey(id: $id) { id } }", { id: gatewayKey.id }, token);
      expect(refusalIn(one).code).toBe("FORBIDDEN");
    }
    expect(refusalIn(await create({ name: unique("gateway") }, client.token)).code).toBe("FORBIDDEN");
  });

  it("are listed: searched, filtered, ordered and paged", async () => {
    const mark = unique("mark");
    const made: string[] = [];
    for (const name of [`${mark}-b`, `${mark}-C`, `${mark}-a`]) made.push((await seed(name)).gatewayKey.id);
    const described = await world.latchkey.gatewayKeys.create({ name: unique("other"), description: `For ${mark}` });
    await world.latchkey.gatewayKeys.revoke({ id: made[1] as string });
    const names = async (query: Parameters<World["latchkey"]["gatewayKeys"]["list"]>[0]) =>
      (await world.latchkey.gatewayKeys.list({ search: mark, ...query })).nodes.map(({ name }) => name);

    expect(await names({})).toEqual([described.gatewayKey.name, `${mark}-a`, `${mark}-C`, `${mark}-b`]);
    expect(await names({ search: `${mark}-`, orderBy: { field: "NAME", direction: "ASC" } })).toEqual([
      `${mark}-a`,
      `${mark}-b`,
      `${mark}-C`,
    ]);
    expect(await names({ search: `${mark}-`, filter: { status: "REVOKED" } })).toEqual([`${mark}-C`]);
    expect(await names({ search: `${mark}-`, filter: { status: "ACTIVE" } })).toEqual([`${mark}-a`, `${mark}-b`]);
    expect(await names({ filter: { status: "EXPIRED" } })).toEqual([]);
    expect(await names({ search: described.gatewayKey.lookupId })).toEqual([described.gatewayKey.name]);
    for (const field of ["CREATED_AT", "NAME", "EXPIRES_AT", "LAST_ACCESSED_AT"] as const) {
      const orderBy = { field, direction: "DESC" } as const;
      const whole = await names({ orderBy });
      const first = await world.latchkey.gatewayKeys.list({ search: mark, first: 3, orderBy });
      expect([first.totalCount, first.nodes.length, first.pageInfo.hasNextPage]).toEqual([4, 3, true]);
      const after = first.pageInfo.endCursor;
      const second = await world.latchkey.gatewayKeys.list({ search: mark, first: 3, orderBy, after });
      expect([...first.nodes, ...second.nodes].map(({ name }) => name)).toEqual(whole);
    }
    const every: string[] = [];
    for await (const { id } of world.latchkey.gatewayKeys.all({ search: `${mark}-` })) every.push(id);
    expect(every).toEqual([...made].reverse());
  });

  it("in force are 10,000 at most", async () => {
    const own = await startWorld();
    try {
      await own.database.query(`
        insert into gateway_keys (id, name, description, lookup_id, digest, pepper_version, created_at, created_by)
        select gen_random_uuid(), 'many ' || n, '', n::text, '', 1, now(), 'seed' from generate_series(1, 10000) n`);
      await expect(own.latchkey.gatewayKeys.create({ name: "one more" })).rejects.toMatchObject({
        code: "CONFLICT",
        fields: [{ path: "name", message: expect.stringContaining("10000") }],
      });
      const { nodes } = await own.latchkey.gatewayKeys.list({ first: 1 });
      await own.latchkey.gatewayKeys.revoke({ id: nodes[0]?.id ?? "" });
      expect((await own.latchkey.gatewayKeys.create({ name: "one more" })).gatewayKey.status).toBe("ACTIVE");
    } finally {
      await own.stop();
    }
  });
});
