import { after, before, describe, it } from "node:test";
import type {
  Api,
  AuthorityGroup,
  Client,
  Collection,
  EffectivePermission,
  Latchkey,
  Scope,
  Verdict,
} from "@latchkey/sdk";
import { expect } from "expect";
import { type Random, randomOf } from "../support/random.js";
import { FAR, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

function drawsFrom(random: Random) {
  const chance = (percent: number): boolean => random.below(100) < percent;
  /** At least one of them, unless `least` is 0. */
  const some = <T>(items: readonly T[], percent: number, least = 1): T[] => {
    const drawn = items.filter(() => chance(percent));
    return drawn.length < least ? [random.pick(items)] : drawn;
  };
  return { one: <T>(items: readonly T[]): T => random.pick(items), chance, some };
}

type Draws = ReturnType<typeof drawsFrom>;

interface DrawnKey {
  readonly id: string;
  readonly secret: string;
}

describe("effective permissions and verdicts", () => {
  let world: World;
  let latchkey: Latchkey;

  before(async () => {
    world = await startWorld();
    latchkey = world.latchkey;
  });

  after(() => world.stop());

  /** Two collections of one region: what other worlds hold is elsewhere. */
  async function drawCollections(): Promise<Collection[]> {
    const one = await seedCollection(latchkey);
    const { regionId, serverName, baseUrl } = one;
    return [one, await latchkey.collections.create({ regionId, name: unique("collection"), serverName, baseUrl })];
  }

  async function drawApis({ chance, one }: Draws, collections: readonly Collection[]): Promise<Api[]> {
    const apis: Api[] = [];
    for (let number = 0; number < 12; number++) {
      const api = await latchkey.apis.create({
        collectionId: one(collections).id,
        kind: "REST",
        method: one(["GET", "POST"]),
        path: `/${unique("orders")}`,
        name: unique("api"),
        status: chance(20) ? "DELISTED" : "LISTED",
        audience: one(["INTERNAL_AND_EXTERNAL", "INTERNAL", "EXTERNAL"]),
        openToAll: chance(15),
      });
      apis.push(api);
    }
    return apis;
  }

  async function drawGroups({ some }: Draws, apis: readonly Api[]): Promise<Map<AuthorityGroup, readonly string[]>> {
    const groups = new Map<AuthorityGroup, readonly string[]>();
    for (let number = 0; number < 6; number++) {
      const apiIds = some(apis, 25).map(({ id }) => id);
      groups.set(await seedGroup(world, { apiIds }), apiIds);
    }
    return groups;
  }

  async function keyOf(client: Client, groupIds: readonly string[]): Promise<DrawnKey> {
    const input = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [...groupIds] };
    const { apiKey, secret } = await latchkey.keys.create(input);
    return { id: apiKey.id, secret };
  }

  const verdictsOn = (secret: string, apis: readonly Api[]): Promise<readonly Verdict[]> =>
    latchkey.verifyBatch(
      apis.map(({ method, path, collectionId }) => ({
        credential: secret,
        api: { method: method as string, path: path as string, collection: collectionId },
      })),
    );

  async function permissionsOf(query: { apiKeyId?: string; clientId?: string; regionId: string }) {
    const met: EffectivePermission[] = [];
    for await (const permission of latchkey.permissions.all(query)) met.push(permission);
    return met;
  }

  const idsOf = (permissions: readonly EffectivePermission[]): string[] => permissions.map(({ api }) => api.id).sort();

  /** The grants of an API to whoever holds these groups and scopes, as a text that can be compared. */
  function grantsOf(
    api: Api,
    groups: ReadonlyMap<AuthorityGroup, readonly string[]>,
    heldGroups: readonly string[],
    heldScopes: readonly Scope[],
  ): string[] {
    const granting = [...groups].filter(([, apiIds]) => apiIds.includes(api.id)).map(([{ name }]) => name);
    const byGroup = granting.filter((name) => heldGroups.includes(name)).map((name) => `GROUP ${name} `);
    const byScope = heldScopes.flatMap((scope) =>
      scope.groups.filter(({ name }) => granting.includes(name)).map(({ name }) => `SCOPE ${scope.name} ${name}`),
    );
    return [...(api.openToAll ? ["OPEN_TO_ALL  "] : []), ...byGroup, ...byScope].sort();
  }

  const told = ({ grantedBy }: EffectivePermission): string[] =>
    grantedBy.map(({ kind, name, groupName }) => `${kind} ${name ?? ""} ${groupName ?? ""}`).sort();

  for (const which of ["one", "another", "a third"]) {
    it(`say the same of every key and API, in ${which} drawn world`, async () => {
      const source = randomOf();
      const { seed } = source;
      const random = drawsFrom(source);
      const collections = await drawCollections();
      const regionId = String(collections[0]?.regionId);
      const apis = await drawApis(random, collections);
      const groups = await drawGroups(random, apis);
      const scopes: Scope[] = [];
      for (let number = 0; number < 4; number++) {
        const groupIds = random.some([...groups.keys()], 30).map(({ id }) => id);
        scopes.push(await latchkey.scopes.create({ name: unique("scope"), groupIds }));
      }
      const clients: { client: Client; keys: DrawnKey[]; scopes: readonly Scope[] }[] = [];
      for (let number = 0; number < 3; number++) {
        const held = random.some([...groups.keys()], 50);
        const client = await seedClient(world, { groupIds: held.map(({ id }) => id), tpsPerNode: 0 });
        const given = random.some(scopes, 60, 0);
        if (given.length > 0)
          await latchkey.clients.addScopes({ clientId: client.id, scopeIds: given.map(({ id }) => id) });
        const keys = [
          await keyOf(
            client,
            client.groups.map(({ id }) => id),
          ),
        ];
        for (let each = 0; each < 2; each++)
          keys.push(
            await keyOf(
              client,
              random.some(held, 40).map(({ id }) => id),
            ),
          );
        clients.push({ client, keys, scopes: given });
      }

      const expectAgreement = async (): Promise<void> => {
        for (const { client, keys, scopes: given } of clients) {
          for (const key of keys) {
            const verdicts = await verdictsOn(key.secret, apis);
            const allowed = apis.filter((_, index) => verdicts[index]?.valid);
            const permissions = await permissionsOf({ apiKeyId: key.id, regionId });
            expect({ seed, apis: idsOf(permissions) }).toEqual({ seed, apis: allowed.map(({ id }) => id).sort() });

            const facts = verdicts.find((verdict) => verdict.valid);
            if (!facts?.valid) continue;
            const heldScopes = given.filter(({ name }) => facts.scopes.includes(name));
            for (const permission of permissions) {
              const expected = grantsOf(permission.api, groups, facts.groups, heldScopes);
              expect({ seed, grants: told(permission) }).toEqual({ seed, grants: expected });
            }
          }
          const { groups: held } = await latchkey.clients.get({ id: client.id });
          const names = held.map(({ name }) => name);
          const expected = apis
            .filter(({ status }) => status === "LISTED")
            .map((api) => ({ id: api.id, grants: grantsOf(api, groups, names, given) }))
            .filter(({ grants }) => grants.length > 0);
          const permissions = await permissionsOf({ clientId: client.clientId, regionId });
          const found = permissions.map((permission) => ({ id: permission.api.id, grants: told(permission) }));
          const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
          expect({ seed, found: found.sort(byId) }).toEqual({ seed, found: expected.sort(byId) });
        }
      };
      await expectAgreement();

      for (const { client } of clients) {
        const lost = random.one(client.groups);
        await latchkey.clients.removeGroups({ clientId: client.id, groupIds: [lost.id] });
      }
      const listed = random.one(apis);
      await latchkey.apis.update({ id: listed.id, status: "DELISTED" });
      Object.assign(listed, { status: "DELISTED" });
      await expectAgreement();
    });
  }
});
