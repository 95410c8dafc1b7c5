import { after, before, describe, it } from "node:test";
import type { Page } from "@latchkey/sdk";
import { expect } from "expect";
import { PASSWORD, seedSignedInClient } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { seedKey, unique } from "./seed.js";

describe("paging with the SDK", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  /** A word that the codes of this many regions begin with. */
  async function seedRegions(count: number): Promise<{ search: string; codes: string[] }> {
    const search = unique("many");
    const codes = Array.from({ length: count }, (_, index) => `${search}-${String(index).padStart(3, "0")}`);
    for (const code of codes) await world.latchkey.regions.create({ code, name: code });
    return { search, codes };
  }

  async function idsOf(all: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of all) ids.push(id);
    return ids;
  }

  const codesOf = ({ nodes }: Page<{ code: string }>): string[] => nodes.map(({ code }) => code);

  it("goes forwards and backwards through the same list", async () => {
    const { regions } = world.latchkey;
    const { search, codes } = await seedRegions(5);

    const first = await regions.list({ search, first: 2 });
    expect(codesOf(first)).toEqual(codes.slice(0, 2));
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await regions.list({ search, first: 2, after: first.pageInfo.endCursor });
    expect(codesOf(second)).toEqual(codes.slice(2, 4));

    const last = await regions.list({ search, last: 2 });
    expect(codesOf(last)).toEqual(codes.slice(3));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await regions.list({ search, last: 2, before: last.pageInfo.startCursor });
    expect(codesOf(before)).toEqual(codes.slice(1, 3));
  });

  it("refuses both directions at once", async () => {
    await expect(world.latchkey.regions.list({ first: 1, last: 1 })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("meets everything exactly once across the pages of all()", async () => {
    const { search, codes } = await seedRegions(203);
    const met: string[] = [];
    for await (const { code } of world.latchkey.regions.all({ search })) met.push(code);
    expect(met).toEqual(codes);
  });

  it("asks for no page that nobody wants", async () => {
    const { search } = await seedRegions(101);
    const asked = (): number => world.log.filter((line) => line.includes('"path":"/graphql"')).length;
    const before = asked();
    for await (const _ of world.latchkey.regions.all({ search })) break;
    expect(asked() - before).toBe(1);
  });

  it("offers all() of what is managed", async () => {
    const { region, collection, api, group, client, apiKey } = await seedKey(world.latchkey);
    const { users, clients, regions, collections, apis, groups, keys, audit } = world.latchkey;
    expect(await idsOf(users.all({ search: world.admin.name }))).toEqual([(await world.latchkey.me()).id]);
    expect(await idsOf(clients.all({ search: client.name }))).toEqual([client.id]);
    expect(await idsOf(regions.all({ search: region.code }))).toEqual([region.id]);
    expect(await idsOf(collections.all({ regionId: region.id }))).toEqual([collection.id]);
    expect(await idsOf(apis.all({ collectionId: collection.id }))).toEqual([api.id]);
    expect(await idsOf(groups.all({ search: group.name }))).toEqual([group.id]);
    expect(await idsOf(keys.all({ filter: { clientId: client.id } }))).toEqual([apiKey.id]);
    const events = await idsOf(audit.all({ filter: { targetId: apiKey.id } }));
    expect(events).toEqual((await audit.list({ filter: { targetId: apiKey.id } })).nodes.map(({ id }) => id));
  });

  it("offers all() of what comes about by signing in and asking for access", async () => {
    const { sessions, accessRequests, notifications, clients, groups, scopes } = world.latchkey;
    const { group: granted } = await seedKey(world.latchkey);
    const { apis } = await groups.get(granted.id);
    const group = await groups.create({ name: unique("group"), apiIds: apis.map(({ id }) => id) });
    const scope = await scopes.create({ name: unique("scope"), groupIds: [group.id] });
    const userName = unique("operator");
    const email = `${userName}@example.com`;
    await world.latchkey.users.create({ userName, password: PASSWORD, role: "OPERATOR", email });
    const { client, latchkey } = await seedSignedInClient(world);
    const filter = { clientId: client.id };

    expect(await idsOf(scopes.all({ search: scope.name }))).toEqual([scope.id]);
    expect(await idsOf(clients.allAssignableGroups({ ...filter, search: group.name }))).toEqual([group.id]);
    const [session] = (await latchkey.sessions.list()).nodes;
    expect(await idsOf(sessions.all({ filter }))).toEqual([session?.id]);
    const request = await latchkey.accessRequests.request({ groupId: group.id, reason: "To show orders" });
    expect(await idsOf(accessRequests.all({ filter }))).toEqual([request.id]);
    const [mail] = (await notifications.list({ search: group.name })).nodes;
    expect(mail?.recipients).toContain(email);
    expect(await idsOf(notifications.all({ search: group.name }))).toEqual([mail?.id]);
  });
});
