import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { seedKey, unique } from "./seed.js";

describe("the SDK's management methods", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("create, get, list and search users", async () => {
    const { users } = world.latchkey;
    const userName = unique("user");
    const user = await users.create({ userName, password: "a long pass phrase", role: "OPERATOR" });
    expect(user).toMatchObject({ userName, role: "OPERATOR", timeZone: "UTC" });
    expect(await users.get(user.id)).toEqual(user);
    expect((await users.list({ search: userName })).nodes).toEqual([user]);
    expect((await users.list({ search: userName, filter: { role: "AUDITOR" } })).nodes).toEqual([]);
  });

  it("create, get, list and narrow the catalogue", async () => {
    const { regions, collections, apis } = world.latchkey;
    const { region, collection, api } = await seedKey(world.latchkey);
    expect(await regions.get(region.id)).toEqual(region);
    expect((await regions.list({ search: region.code })).nodes).toEqual([region]);
    expect(await collections.get(collection.id)).toEqual(collection);
    expect((await collections.list({ regionId: region.id })).nodes).toEqual([collection]);
    expect(await apis.get(api.id)).toEqual(api);
    expect((await apis.list({ collectionId: collection.id, filter: { method: "GET" } })).nodes).toEqual([api]);
    expect((await apis.list({ collectionId: collection.id, filter: { method: "PUT" } })).nodes).toEqual([]);
  });

  it("create, get and list groups, one alone with what it grants", async () => {
    const { groups } = world.latchkey;
    const { group, api } = await seedKey(world.latchkey);
    expect(await groups.get(group.id)).toEqual({ ...group, apiCount: 1, apis: [api] });
    expect((await groups.list({ search: group.name })).nodes).toEqual([group]);
  });

  it("create, get and list clients, by id and by client id", async () => {
    const { clients } = world.latchkey;
    const { client, group } = await seedKey(world.latchkey);
    expect(client.groups).toEqual([{ id: group.id, name: group.name, securityLevel: "C" }]);
    expect(await clients.get({ id: client.id })).toEqual(client);
    expect(await clients.get({ clientId: client.clientId })).toEqual(client);
    const listed = await clients.list({ search: client.name, orderBy: { field: "NAME", direction: "DESC" } });
    expect(listed).toMatchObject({ totalCount: 1, nodes: [client] });
  });

  it("update, lock and enable a client", async () => {
    const { clients } = world.latchkey;
    const { client } = await seedKey(world.latchkey);
    expect(await clients.update({ id: client.clientId, note: "Changed", priority: 1 })).toMatchObject({
      id: client.id,
      note: "Changed",
      priority: 1,
      displayName: client.displayName,
    });
    expect((await clients.setStatus({ clientId: client.id, status: "LOCKED" })).status).toBe("LOCKED");
    expect((await clients.setStatus({ clientId: client.id, status: "ENABLED" })).status).toBe("ENABLED");
  });

  it("give groups to a client and take them away", async () => {
    const { clients, groups } = world.latchkey;
    const { client, api, group } = await seedKey(world.latchkey);
    const other = await groups.create({ name: unique("group"), apiIds: [api.id] });
    const given = await clients.addGroups({ clientId: client.id, groupIds: [other.id] });
    expect(given.groups.map(({ id }) => id).sort()).toEqual([group.id, other.id].sort());
    const left = await clients.removeGroups({ clientId: client.id, groupIds: [group.id] });
    expect(left.groups.map(({ id }) => id)).toEqual([other.id]);
  });

  it("create, get, list, update and delete scopes", async () => {
    const { scopes } = world.latchkey;
    const { group } = await seedKey(world.latchkey);
    const name = unique("orders:read");
    const scope = await scopes.create({ name, groupIds: [group.id] });
    expect(scope).toMatchObject({ name, groups: [{ id: group.id, name: group.name, securityLevel: "C" }] });
    expect(await scopes.get(scope.id)).toEqual(scope);
    expect((await scopes.list({ search: name })).nodes).toEqual([scope]);
    const updated = await scopes.update({ id: scope.id, description: "To show orders" });
    expect(updated).toMatchObject({ name, description: "To show orders", groups: scope.groups });
    await expect(scopes.delete({ id: scope.id })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await scopes.delete({ id: scope.id, confirm: true })).toEqual({ id: scope.id, name });
    await expect(scopes.get(scope.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("give scopes to a client and take them away", async () => {
    const { clients, scopes } = world.latchkey;
    const { client, group } = await seedKey(world.latchkey);
    const { id, name } = await scopes.create({ name: unique("orders:read"), groupIds: [group.id] });
    const change = { clientId: client.id, scopeIds: [id] };
    expect((await clients.addScopes(change)).scopes).toEqual([{ id, name }]);
    expect((await clients.removeScopes(change)).scopes).toEqual([]);
  });

  it("delete a client that is confirmed, and only then", async () => {
    const { clients } = world.latchkey;
    const { client } = await seedKey(world.latchkey);
    await expect(clients.delete({ id: client.id })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await clients.delete({ id: client.id, confirm: true })).toMatchObject({ clientId: client.clientId });
    await expect(clients.get({ id: client.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("create a key with its secret, get it without, and list it", async () => {
    const { keys } = world.latchkey;
    const { apiKey, secret, client, group } = await seedKey(world.latchkey);
    expect(secret).toContain(apiKey.lookupId);
    expect(apiKey).toMatchObject({
      status: "ACTIVE",
      owner: { kind: "CLIENT", id: client.id, name: client.clientId },
      groups: [{ id: group.id, name: group.name }],
      metadata: { plan: "gold" },
    });
    expect(await keys.get(apiKey.id)).toEqual(apiKey);
    expect((await keys.list({ filter: { clientId: client.clientId, status: "ACTIVE" } })).nodes).toEqual([apiKey]);
  });

  it("disable, enable and revoke a key", async () => {
    const { keys } = world.latchkey;
    const { apiKey } = await seedKey(world.latchkey);
    expect((await keys.disable(apiKey.id)).status).toBe("DISABLED");
    expect((await keys.enable(apiKey.id)).status).toBe("ACTIVE");
    expect(await keys.revoke({ id: apiKey.id, reason: "Lost" })).toMatchObject({
      status: "REVOKED",
      revokedBy: world.admin.name,
      revocationReason: "Lost",
    });
  });

  it("tell who did what, by target and by kind", async () => {
    const { keys, audit } = world.latchkey;
    const { apiKey } = await seedKey(world.latchkey);
    await keys.revoke({ id: apiKey.id, reason: "Lost" });
    const { nodes } = await audit.list({ filter: { targetId: apiKey.id } });
    expect(nodes.map(({ event }) => event)).toEqual(["apiKey.revoked", "apiKey.created"]);
    const revoked = await audit.list({ filter: { targetId: apiKey.id, event: "apiKey.revoked" } });
    expect(revoked.nodes).toMatchObject([{ actorName: world.admin.name, reason: "Lost" }]);
  });

  it("put the reference of a call into the audit", async () => {
    const { regions, audit } = world.latchkey;
    const code = unique("region");
    const region = await regions.create({ code, name: code }, { transactionRef: "CHG-4711" });
    const { nodes } = await audit.list({ filter: { targetId: region.id } });
    expect(nodes).toMatchObject([{ event: "region.created", transactionRef: "CHG-4711" }]);
  });

  it("run an operation of the caller's own", async () => {
    const { client } = await seedKey(world.latchkey);
    const own = "query ($id: ID!) { client(id: $id) { displayName } }";
    expect(await world.latchkey.request(own, { id: client.id })).toEqual({
      client: { displayName: client.displayName },
    });
  });
});
