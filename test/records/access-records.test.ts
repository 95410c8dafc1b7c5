import { after, before, describe, it } from "node:test";
import { type AccessRecord, Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid } from "../support/mutations.js";
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
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const DOCUMENT = `query ($regionId: ID, $collectionId: ID, $search: String, $first: Int, $permissions: Int) {
  records(regionId: $regionId, collectionId: $collectionId, search: $search, first: $first) {
    totalCount edges { node {
      id clientId client { displayName } restPermissions(first: $permissions) { totalCount edges { node { api { name } } } } } } }
}`;

describe("the operations screen", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  /** A client and its key, which two groups let call one REST API and one SOAP action of one collection, and one elsewhere. */
  async function seedScreen() {
    const { latchkey } = world;
    const [here, there] = [await seedCollection(latchkey), await seedCollection(latchkey)];
    const rest = await seedApi(world, { collectionId: here.id });
    const action = { soapAction: unique("urn:pay"), name: unique("Pay") };
    const soap = await latchkey.apis.create({ collectionId: here.id, kind: "SOAP", ...action });
    const elsewhere = await seedApi(world, { collectionId: there.id });
    const group = await seedGroup(world, { apiIds: [rest.id, soap.id] });
    const other = await seedGroup(world, { apiIds: [rest.id, elsewhere.id] });
    const groupIds = [group.id, other.id];
    const client = await seedClient(world, { groupIds });
    const { apiKey, secret } = await latchkey.keys.create({
      clientId: client.id,
      name: unique("key"),
      expiresAt: FAR,
      groupIds,
    });
    return { here, there, rest, soap, elsewhere, group, other, client, apiKey, secret };
  }

  const list = async (query: Parameters<Latchkey["records"]["list"]>[0], latchkey = world.latchkey) =>
    (await latchkey.records.list(query)).nodes;
  const idsOf = (records: readonly AccessRecord[]): string[] => records.map(({ id }) => id);

  it("shows who may call what in a region and a collection, with the groups that grant it", async () => {
    const { here, there, rest, soap, elsewhere, group, other, client, apiKey } = await seedScreen();
    const byGroup = ({ id, name }: { id: string; name: string }) => ({ kind: "GROUP", id, name, groupName: null });
    const names = [group, other].map(byGroup).sort((one, another) => (one.name < another.name ? -1 : 1));
    const [row, ...more] = await list({ regionId: here.regionId, collectionId: here.id });
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      id: apiKey.id,
      userName: world.admin.name,
      clientId: client.clientId,
      maskedKey: `lk_key_${apiKey.lookupId}…`,
      status: "ACTIVE",
      lastAccessedAt: apiKey.createdAt,
      apiKey,
    });
    expect(row?.restPermissions).toMatchObject({ totalCount: 1, nodes: [{ api: rest, grantedBy: names }] });
    expect(row?.soapPermissions).toMatchObject({ totalCount: 1, nodes: [{ api: soap, grantedBy: [byGroup(group)] }] });

    const [far] = await list({ regionId: there.regionId });
    expect(far?.restPermissions.nodes).toEqual([{ api: elsewhere, grantedBy: [byGroup(other)] }]);
    expect(far?.soapPermissions).toMatchObject({ totalCount: 0, nodes: [] });
    const [everywhere] = await list({ search: client.clientId });
    expect(everywhere?.restPermissions.totalCount).toBe(2);
    expect(await list({ regionId: there.regionId, collectionId: here.id })).toEqual([]);
    expect(await list({ regionId: here.id })).toEqual([]);
  });

  it("has no row for a key whose groups grant nothing there: none listed, none but what is open to all", async () => {
    const here = await seedCollection(world.latchkey);
    const [delisted, open] = [
      await seedApi(world, { collectionId: here.id, status: "DELISTED" }),
      await seedApi(world, { collectionId: here.id, openToAll: true }),
    ];
    const group = await seedGroup(world, { apiIds: [delisted.id] });
    const client = await seedClient(world, { groupIds: [group.id] });
    const input = { clientId: client.id, name: "one", expiresAt: FAR, groupIds: [group.id] };
    const { apiKey } = await world.latchkey.keys.create(input);
    await world.latchkey.keys.create({ name: unique("a user's") });
    expect(await list({ collectionId: here.id })).toEqual([]);
    await world.latchkey.apis.update({ id: delisted.id, status: "LISTED" });
    const [row] = await list({ collectionId: here.id });
    expect(row?.id).toBe(apiKey.id);
    expect(row?.restPermissions.nodes.map(({ api }) => api.id).sort()).toEqual([delisted.id, open.id].sort());
    await world.latchkey.apis.update({ id: open.id, openToAll: false });
  });

  it("is searched by key name, lookup id, creator, client id and client name, in upper and lower case", async () => {
    const { here, client, apiKey } = await seedScreen();
    const operator = await seedUser(world, "OPERATOR");
    const input = { clientId: client.id, expiresAt: FAR, groupIds: client.groups.map(({ id }) => id) };
    const { apiKey: made } = await operator.latchkey.keys.create({ ...input, name: unique("made") });
    const find = async (search: string) => idsOf(await list({ collectionId: here.id, search }));
    expect(await find(apiKey.name.toUpperCase())).toEqual([apiKey.id]);
    expect(await find(apiKey.lookupId)).toEqual([apiKey.id]);
    expect(await find(operator.user.userName)).toEqual([made.id]);
    expect(await find(client.clientId)).toEqual([made.id, apiKey.id]);
    expect(await find(client.displayName.slice(1))).toEqual([made.id, apiKey.id]);
    expect(await find(unique("nothing"))).toEqual([]);
    expect(await find("%")).toEqual([]);

    const { apiKey: rotated } = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 600 });
    expect(rotated.lookupId).not.toBe(apiKey.lookupId);
    expect(await find(apiKey.lookupId)).toEqual([apiKey.id]);
    const [row] = await list({ collectionId: here.id, search: rotated.lookupId });
    expect(row).toMatchObject({ status: "ROTATING", maskedKey: `lk_key_${rotated.lookupId}…` });
  });

  it("is read anew each time: status, last access and groups as they are", async () => {
    const { here, client, apiKey, rest, secret, group, other } = await seedScreen();
    const read = async () => (await list({ collectionId: here.id }))[0];
    world.moveClock(60_000);
    await world.latchkey.verify({ credential: secret });
    await until("the use to be noted", async () => String((await read())?.lastAccessedAt) > apiKey.lastAccessedAt);
    await world.latchkey.keys.disable(apiKey.id);
    expect((await read())?.status).toBe("DISABLED");
    await world.latchkey.clients.removeGroups({ clientId: client.id, groupIds: [group.id] });
    expect(await read()).toMatchObject({
      restPermissions: { nodes: [{ api: { id: rest.id }, grantedBy: [{ name: other.name }] }] },
      soapPermissions: { totalCount: 0 },
    });
    await world.latchkey.clients.removeGroups({ clientId: client.id, groupIds: [other.id] });
    expect(await read()).toBeUndefined();
  });

  it("is paged newest first, or by last access, without repeating or missing a row", async () => {
    const { here, client, apiKey } = await seedScreen();
    const input = { clientId: client.id, expiresAt: FAR, groupIds: client.groups.map(({ id }) => id) };
    const ids = [apiKey.id];
    for (let number = 0; number < 4; number++)
      ids.unshift((await world.latchkey.keys.create({ ...input, name: unique("key") })).apiKey.id);
    const met: string[] = [];
    for await (const { id } of world.latchkey.records.all({ collectionId: here.id })) met.push(id);
    expect(met).toEqual(ids);

    await world.database.query(
      "update api_keys set last_accessed_at = last_accessed_at + interval '1 day' where id = $1",
      [ids[2]],
    );
    const orderBy = { field: "LAST_ACCESSED_AT", direction: "DESC" } as const;
    const byAccess: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await world.latchkey.records.list({ collectionId: here.id, orderBy, first: 2, after });
      expect(page.totalCount).toBe(5);
      byAccess.push(...idsOf(page.nodes));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(byAccess[0]).toBe(ids[2]);
    expect([...byAccess].sort()).toEqual([...ids].sort());
  });

  it("has the first permissions of each row, and the list of permissions goes on from there", async () => {
    const here = await seedCollection(world.latchkey);
    const names = ["a", "b", "c"];
    const apis = [];
    for (const name of names) apis.push(await seedApi(world, { collectionId: here.id, name }));
    const group = await seedGroup(world, { apiIds: apis.map(({ id }) => id) });
    const client = await seedClient(world, { groupIds: [group.id] });
    const input = { clientId: client.id, expiresAt: FAR, groupIds: [group.id] };
    for (const name of ["one", "two"]) await world.latchkey.keys.create({ ...input, name });
    const place = { regionId: here.regionId, collectionId: here.id };
    const rows = await list({ ...place, permissions: 2 });
    expect(rows.length).toBe(2);
    for (const { id, restPermissions } of rows) {
      expect(restPermissions).toMatchObject({ totalCount: 3, nodes: [{ api: { name: "a" } }, { api: { name: "b" } }] });
      const after = restPermissions.pageInfo.endCursor;
      const rest = await world.latchkey.permissions.list({ apiKeyId: id, kind: "REST", ...place, after });
      expect(rest.nodes.map(({ api }) => api.name)).toEqual(["c"]);
    }
  });

  it("refuses what is no id, no page and no keyword", async () => {
    expectInvalid(await world.graphql(DOCUMENT, { regionId: "nonsense" }), "regionId");
    expectInvalid(await world.graphql(DOCUMENT, { collectionId: "nonsense" }), "collectionId");
    expectInvalid(await world.graphql(DOCUMENT, { first: 101 }), "first");
    expectInvalid(await world.graphql(DOCUMENT, { search: "x".repeat(201) }), "search");
    await seedKey(world);
    expectInvalid(await world.graphql(DOCUMENT, { first: 1, permissions: 101 }), "first");
  });

  it("is shown to those who read clients' keys; a client sees its own, and APIs for its audience", async () => {
    const { here, rest, soap, group, apiKey } = await seedScreen();
    for (const role of ["OPERATOR", "AUDITOR"] as const) {
      const { latchkey } = await seedUser(world, role);
      expect(idsOf(await list({ collectionId: here.id }, latchkey))).toEqual([apiKey.id]);
    }
    const member = await seedUser(world, "MEMBER");
    await member.latchkey.keys.create({ name: "own" });
    expect(await list({}, member.latchkey)).toEqual([]);
    expect(refusalIn(await world.graphql(DOCUMENT, {}, null)).code).toBe("UNAUTHENTICATED");

    const { client, latchkey } = await seedSignedInClient(world);
    expect(await list({}, latchkey)).toEqual([]);
    await world.latchkey.clients.update({ id: client.id, audience: "EXTERNAL" });
    await world.latchkey.apis.update({ id: soap.id, audience: "INTERNAL" });
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [group.id] });
    const input = { clientId: client.id, name: "one", expiresAt: FAR, groupIds: [group.id] };
    const { apiKey: own } = await world.latchkey.keys.create(input);
    const [row, ...others] = await list({ collectionId: here.id }, latchkey);
    expect([row?.id, others]).toEqual([own.id, []]);
    expect(row?.restPermissions.nodes.map(({ api }) => api.id)).toEqual([rest.id]);
    expect(row?.soapPermissions.totalCount).toBe(0);
    await world.latchkey.apis.update({ id: rest.id, audience: "INTERNAL" });
    expect(await list({ collectionId: here.id }, latchkey)).toEqual([]);

    const narrowed = (...scopes: string[]) => world.latchkey.keys.create({ name: unique("script"), scopes });
    const { secret: keysOnly } = await narrowed("keys:read");
    const script = new Latchkey({ url: world.url, credential: keysOnly });
    const rows = await list({ collectionId: here.id, withTokens: false }, script);
    expect(idsOf(rows)).toContain(apiKey.id);
    expect(rows[0]?.tokens).toBeNull();
    await expect(list({ collectionId: here.id }, script)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const refused = await world.graphql(DOCUMENT, { collectionId: here.id, first: 1 }, keysOnly);
    expect(refusalIn(refused).code).toBe("FORBIDDEN");
    const { secret: clientsOnly } = await narrowed("clients:read");
    expect(refusalIn(await world.graphql(DOCUMENT, {}, clientsOnly)).code).toBe("FORBIDDEN");
  });
});
