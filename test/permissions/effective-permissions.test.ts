import { after, before, describe, it } from "node:test";
import { type EffectivePermission, Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectNotFound } from "../support/mutations.js";
import {
  FAR,
  seedApi,
  seedClient,
  seedCollection,
  seedGroup,
  seedKey,
  seedSignedInClient,
  seedUser,
  unique,
} from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DOCUMENT = `query ($clientId: String, $apiKeyId: ID, $collectionId: ID, $search: String, $first: Int) {
  effectivePermissions(
    clientId: $clientId, apiKeyId: $apiKeyId, collectionId: $collectionId, search: $search, first: $first
  ) { totalCount edges { node { api { id name collection { name } groups { name } } grantedBy { kind id name groupName } } } }
}`;

describe("what a client or a key may call", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const namesOf = (permissions: readonly EffectivePermission[]) => permissions.map(({ api }) => api.name);
  const list = async (query: Parameters<Latchkey["permissions"]["list"]>[0], latchkey = world.latchkey) =>
    (await latchkey.permissions.list(query)).nodes;

  it("names the group that grants each API, and the scope where it is held through one", async () => {
    const { client, apiKey, api, group } = await seedKey(world);
    const other = await seedApi(world);
    const [inScope, wide] = [
      await seedGroup(world, { apiIds: [api.id] }),
      await seedGroup(world, { apiIds: [other.id] }),
    ];
    const narrow = await world.latchkey.scopes.create({ name: unique("narrow"), groupIds: [group.id] });
    const broad = await world.latchkey.scopes.create({ name: unique("broad"), groupIds: [inScope.id, wide.id] });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [narrow.id, broad.id] });

    const byGroup = { kind: "GROUP", id: group.id, name: group.name, groupName: null };
    const byNarrow = { kind: "SCOPE", id: narrow.id, name: narrow.name, groupName: group.name };
    const byBroad = { kind: "SCOPE", id: broad.id, name: broad.name };
    expect(await list({ apiKeyId: apiKey.id })).toEqual([{ api, grantedBy: [byGroup, byNarrow] }]);
    const ofClient = await list({ clientId: client.clientId, search: "" });
    expect(ofClient).toEqual(
      expect.arrayContaining([
        { api, grantedBy: [byGroup, { ...byBroad, groupName: inScope.name }, byNarrow] },
        { api: other, grantedBy: [{ ...byBroad, groupName: wide.name }] },
      ]),
    );
    expect(ofClient.length).toBe(2);
    expect(await list({ clientId: client.id })).toEqual(ofClient);
  });

  it("is narrowed by kind, region, collection and keyword, and paged by name", async () => {
    const [here, there] = [await seedCollection(world.latchkey), await seedCollection(world.latchkey)];
    const mark = unique("mark");
    const apis = [
      await seedApi(world, { collectionId: here.id, name: `b ${mark}` }),
      await seedApi(world, { collectionId: here.id, name: `a ${mark}` }),
      await seedApi(world, { collectionId: there.id, name: `c ${mark}` }),
      await world.latchkey.apis.create({
        collectionId: here.id,
        kind: "SOAP",
        name: "d",
        soapAction: unique("urn:pay"),
      }),
    ];
    const group = await seedGroup(world, { apiIds: apis.map(({ id }) => id) });
    const client = await seedClient(world, { groupIds: [group.id] });
    const of = { clientId: client.id };
    const [b, a, c, d] = apis.map(({ name }) => name);
    expect(namesOf(await list(of))).toEqual([a, b, c, d]);
    expect(namesOf(await list({ ...of, kind: "SOAP" }))).toEqual([d]);
    expect(namesOf(await list({ ...of, kind: "REST", collectionId: here.id }))).toEqual([a, b]);
    expect(namesOf(await list({ ...of, regionId: there.regionId }))).toEqual([c]);
    expect(namesOf(await list({ ...of, regionId: there.regionId, collectionId: here.id }))).toEqual([]);
    expect(namesOf(await list({ ...of, search: mark.toUpperCase() }))).toEqual([a, b, c]);
    expect(namesOf(await list({ ...of, search: String(apis[3]?.soapAction) }))).toEqual([d]);
    const page = await world.latchkey.permissions.list({ ...of, first: 3 });
    expect({ names: namesOf(page.nodes), total: page.totalCount }).toEqual({ names: [a, b, c], total: 4 });
    expect(namesOf(await list({ ...of, first: 3, after: page.pageInfo.endCursor }))).toEqual([d]);
  });

  it("holds delisted APIs in no case, and APIs open to all in every case", async () => {
    const open = await seedApi(world, { openToAll: true });
    const [listed, delisted] = [await seedApi(world), await seedApi(world, { status: "DELISTED", openToAll: true })];
    const group = await seedGroup(world, { apiIds: [open.id, listed.id, delisted.id] });
    const client = await seedClient(world, { groupIds: [group.id] });
    const { apiKey } = await world.latchkey.keys.create({ name: unique("own") });
    const bare = await seedClient(world);
    const openToAll = { kind: "OPEN_TO_ALL", id: null, name: null, groupName: null };
    const byGroup = { kind: "GROUP", id: group.id, name: group.name, groupName: null };
    const found = async (query: Parameters<Latchkey["permissions"]["list"]>[0]) =>
      (await list({ first: 100, ...query })).filter(({ api }) => [open.id, listed.id, delisted.id].includes(api.id));
    expect(await found({ apiKeyId: apiKey.id })).toEqual([{ api: open, grantedBy: [openToAll] }]);
    expect(await found({ clientId: bare.id })).toEqual([{ api: open, grantedBy: [openToAll] }]);
    expect(await found({ clientId: client.id, collectionId: open.collectionId })).toEqual([
      { api: open, grantedBy: [openToAll, byGroup] },
    ]);
    expect(await found({ clientId: client.id, collectionId: delisted.collectionId })).toEqual([]);
    await world.latchkey.apis.update({ id: open.id, openToAll: false });
  });

  it("is about rights, not about being in force", async () => {
    const { client, apiKey, api } = await seedKey(world);
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    await world.latchkey.keys.revoke({ id: apiKey.id });
    expect(namesOf(await list({ apiKeyId: apiKey.id }))).toEqual([api.name]);
    expect(namesOf(await list({ clientId: client.id }))).toEqual([api.name]);
  });

  it("stands in each row of a list of keys, as the first page of the same list", async () => {
    const apis = [await seedApi(world, { name: "a" }), await seedApi(world, { name: "b" })];
    const group = await seedGroup(world, { apiIds: apis.map(({ id }) => id) });
    const client = await seedClient(world, { groupIds: [group.id] });
    const input = { clientId: client.id, name: "one", expiresAt: FAR, groupIds: [group.id] };
    const { apiKey } = await world.latchkey.keys.create(input);
    const ask = (first: number) =>
      world.graphql(
        `query ($id: ID!, $first: Int!) { apiKey(id: $id) { effectivePermissions(first: $first) {
          totalCount pageInfo { hasNextPage endCursor } edges { node { api { name } grantedBy { name } } } } } }`,
        { id: apiKey.id, first },
      );
    const { data } = await ask(1);
    expect(data.apiKey.effectivePermissions).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      edges: [{ node: { api: { name: "a" }, grantedBy: [{ name: group.name }] } }],
    });
    const after = data.apiKey.effectivePermissions.pageInfo.endCursor;
    expect(namesOf(await list({ apiKeyId: apiKey.id, after }))).toEqual(["b"]);
    expect((await ask(0)).data.apiKey.effectivePermissions).toMatchObject({ totalCount: 2, edges: [] });
    expectInvalid(await ask(101), "first");
  });

  it("is asked about a client, a key or a token, never about two and never about none", async () => {
    const both = { clientId: "shop", apiKeyId: ABSENT };
    for (const variables of [{}, both, { clientId: null, apiKeyId: null }]) {
      const { code, fields } = refusalIn(await world.graphql(DOCUMENT, variables));
      expect([code, fields?.map(({ path }) => path)]).toEqual(["INVALID_INPUT", ["clientId", "apiKeyId", "tokenId"]]);
    }
    expectInvalid(await world.graphql(DOCUMENT, { apiKeyId: "nonsense" }), "apiKeyId");
    expectInvalid(await world.graphql(DOCUMENT, { clientId: "no such" }), "clientId");
    expectInvalid(await world.graphql(DOCUMENT, { clientId: "shop", collectionId: "nonsense" }), "collectionId");
    expectInvalid(await world.graphql(DOCUMENT, { clientId: "shop", search: "x".repeat(201) }), "search");
    expectInvalid(await world.graphql(DOCUMENT, { clientId: "shop", first: 101 }), "first");
  });

  it("is told within reach, and what is out of it like what is absent", async () => {
    const { client, apiKey } = await seedKey(world);
    const [auditor, operator, member] = [
      await seedUser(world, "AUDITOR"),
      await seedUser(world, "OPERATOR"),
      await seedUser(world, "MEMBER"),
    ];
    for (const { latchkey } of [auditor, operator]) {
      expect((await list({ clientId: client.id }, latchkey)).length).toBe(1);
      expect((await list({ apiKeyId: apiKey.id }, latchkey)).length).toBe(1);
    }
    const own = (await member.latchkey.keys.create({ name: "own" })).apiKey;
    expect(await list({ apiKeyId: own.id }, member.latchkey)).toEqual([]);
    const { token: partner, client: self } = await seedSignedInClient(world);
    expectNotFound(
      await world.graphql(DOCUMENT, { apiKeyId: ABSENT }),
      await world.graphql(DOCUMENT, { apiKeyId: apiKey.id }, member.token),
      await world.graphql(DOCUMENT, { apiKeyId: own.id }, operator.token),
      await world.graphql(DOCUMENT, { apiKeyId: apiKey.id }, partner),
    );
    expectNotFound(
      await world.graphql(DOCUMENT, { clientId: ABSENT }),
      await world.graphql(DOCUMENT, { clientId: "no-such-client" }, partner),
      await world.graphql(DOCUMENT, { clientId: client.clientId }, partner),
    );
    expect((await world.graphql(DOCUMENT, { clientId: self.clientId }, partner)).errors).toEqual([]);
    expect(refusalIn(await world.graphql(DOCUMENT, { clientId: client.id }, member.token)).code).toBe("FORBIDDEN");
    expect(refusalIn(await world.graphql(DOCUMENT, { apiKeyId: own.id }, null)).code).toBe("UNAUTHENTICATED");

    const narrowed = async (...scopes: string[]) =>
      (await world.latchkey.keys.create({ name: unique("script"), scopes })).secret;
    const keysOnly = await narrowed("keys:read");
    expect(refusalIn(await world.graphql(DOCUMENT, { clientId: client.id }, keysOnly)).code).toBe("FORBIDDEN");
    const clientsOnly = new Latchkey({ url: world.url, credential: await narrowed("clients:read") });
    await expect(list({ clientId: client.id }, clientsOnly)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("shows a client that has signed in the APIs for its audience only", async () => {
    const [shown, hidden] = [await seedApi(world), await seedApi(world, { audience: "INTERNAL" })];
    const group = await seedGroup(world, { apiIds: [shown.id, hidden.id] });
    const { client, latchkey } = await seedSignedInClient(world);
    await world.latchkey.clients.update({ id: client.id, audience: "EXTERNAL" });
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [group.id] });
    const input = { clientId: client.id, name: "one", expiresAt: FAR, groupIds: [group.id] };
    const { apiKey } = await world.latchkey.keys.create(input);
    expect((await list({ clientId: client.id })).length).toBe(2);
    expect(namesOf(await list({ clientId: client.id }, latchkey))).toEqual([shown.name]);
    expect(namesOf(await list({ apiKeyId: apiKey.id }, latchkey))).toEqual([shown.name]);
    const own = `{ apiKeys { edges { node { effectivePermissions { totalCount edges { node { api { name } } } } } } } }`;
    expect(await latchkey.request(own, {})).toMatchObject({
      apiKeys: {
        edges: [
          { node: { effectivePermissions: { totalCount: 1, edges: [{ node: { api: { name: shown.name } } }] } } },
        ],
      },
    });
  });
});
