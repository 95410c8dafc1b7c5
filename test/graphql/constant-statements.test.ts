import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import pg from "pg";
import { FAR, seedApi, seedClient, seedCollection, seedGroup, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
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

/** Neither a write nor a look that locks, nor where a transaction begins and ends, nor what every node does by itself. */
function isRead(statement: unknown): boolean {
  const text = typeof statement === "object" && statement !== null ? Reflect.get(statement, "text") : statement;
  if (typeof text !== "string" || /\b(?:update|audit_\w+)\b|_usage\(/i.test(text)) return false;
  return /^\s*(?:select|with)\b/i.test(text) && !/advisory/.test(text);
}

const tokenFields =
  "status usesLeft saved maskedToken grantType scopes clientId client { name } userName user { id } lastAccessedApi { id } revokedAt";

/** Written past the server: what they are recognised by does not matter here. */
async function seedTokens({ database }: World, clientId: string, scopeId: string, count: number): Promise<void> {
  await database.query(
    `with family as (
       insert into token_families (id, client_id, user_id, grant_type, scope_ids, own_groups, created_at)
       select gen_random_uuid(), $1, (select id from users limit 1), 'AUTHORIZATION_CODE', array[$2::uuid], true, now()
       returning id
     )
     insert into tokens (id, family_id, kind, lookup_id, digest, pepper_version, scope_ids, own_groups, uses_max, created_at,
       expires_at)
     select gen_random_uuid(), family.id, 'ACCESS', gen_random_uuid()::text, '', 1, array[$2::uuid], true, 3, now(),
       now() + interval '1 day'
     from family, generate_series(1, $3)`,
    [clientId, scopeId, count],
  );
}

describe("a page", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
    // Every job runs when the first node starts.
    await until("the jobs to have run", async () =>
      (await world.latchkey.system.jobs()).every(({ lastRunAt }) => lastRunAt !== null),
    );
  });

  after(() => world.stop());

  /** How many statements the server sends to read. Every second it notes uses and looks for jobs, which do not count. */
  async function countStatements(work: () => Promise<void>): Promise<number> {
    const query: (...args: never[]) => unknown = Reflect.get(pg.Client.prototype, "query");
    let count = 0;
    function counted(this: pg.Client, ...args: unknown[]): unknown {
      if (isRead(args[0])) count++;
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

  /** What the server asks by itself meanwhile only adds to them: of three times, the one that it disturbed least. */
  async function leastStatements(work: () => Promise<void>): Promise<number> {
    const counts = [];
    for (let time = 0; time < 3; time++) counts.push(await countStatements(work));
    return Math.min(...counts);
  }

  it("of clients with their keys and groups costs the same number of statements for 2 and for 50", async () => {
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
    const few = await leastStatements(page(2));
    const many = await leastStatements(page(50));
    expect(few).toBeGreaterThan(0);
    expect(many).toBe(few);
  });

  it("of calls costs the same number of statements for 2 rows and for 20, and usage for a top list of each length", async () => {
    const mark = unique("calls");
    for (let number = 0; number < 20; number++) {
      const { secret: credential, call: api } = await seedKey(world);
      await world.latchkey.verify({ credential, api, transactionRef: mark });
    }
    const document = `query ($search: String!, $first: Int!) { list: recentCalls(search: $search, first: $first) {
      totalCount edges { node { code client { clientId } apiKey { name groups { name } } api { name collection { name } } } } } }`;
    await until(
      "the calls to be kept",
      async () => (await world.latchkey.usage.listCalls({ search: mark })).totalCount === 20,
    );
    await expectConstant(document, { search: mark });

    const input = { from: new Date(world.now().getTime() - 600_000).toISOString(), step: "MINUTE" };
    await until(
      "the calls to be counted",
      async () =>
        (await world.latchkey.usage.read({ input: { from: input.from, step: "MINUTE" }, topApis: true, first: 20 }))
          .topApis?.length === 20,
    );
    const top = (first: number) => async () => {
      const { data } = await world.graphql(
        `query ($input: UsageInput!) { usage(input: $input) { totals { calls } series { calls byCode { calls } }
          ${["CLIENT", "API_KEY", "API", "COLLECTION", "REGION"].map((dimension) => `${dimension}: top(dimension: ${dimension}, first: ${first}) { name calls }`).join(" ")} } }`,
        { input },
      );
      expect(data.usage.API.length).toBe(first);
    };
    expect(await countStatements(top(20))).toBe(await countStatements(top(2)));
  });

  /** The same page with 2 rows and with 20, each asked for all that the document names. */
  async function expectConstant(document: string, variables: object): Promise<void> {
    const page = (first: number) => async () => {
      const { data, errors } = await world.graphql(document, { ...variables, first });
      expect(errors).toEqual([]);
      expect(data.list.edges.length).toBe(first);
    };
    const few = await leastStatements(page(2));
    expect(few).toBeGreaterThan(0);
    expect({ document, statements: await leastStatements(page(20)) }).toEqual({ document, statements: few });
  }

  it("of rights costs the same number of statements for 2 rows and for 20", async () => {
    const { id: collectionId, regionId } = await seedCollection(world.latchkey);
    const mark = unique("rights");
    const groupIds: string[] = [];
    let apiId = "";
    for (let number = 0; number < 20; number++) {
      const api = await seedApi(world, { collectionId, name: unique(mark) });
      apiId = api.id;
      groupIds.push((await seedGroup(world, { name: unique(mark), apiIds: [api.id] })).id);
    }
    const client = await seedClient(world, { groupIds });
    const scope = await world.latchkey.scopes.create({ name: mark, groupIds: groupIds.slice(10) });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    for (let number = 0; number < 20; number++) {
      const own = groupIds.slice(number % 5);
      const input = { clientId: client.id, name: unique(mark), expiresAt: FAR, groupIds: own };
      await world.latchkey.keys.create(input);
    }
    for (let number = 0; number < 20; number++) {
      const caller = await seedClient(world, { displayName: unique(mark), groupIds: groupIds.slice(19) });
      const input = { clientId: caller.id, name: "one", expiresAt: FAR, groupIds: groupIds.slice(19) };
      await world.latchkey.keys.create(input);
    }
    const bare = await seedClient(world);
    const permission =
      "api { name collection { name region { code } } groups { name } } grantedBy { kind name groupName }";
    const permissions = `totalCount edges { node { ${permission} } }`;
    const of = { clientId: client.id };
    await expectConstant(
      `query ($clientId: String!, $first: Int!) { list: effectivePermissions(clientId: $clientId, first: $first) { ${permissions} } }`,
      of,
    );
    await expectConstant(
      `query ($clientId: String!, $first: Int!) { list: apiKeys(filter: { clientId: $clientId }, first: $first) {
        totalCount edges { node { name effectivePermissions(first: 5) { ${permissions} } } } } }`,
      of,
    );
    await expectConstant(
      `query ($regionId: ID!, $first: Int!) { list: records(regionId: $regionId, first: $first) {
        totalCount edges { node { clientId client { name } userName maskedKey status apiKey { groups { name } }
          restPermissions(first: 5) { ${permissions} } soapPermissions(first: 5) { ${permissions} }
          tokens(first: 2) { totalCount edges { node { status usesLeft scopes } } } } } } }`,
      { regionId },
    );
    await expectConstant(
      `query ($apiId: ID!, $search: String!, $first: Int!) { list: apiCallers(apiId: $apiId, search: $search, first: $first) {
        totalCount edges { node { client { name groups { name } } status grantedBy { kind name groupName }
          apiKeyCount apiKeys(first: 5) { name groups { name } } } } } }`,
      { apiId, search: mark },
    );
    await expectConstant(
      `query ($regionId: ID!, $first: Int!) { list: apis(regionId: $regionId, first: $first) {
        totalCount edges { node { name groups { name } collection { region { code } } } } } }`,
      { regionId },
    );
    for (let number = 0; number < 20; number++) {
      const caller = await seedClient(world, { displayName: unique(mark) });
      await seedTokens(world, caller.id, scope.id, 2);
    }
    await expectConstant(
      `query ($search: String!, $first: Int!) { list: tokens(search: $search, first: $first) {
        totalCount edges { node { ${tokenFields} effectivePermissions(first: 5) { ${permissions} } } } } }`,
      { search: mark },
    );
    await expectConstant(
      `query ($search: String!, $first: Int!) { list: clients(search: $search, first: $first) {
        totalCount edges { node { tokenSettings { accessTokenUses } tokens(first: 2) {
          totalCount edges { node { ${tokenFields} } } } } } } }`,
      { search: mark },
    );
    await expectConstant(
      `query ($clientId: String!, $first: Int!) { list: assignableGroups(clientId: $clientId, first: $first) {
        totalCount edges { node { name apis { name } apiCount } } } }`,
      { clientId: bare.id },
    );
  });
});
