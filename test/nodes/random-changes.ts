import type { Api, AuthorityGroup, Client, Scope, VerifyRequest } from "@latchkey/sdk";
import type { Random } from "../support/random.js";
import { callOf, FAR, seedApi, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import type { World } from "../support/world.js";

const KEYS_PER_CLIENT = 3;
const SECRETS_ASKED_MAX = 9;

interface SceneKey {
  readonly id: string;
  readonly clientId: string;
}

/** Some of everything that verdicts depend on. */
export interface Scene {
  readonly world: World;
  readonly clients: readonly Client[];
  readonly groups: readonly AuthorityGroup[];
  readonly scopes: readonly Scope[];
  readonly apis: readonly Api[];
  readonly keys: SceneKey[];
  /** Of keys, also those that a rotation has replaced. The oldest are dropped. */
  readonly secrets: string[];
  /** Each call with each secret: no two in a row are about the same one. */
  requests(): VerifyRequest[];
}

/** Through this node. */
type Change = (scene: Scene, random: Random, node: World) => Promise<unknown>;

export async function setScene(world: World): Promise<Scene> {
  const collections = [await seedCollection(world.latchkey), await seedCollection(world.latchkey)];
  const apis: Api[] = [];
  for (const { id } of collections)
    for (let count = 0; count < 2; count++) apis.push(await seedApi(world, { collectionId: id }));
  const groups: AuthorityGroup[] = [];
  for (const [index, api] of apis.entries())
    groups.push(await seedGroup(world, { apiIds: [api.id], securityLevel: index === 0 ? "A" : "C" }));
  const groupIds = groups.map(({ id }) => id);
  const scopes: Scope[] = [];
  for (const id of groupIds.slice(0, 2))
    scopes.push(await world.latchkey.scopes.create({ name: unique("scope"), groupIds: [id] }));
  const scene: Scene = {
    world,
    clients: [await newClient(world, groupIds), await newClient(world, groupIds)],
    groups,
    scopes,
    apis,
    keys: [],
    secrets: [],
    requests: () => {
      const calls: Omit<VerifyRequest, "credential">[] = [
        ...apis.map((api) => ({ api: callOf(api), address: "203.0.113.9" })),
        { scopes: scopes.map(({ name }) => name) },
      ];
      return calls.flatMap((call) => scene.secrets.map((credential) => ({ ...call, credential })));
    },
  };
  for (const client of scene.clients)
    for (let count = 0; count < KEYS_PER_CLIENT; count++) await addKey(scene, client, groupIds, world);
  return scene;
}

function newClient(world: World, groupIds: readonly string[]): Promise<Client> {
  return seedClient(world, { groupIds: [...groupIds], securityLevel: "A" });
}

async function addKey(scene: Scene, client: Client, groupIds: readonly string[], { latchkey }: World): Promise<void> {
  const input = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [...groupIds] };
  const { apiKey, secret } = await latchkey.keys.create(input);
  scene.keys.push({ id: apiKey.id, clientId: client.id });
  addSecret(scene, secret);
}

function addSecret({ secrets }: Scene, secret: string): void {
  secrets.push(secret);
  if (secrets.length > SECRETS_ASKED_MAX) secrets.shift();
}

const aKey = ({ keys }: Scene, random: Random): string => random.pick(keys).id;
const aClient = ({ clients }: Scene, random: Random): Client => random.pick(clients);
const idOf = (list: readonly { readonly id: string }[], random: Random): string => random.pick(list).id;

/** Asked of a node: all nodes are bound when it answers. */
export const MUTATED: readonly (readonly [name: string, change: Change])[] = [
  ["create a key", (scene, random, node) => addKey(scene, aClient(scene, random), [idOf(scene.groups, random)], node)],
  ["disable a key", (scene, random, { latchkey }) => latchkey.keys.disable(aKey(scene, random))],
  ["enable a key", (scene, random, { latchkey }) => latchkey.keys.enable(aKey(scene, random))],
  ["revoke a key", (scene, random, { latchkey }) => latchkey.keys.revoke({ id: aKey(scene, random) })],
  [
    "rotate a key",
    async (scene, random, { latchkey }) => {
      const rotated = await latchkey.keys.rotate({ id: aKey(scene, random), graceSeconds: random.pick([0, 3_600]) });
      addSecret(scene, rotated.secret);
    },
  ],
  ["finish a rotation", (scene, random, { latchkey }) => latchkey.keys.finishRotation(aKey(scene, random))],
  [
    "change a key's dates",
    (scene, random, { latchkey }) =>
      latchkey.keys.update({
        id: aKey(scene, random),
        effectiveAt: random.pick(["2020-01-01", "2098-01-01"]),
        expiresAt: FAR,
      }),
  ],
  [
    "rename a key",
    (scene, random, { latchkey }) =>
      latchkey.keys.update({ id: aKey(scene, random), name: unique("renamed"), metadata: { seed: random.below(9) } }),
  ],
  [
    "change a key's groups",
    (scene, random, { latchkey }) =>
      latchkey.keys.update({ id: aKey(scene, random), groupIds: [idOf(scene.groups, random)] }),
  ],
  [
    "change a client's status",
    (scene, random, { latchkey }) =>
      latchkey.clients.setStatus({
        clientId: aClient(scene, random).id,
        status: random.pick(["ENABLED", "ENABLED", "DISABLED", "LOCKED"] as const),
      }),
  ],
  [
    "add a client's groups",
    (scene, random, { latchkey }) =>
      latchkey.clients.addGroups({ clientId: aClient(scene, random).id, groupIds: [idOf(scene.groups, random)] }),
  ],
  [
    "remove a client's groups",
    (scene, random, { latchkey }) =>
      latchkey.clients.removeGroups({ clientId: aClient(scene, random).id, groupIds: [idOf(scene.groups, random)] }),
  ],
  [
    "add a client's scopes",
    (scene, random, { latchkey }) =>
      latchkey.clients.addScopes({ clientId: aClient(scene, random).id, scopeIds: scene.scopes.map(({ id }) => id) }),
  ],
  [
    "remove a client's scopes",
    (scene, random, { latchkey }) =>
      latchkey.clients.removeScopes({ clientId: aClient(scene, random).id, scopeIds: [idOf(scene.scopes, random)] }),
  ],
  [
    "change a client's security level",
    (scene, random, { latchkey }) =>
      latchkey.clients.setSecurityLevel({
        clientId: aClient(scene, random).id,
        securityLevel: random.pick(["A", "A", "C"] as const),
        detach: true,
      }),
  ],
  [
    "describe a client",
    (scene, random, { latchkey }) =>
      latchkey.clients.update({
        id: aClient(scene, random).id,
        displayName: unique("display"),
        priority: random.below(10),
      }),
  ],
  [
    "change a client's service time",
    (scene, random, { latchkey }) =>
      latchkey.clients.update({
        id: aClient(scene, random).id,
        serviceTime: random.pick([
          null,
          { timeZone: "UTC", windows: [{ days: [random.pick(DAYS)], opens: "00:00", closes: "23:59" }] },
        ]),
      }),
  ],
  [
    "bind a client to hosts",
    (scene, random, { latchkey }) =>
      latchkey.clients.update({
        id: aClient(scene, random).id,
        hostBindings: random.pick([[], [{ name: "here", match: "203.0.113.0/24" }], [{ name: "away", match: "::1" }]]),
      }),
  ],
  [
    "delist or list an API",
    (scene, random, { latchkey }) =>
      latchkey.apis.update({ id: idOf(scene.apis, random), status: random.pick(["LISTED", "DELISTED"] as const) }),
  ],
  [
    "open or close an API",
    (scene, random, { latchkey }) =>
      latchkey.apis.update({ id: idOf(scene.apis, random), openToAll: random.below(2) === 0, name: unique("Api") }),
  ],
  [
    "add a group's APIs",
    (scene, random, { latchkey }) =>
      latchkey.groups.addApis({ groupId: idOf(scene.groups, random), apiIds: [idOf(scene.apis, random)] }),
  ],
  [
    "remove a group's APIs",
    (scene, random, { latchkey }) =>
      latchkey.groups.removeApis({ groupId: idOf(scene.groups, random), apiIds: [idOf(scene.apis, random)] }),
  ],
  [
    "rename a group",
    (scene, random, { latchkey }) =>
      latchkey.groups.update({ id: idOf(scene.groups, random), name: unique("renamed") }),
  ],
  [
    "change a scope's groups",
    (scene, random, { latchkey }) =>
      latchkey.scopes.update({ id: idOf(scene.scopes, random), groupIds: [idOf(scene.groups, random)] }),
  ],
];

const DAYS = ["MONDAY", "WEDNESDAY", "FRIDAY", "SUNDAY"] as const;

/** Behind the back of all nodes. */
export const PAST_THE_NODES: readonly (readonly [name: string, change: Change])[] = [
  sql("update api_keys set disabled_at = now() where id = $1", aKey),
  sql("update api_keys set disabled_at = null where id = $1", aKey),
  sql('update api_keys set metadata = \'{"by": "sql"}\' where id = $1', aKey),
  sql("update api_key_secrets set place = 'RETIRED' where api_key_id = $1 and place = 'PREVIOUS'", aKey),
  sql("delete from api_key_groups where api_key_id = $1", aKey),
  sql("delete from api_keys where id = $1", aKey),
  sql("update clients set status = 'DISABLED' where id = $1", (scene, random) => aClient(scene, random).id),
  sql("update clients set status = 'ENABLED' where id = $1", (scene, random) => aClient(scene, random).id),
  sql(
    "update clients set host_bindings = '[]', service_time = null where id = $1",
    (scene, random) => aClient(scene, random).id,
  ),
  sql("delete from client_scopes where client_id = $1", (scene, random) => aClient(scene, random).id),
  sql("update authority_groups set name = name || '2' where id = $1", ({ groups }, random) => idOf(groups, random)),
  sql("delete from group_apis where group_id = $1", ({ groups }, random) => idOf(groups, random)),
  sql("delete from scope_groups where scope_id = $1", ({ scopes }, random) => idOf(scopes, random)),
  sql("update apis set status = 'LISTED', open_to_all = not open_to_all where id = $1", ({ apis }, random) =>
    idOf(apis, random),
  ),
  sql(
    "update collections set name = name || '2' where id = (select collection_id from apis where id = $1)",
    ({ apis }, random) => idOf(apis, random),
  ),
  sql("truncate api_key_groups, client_scopes", undefined),
];

function sql(statement: string, about: ((scene: Scene, random: Random) => string) | undefined) {
  const change: Change = (scene, random) => scene.world.database.query(statement, about ? [about(scene, random)] : []);
  return [statement, change] as const;
}
