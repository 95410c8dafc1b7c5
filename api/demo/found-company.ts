import { createHash, randomBytes } from "node:crypto";
import { type Api, type ApiKey, type Client, type Collection, Latchkey } from "@latchkey/sdk";
import { CLIENTS, COLLECTIONS, DEMO_PASSWORD, type DemoClient, GROUPS, REGIONS, SCOPES, USERS } from "./company.js";
import type { Progress } from "./progress.js";

export interface DemoKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
  readonly client: Client;
  readonly about: DemoClient;
  readonly apis: readonly Api[];
}

/** What now exists. */
export interface Company {
  readonly collections: readonly Collection[];
  readonly apis: readonly Api[];
  /** In force, one of each client that calls. */
  readonly keys: readonly DemoKey[];
}

const DAY_MS = 86_400_000;
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Makes all of the company through the front door, as its people would. */
export async function foundCompany(latchkey: Latchkey, url: string, progress: Progress): Promise<Company> {
  progress.begin("Regions, collections and their APIs", COLLECTIONS.length);
  const regions = new Map<string, string>();
  for (const region of REGIONS) regions.set(region.code, (await latchkey.regions.create(region)).id);
  const idOf = (code: string): string => regions.get(code) ?? "";
  const collections = await importCollections(latchkey, idOf, progress);
  const apis: Api[] = [];
  for await (const api of latchkey.apis.all()) apis.push(api);

  progress.begin("Authority groups, scopes and users", GROUPS.length + SCOPES.length + USERS.length);
  const groups = await createGroups(latchkey, collections, apis, progress);
  const scopes = await createScopes(latchkey, groups, progress);
  for (const user of USERS) {
    await latchkey.users.create({ ...user, password: DEMO_PASSWORD });
    progress.advance();
  }

  progress.begin("Clients and keys", CLIENTS.length);
  const keys: DemoKey[] = [];
  for (const about of CLIENTS) {
    const groupIds = about.groups.map((name) => groups.get(name)?.id ?? "");
    const client = await createClient(latchkey, about, idOf(about.region), groupIds, scopes);
    if (about.callsADay > 0) {
      const own = about.groups.flatMap((name) => groups.get(name)?.apis ?? []);
      keys.push({ ...(await createKeys(latchkey, about, groupIds)), client, about, apis: own });
    }
    progress.advance();
  }
  await leaveTraces(latchkey, url, groups);
  return { collections, apis, keys };
}

async function importCollections(latchkey: Latchkey, idOf: (code: string) => string, progress: Progress) {
  const collections: Collection[] = [];
  for (const { region, name, openApi, wsdl } of COLLECTIONS) {
    const collection = await latchkey.collections.create({
      regionId: idOf(region),
      name,
      serverName: `${name}.${region}`,
      baseUrl: `https://${name}.${region}.nordfrakt.example`,
    });
    const collectionId = collection.id;
    if (openApi !== undefined) await latchkey.collections.importOpenApi({ collectionId, document: openApi });
    if (wsdl !== undefined) await latchkey.collections.importWsdl({ collectionId, document: wsdl });
    collections.push(collection);
    progress.advance();
  }
  return collections;
}

interface GroupWithApis {
  readonly id: string;
  readonly apis: readonly Api[];
}

async function createGroups(
  latchkey: Latchkey,
  collections: readonly Collection[],
  apis: readonly Api[],
  progress: Progress,
): Promise<Map<string, GroupWithApis>> {
  const nameOf = new Map(collections.map(({ id, name }) => [id, name]));
  const groups = new Map<string, GroupWithApis>();
  for (const { name, description, securityLevel, ...of } of GROUPS) {
    const own = apis.filter(
      (api) =>
        of.collections.includes(nameOf.get(api.collectionId) ?? "") && of.apis.test(`${api.name} ${api.description}`),
    );
    const group = { name, description, securityLevel, apiIds: own.map(({ id }) => id) };
    groups.set(name, { id: (await latchkey.groups.create(group)).id, apis: own });
    progress.advance();
  }
  return groups;
}

async function createScopes(latchkey: Latchkey, groups: ReadonlyMap<string, GroupWithApis>, progress: Progress) {
  const scopes = new Map<string, string>();
  for (const { name, description, groups: names } of SCOPES) {
    const groupIds = names.map((each) => groups.get(each)?.id ?? "");
    scopes.set(name, (await latchkey.scopes.create({ name, description, groupIds })).id);
    progress.advance();
  }
  return scopes;
}

async function createClient(
  latchkey: Latchkey,
  about: DemoClient,
  regionId: string,
  groupIds: readonly string[],
  scopes: ReadonlyMap<string, string>,
): Promise<Client> {
  const { clientId, displayName, startsIn, endsIn, isLocked, tags } = about;
  const { quota, tpsPerNode, priority, securityLevel, serviceTime, hostBindings } = about;
  const client = await latchkey.clients.create({
    clientId,
    name: clientId,
    displayName,
    note: "Of the demo",
    regionId,
    groupIds: [...groupIds],
    emails: [`${clientId}@nordfrakt.example`],
    password: DEMO_PASSWORD,
    passwordConfirmation: DEMO_PASSWORD,
    ...(startsIn !== undefined && { startsAt: dayIn(startsIn) }),
    ...(endsIn !== undefined && { expiresAt: dayIn(endsIn) }),
    quota,
    tpsPerNode,
    priority,
    securityLevel,
    serviceTime,
    hostBindings,
    tags,
  });
  const scopeIds = (about.scopes ?? []).map((name) => scopes.get(name) ?? "");
  if (scopeIds.length > 0) await latchkey.clients.addScopes({ clientId, scopeIds });
  if (isLocked) await latchkey.clients.setStatus({ clientId, status: "LOCKED" });
  return client;
}

/** One in force that calls, and others as the years leave them behind. */
async function createKeys(latchkey: Latchkey, { clientId, quota }: DemoClient, groupIds: readonly string[]) {
  const input = { clientId, groupIds: [...groupIds] };
  const production = await latchkey.keys.create({
    ...input,
    name: "production",
    expiresAt: dayIn(330),
    ...(quota && { quota: { ...quota, limit: Math.ceil(quota.limit * 0.8) } }),
  });
  if (clientId === "web-shop") {
    const spare = await latchkey.keys.create({ ...input, name: "batch", expiresAt: dayIn(9) });
    await latchkey.keys.rotate({ id: spare.apiKey.id, graceSeconds: 604_800 });
    const leaked = await latchkey.keys.create({ ...input, name: "laptop", expiresAt: dayIn(90) });
    await latchkey.keys.revoke({ id: leaked.apiKey.id, reason: "found in a public repository" });
  }
  if (clientId === "partner-alpenpost") {
    const test = await latchkey.keys.create({ ...input, name: "test", expiresAt: dayIn(30) });
    await latchkey.keys.disable(test.apiKey.id);
    const hash = createHash("sha256").update(randomBytes(32)).digest("hex");
    await latchkey.keys.import({ keys: [{ ...input, name: "taken-over", hash, expiresAt: dayIn(200) }] });
  }
  return production;
}

/** A token, a request that waits, a gateway's key: what administrators find on an ordinary day. */
async function leaveTraces(latchkey: Latchkey, url: string, groups: ReadonlyMap<string, GroupWithApis>): Promise<void> {
  for (const clientId of ["web-shop", "mobile-app", "partner-harborlink"])
    await latchkey.tokens.generate({ clientId, clientSecret: DEMO_PASSWORD });
  await latchkey.gatewayKeys.create({ name: "edge", description: "The gateways at the edge", expiresAt: dayIn(180) });
  const partner = new Latchkey({ url });
  await partner.signIn({ name: "partner-fjordline", password: DEMO_PASSWORD });
  const groupId = groups.get("shipments-read")?.id ?? "";
  await partner.accessRequests.request({ groupId, reason: "We would like to show our customers their shipments." });
  await partner.signOut();
}
