import { after, before, describe, it } from "node:test";
import type {
  Api,
  ApiKind,
  AuthorityGroup,
  CalledApi,
  Client,
  EffectivePermission,
  Latchkey,
  Scope,
  Verdict,
} from "@latchkey/sdk";
import { expect } from "expect";
import { type Random, randomOf } from "../support/random.js";
import { FAR, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

interface DrawnKey {
  readonly id: string;
  readonly secret: string;
}

interface DrawnClient {
  readonly client: Client;
  readonly keys: readonly DrawnKey[];
  readonly scopes: readonly Scope[];
}

interface Drawn {
  readonly seed: number;
  readonly random: Random;
  /** All is of one region: what else the database holds is elsewhere. */
  readonly regionId: string;
  readonly apis: Api[];
  /** Each with the ids of its APIs. */
  readonly groups: ReadonlyMap<AuthorityGroup, readonly string[]>;
  readonly clients: readonly DrawnClient[];
  /** A user's: it has neither groups nor scopes of theirs. */
  readonly userKey: DrawnKey;
}

/** Of each key by its id: the verdicts on its call of each API. */
type Verdicts = ReadonlyMap<string, readonly Verdict[]>;

function drawChance(random: Random, percent: number): boolean {
  return random.below(100) < percent;
}

/** So many percent of them, and at least one. */
function drawSome<T>(random: Random, items: readonly T[], percent: number): T[] {
  const drawn = items.filter(() => drawChance(random, percent));
  return drawn.length > 0 ? drawn : [random.pick(items)];
}

function drawAddress(random: Random) {
  if (drawChance(random, 30)) return { kind: "SOAP", soapAction: unique("urn:pay") } as const;
  return { kind: "REST", method: random.pick(["GET", "POST"] as const), path: `/${unique("orders")}` } as const;
}

/** The call that is of this API and no other. */
function callOf({ method, path, soapAction, collectionId: collection }: Api): CalledApi {
  return soapAction === null ? { method: String(method), path: String(path), collection } : { soapAction, collection };
}

/** What lets a holder of these groups and scopes call an API, each reason as a text. */
function grantsOf(
  { groups }: Drawn,
  api: Api,
  heldGroups: readonly string[],
  heldScopes: readonly Scope[],
): readonly string[] {
  const granting = [...groups].filter(([, apiIds]) => apiIds.includes(api.id)).map(([{ name }]) => name);
  const byGroup = granting.filter((name) => heldGroups.includes(name)).map((name) => `GROUP ${name} `);
  const byScope = heldScopes.flatMap((scope) =>
    scope.groups.filter(({ name }) => granting.includes(name)).map(({ name }) => `SCOPE ${scope.name} ${name}`),
  );
  return [...(api.openToAll ? ["OPEN_TO_ALL  "] : []), ...byGroup, ...byScope].sort();
}

function toldOf({ grantedBy }: EffectivePermission): readonly string[] {
  return grantedBy.map(({ kind, name, groupName }) => `${kind} ${name ?? ""} ${groupName ?? ""}`).sort();
}

function idsOf(permissions: readonly EffectivePermission[]): string[] {
  return permissions.map(({ api }) => api.id).sort();
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const met: T[] = [];
  for await (const row of rows) met.push(row);
  return met;
}

describe("rights and verdicts, in a drawn world", () => {
  let world: World;
  let latchkey: Latchkey;

  before(async () => {
    world = await startWorld();
    latchkey = world.latchkey;
  });

  after(() => world.stop());

  async function drawApis(random: Random): Promise<Pick<Drawn, "regionId" | "apis">> {
    const { id, regionId, serverName, baseUrl } = await seedCollection(latchkey);
    const other = await latchkey.collections.create({ regionId, name: unique("other"), serverName, baseUrl });
    const apis: Api[] = [];
    for (let number = 0; number < 12; number++) {
      const api = await latchkey.apis.create({
        collectionId: random.pick([id, other.id]),
        ...drawAddress(random),
        name: unique("api"),
        status: drawChance(random, 20) ? "DELISTED" : "LISTED",
        audience: random.pick(["INTERNAL_AND_EXTERNAL", "INTERNAL", "EXTERNAL"]),
        openToAll: drawChance(random, 15),
      });
      apis.push(api);
    }
    return { regionId, apis };
  }

  async function drawClient(
    random: Random,
    groups: readonly AuthorityGroup[],
    scopes: readonly Scope[],
  ): Promise<DrawnClient> {
    const groupIds = drawSome(random, groups, 50).map(({ id }) => id);
    const client = await seedClient(world, { groupIds, tpsPerNode: 0 });
    const given = scopes.filter(() => drawChance(random, 60));
    const scopeIds = given.map(({ id }) => id);
    if (given.length > 0) await latchkey.clients.addScopes({ clientId: client.id, scopeIds });
    const keys: DrawnKey[] = [];
    for (const held of [groupIds, drawSome(random, groupIds, 40), drawSome(random, groupIds, 40)]) {
      const input = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: held };
      const { apiKey, secret } = await latchkey.keys.create(input);
      keys.push({ id: apiKey.id, secret });
    }
    return { client, keys, scopes: given };
  }

  async function draw(): Promise<Drawn> {
    const random = randomOf();
    const { regionId, apis } = await drawApis(random);
    const groups = new Map<AuthorityGroup, readonly string[]>();
    for (let number = 0; number < 6; number++) {
      const apiIds = drawSome(random, apis, 25).map(({ id }) => id);
      groups.set(await seedGroup(world, { apiIds }), apiIds);
    }
    const scopes: Scope[] = [];
    for (let number = 0; number < 4; number++) {
      const groupIds = drawSome(random, [...groups.keys()], 30).map(({ id }) => id);
      scopes.push(await latchkey.scopes.create({ name: unique("scope"), groupIds }));
    }
    const clients: DrawnClient[] = [];
    for (let number = 0; number < 3; number++) clients.push(await drawClient(random, [...groups.keys()], scopes));
    const { apiKey, secret } = await latchkey.keys.create({ name: unique("user's") });
    return { seed: random.seed, random, regionId, apis, groups, clients, userKey: { id: apiKey.id, secret } };
  }

  /** Every client loses a group, and one API its place in the catalogue. */
  async function change({ random, apis, clients }: Drawn): Promise<void> {
    for (const { client } of clients) {
      await latchkey.clients.removeGroups({ clientId: client.id, groupIds: [random.pick(client.groups).id] });
    }
    const delisted = random.below(apis.length);
    apis[delisted] = await latchkey.apis.update({ id: apis[delisted]?.id ?? "", status: "DELISTED" });
  }

  async function verdictsOn({ apis, clients, userKey }: Drawn): Promise<Verdicts> {
    const verdicts = new Map<string, readonly Verdict[]>();
    for (const { id, secret } of [userKey, ...clients.flatMap(({ keys }) => keys)]) {
      const calls = apis.map((api) => ({ credential: secret, api: callOf(api) }));
      verdicts.set(id, await latchkey.verifyBatch(calls));
    }
    return verdicts;
  }

  async function expectKeysAgree(drawn: Drawn, judged: Verdicts): Promise<void> {
    const { seed, apis, regionId, clients, userKey } = drawn;
    for (const { keys, scopes } of [...clients, { keys: [userKey], scopes: [] }]) {
      for (const key of keys) {
        const verdicts = judged.get(key.id) ?? [];
        const allowed = apis.filter((_, index) => verdicts[index]?.valid).map(({ id }) => id);
        const permissions = await all(latchkey.permissions.all({ apiKeyId: key.id, regionId }));
        expect({ seed, apis: idsOf(permissions) }).toEqual({ seed, apis: allowed.sort() });

        const facts = verdicts.find((verdict) => verdict.valid);
        const held = scopes.filter(({ name }) => facts?.valid && facts.scopes.includes(name));
        for (const permission of permissions) {
          const grants = grantsOf(drawn, permission.api, facts?.valid ? facts.groups : [], held);
          expect({ seed, grants: toldOf(permission) }).toEqual({ seed, grants });
        }
      }
    }
  }

  async function expectClientsAgree(drawn: Drawn): Promise<void> {
    const { seed, apis, regionId, clients } = drawn;
    for (const { client, scopes } of clients) {
      const names = (await latchkey.clients.get({ id: client.id })).groups.map(({ name }) => name);
      const expected = apis
        .filter(({ status }) => status === "LISTED")
        .map((api) => [api.name, grantsOf(drawn, api, names, scopes)] as const)
        .filter(([, grants]) => grants.length > 0);
      const permissions = await all(latchkey.permissions.all({ clientId: client.clientId, regionId }));
      const found = permissions.map((permission) => [permission.api.name, toldOf(permission)] as const);
      expect({ seed, found: Object.fromEntries(found) }).toEqual({ seed, found: Object.fromEntries(expected) });
    }
  }

  /** The rows of the operations screen say what the lists of single keys say. */
  async function expectRecordsAgree({ seed, regionId, clients }: Drawn): Promise<void> {
    const rows = new Map((await all(latchkey.records.all({ regionId }))).map((row) => [row.id, row]));
    for (const { id } of clients.flatMap(({ keys }) => keys)) {
      const permissions = await all(latchkey.permissions.all({ apiKeyId: id, regionId }));
      const byGroup = permissions.some(({ grantedBy }) => grantedBy.some(({ kind }) => kind === "GROUP"));
      const ofKind = (kind: ApiKind) => (byGroup ? permissions.filter(({ api }) => api.kind === kind) : undefined);
      const row = rows.get(id);
      expect({ seed, permissions: row?.restPermissions.nodes }).toEqual({ seed, permissions: ofKind("REST") });
      expect({ seed, permissions: row?.soapPermissions.nodes }).toEqual({ seed, permissions: ofKind("SOAP") });
    }
  }

  /** Asked the other way round, the answer is the same: the clients with the right, and the keys that a verdict allows. */
  async function expectCallersAgree({ seed, apis, regionId, clients }: Drawn, judged: Verdicts): Promise<void> {
    for (const [index, api] of apis.entries()) {
      const callers = await all(latchkey.permissions.allCallers({ apiId: api.id }));
      for (const { client, keys } of clients) {
        const caller = callers.find((each) => each.client.id === client.id);
        const permissions = await all(latchkey.permissions.all({ clientId: client.id, regionId }));
        const grantedBy = permissions.find((permission) => permission.api.id === api.id)?.grantedBy;
        expect({ seed, grantedBy: caller?.grantedBy }).toEqual({ seed, grantedBy });

        const allowed = keys.map(({ id }) => id).filter((id) => judged.get(id)?.[index]?.valid);
        expect({ seed, keys: (caller?.apiKeys ?? []).map(({ id }) => id).sort() }).toEqual({
          seed,
          keys: allowed.sort(),
        });
      }
    }
  }

  for (const which of ["one", "another", "a third"]) {
    it(`are the same for every key and API, before and after a change: ${which}`, async () => {
      const drawn = await draw();
      const expectAgreement = async () => {
        const judged = await verdictsOn(drawn);
        await expectKeysAgree(drawn, judged);
        await expectClientsAgree(drawn);
        await expectRecordsAgree(drawn);
        await expectCallersAgree(drawn, judged);
      };
      await expectAgreement();
      await change(drawn);
      await expectAgreement();
    });
  }
});
