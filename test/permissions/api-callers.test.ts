import { after, before, describe, it } from "node:test";
import { type ApiCaller, Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectNotFound } from "../support/mutations.js";
import { FAR, seedApi, seedClient, seedGroup, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DAY_MS = 24 * 60 * 60_000;
const DOCUMENT = `query ($apiId: ID!, $search: String, $first: Int, $keys: Int) {
  apiCallers(apiId: $apiId, search: $search, first: $first) {
    totalCount edges { node { client { clientId } status grantedBy { kind name } apiKeyCount apiKeys(first: $keys) { name } } } }
}`;

describe("who may call an API", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const list = async (apiId: string, latchkey = world.latchkey) =>
    (await latchkey.permissions.callers({ apiId })).nodes;
  const clientIds = (callers: readonly ApiCaller[]) => callers.map(({ client }) => client.clientId);
  const keyNames = (callers: readonly ApiCaller[]) => callers.map(({ apiKeys }) => apiKeys.map(({ name }) => name));

  it("names each client with what grants it, and its keys in force that may", async () => {
    const { client, apiKey, api, group } = await seedKey(world);
    const other = await seedGroup(world);
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [other.id] });
    const input = { clientId: client.id, expiresAt: FAR };
    await world.latchkey.keys.create({ ...input, name: "cannot", groupIds: [other.id] });
    const { apiKey: both } = await world.latchkey.keys.create({
      ...input,
      name: "both",
      groupIds: [group.id, other.id],
    });
    const [caller, ...more] = await list(api.id);
    expect(more).toEqual([]);
    const { id, clientId, displayName } = client;
    expect(caller).toMatchObject({
      client: { id, clientId, displayName },
      status: "ENABLED",
      grantedBy: [{ kind: "GROUP", id: group.id, name: group.name, groupName: null }],
      apiKeyCount: 2,
      apiKeys: [
        { id: both.id, name: "both" },
        { id: apiKey.id, lookupId: apiKey.lookupId, status: "ACTIVE" },
      ],
    });
  });

  it("leaves out keys that are not in force, and keeps those that are rotating", async () => {
    const { client, apiKey, api, group } = await seedKey(world, { name: "disabled" });
    const input = { clientId: client.id, groupIds: [group.id] };
    const make = async (name: string, dates: object = { expiresAt: FAR }) =>
      (await world.latchkey.keys.create({ ...input, name, ...dates })).apiKey.id;
    await world.latchkey.keys.disable(apiKey.id);
    await world.latchkey.keys.revoke({ id: await make("revoked") });
    await make("short", { expiresAt: new Date(world.now().getTime() + DAY_MS).toISOString() });
    await make("scheduled", { effectiveAt: "2099-01-01", expiresAt: FAR });
    await world.latchkey.keys.rotate({ id: await make("rotating"), graceSeconds: 7 * 24 * 3_600 });
    expect(keyNames(await list(api.id))).toEqual([["rotating", "short"]]);
    world.moveClock(2 * DAY_MS);
    await world.latchkey.signIn(world.admin);
    expect(keyNames(await list(api.id))).toEqual([["rotating"]]);
    const { data } = await world.graphql(
      DOCUMENT,
      { apiId: api.id, keys: 0 },
      (await world.latchkey.signIn(world.admin)).token,
    );
    expect(data.apiCallers.edges[0].node).toMatchObject({ apiKeyCount: 1, apiKeys: [] });
    world.moveClock(-2 * DAY_MS);
    await world.latchkey.signIn(world.admin);
  });

  it("counts a client by its scopes too, and tells rights from being in force", async () => {
    const { api, group } = await seedKey(world);
    const client = await seedClient(world);
    const scope = await world.latchkey.scopes.create({ name: unique("orders:read"), groupIds: [group.id] });
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    const [caller, ...others] = await list(api.id);
    expect(others.length).toBe(1);
    expect(caller).toMatchObject({
      client: { id: client.id },
      status: "DISABLED",
      grantedBy: [{ kind: "SCOPE", id: scope.id, name: scope.name, groupName: group.name }],
      apiKeyCount: 0,
      apiKeys: [],
    });
    await world.latchkey.clients.removeScopes({ clientId: client.id, scopeIds: [scope.id] });
    expect((await list(api.id)).length).toBe(1);
  });

  it("is every client where the API is open to all, and nobody where it is delisted", async () => {
    const { client, apiKey, group } = await seedKey(world);
    const bare = await seedClient(world);
    const open = await seedApi(world, { openToAll: true });
    await world.latchkey.groups.addApis({ groupId: group.id, apiIds: [open.id] });
    const total = (await world.latchkey.clients.list({ first: 0 })).totalCount;
    const callers: ApiCaller[] = [];
    for await (const caller of world.latchkey.permissions.allCallers({ apiId: open.id })) callers.push(caller);
    expect(callers.length).toBe(total);
    const about = (id: string) => callers.find((caller) => caller.client.id === id);
    expect(about(bare.id)?.grantedBy.map(({ kind }) => kind)).toEqual(["OPEN_TO_ALL"]);
    expect(about(client.id)?.grantedBy.map(({ kind }) => kind)).toEqual(["OPEN_TO_ALL", "GROUP"]);
    expect(about(client.id)?.apiKeys.map(({ id }) => id)).toEqual([apiKey.id]);
    await world.latchkey.apis.update({ id: open.id, status: "DELISTED" });
    expect(await world.latchkey.permissions.callers({ apiId: open.id })).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it("is searched as clients are, and paged newest first", async () => {
    const { api, group } = await seedKey(world);
    const mark = unique("mark");
    const clients = [];
    for (const name of ["one", "two", "three"])
      clients.push(await seedClient(world, { displayName: `${name} ${mark}`, groupIds: [group.id] }));
    const page = await world.latchkey.permissions.callers({ apiId: api.id, search: mark.toUpperCase(), first: 2 });
    expect(page.totalCount).toBe(3);
    expect(clientIds(page.nodes)).toEqual([clients[2]?.clientId, clients[1]?.clientId]);
    const rest = await world.latchkey.permissions.callers({
      apiId: api.id,
      search: mark,
      after: page.pageInfo.endCursor,
    });
    expect(clientIds(rest.nodes)).toEqual([clients[0]?.clientId]);
  });

  it("is not told of an absent API, nor to bad questions", async () => {
    expectNotFound(await world.graphql(DOCUMENT, { apiId: ABSENT }));
    expectInvalid(await world.graphql(DOCUMENT, { apiId: "nonsense" }), "apiId");
    expectInvalid(await world.graphql(DOCUMENT, {}), "apiId");
    const { api } = await seedKey(world);
    expectInvalid(await world.graphql(DOCUMENT, { apiId: api.id, first: 101 }), "first");
    expectInvalid(await world.graphql(DOCUMENT, { apiId: api.id, keys: 101 }), "first");
    expectInvalid(await world.graphql(DOCUMENT, { apiId: api.id, search: "x".repeat(201) }), "search");
  });

  it("is told to readers of clients, and to no client; keys need the right to read keys", async () => {
    const { api } = await seedKey(world);
    for (const role of ["OPERATOR", "AUDITOR"] as const) {
      const { latchkey } = await seedUser(world, role);
      expect((await list(api.id, latchkey)).length).toBe(1);
    }
    const { token: partner } = await seedSignedInClient(world);
    const { token: member } = await seedUser(world, "MEMBER");
    for (const token of [partner, member]) {
      for (const apiId of [api.id, ABSENT])
        expect(refusalIn(await world.graphql(DOCUMENT, { apiId }, token)).code).toBe("FORBIDDEN");
    }
    expect(refusalIn(await world.graphql(DOCUMENT, { apiId: api.id }, null)).code).toBe("UNAUTHENTICATED");
    const { secret } = await world.latchkey.keys.create({ name: unique("script"), scopes: ["clients:read"] });
    const script = new Latchkey({ url: world.url, credential: secret });
    await expect(list(api.id, script)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const bare = `query ($apiId: ID!) { apiCallers(apiId: $apiId) { totalCount } }`;
    expect(await script.request(bare, { apiId: api.id })).toEqual({ apiCallers: { totalCount: 1 } });
  });
});
