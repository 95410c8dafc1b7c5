import { postGraphql } from "../support/graphql.js";

export interface BenchWorld {
  readonly url: string;
  readonly token: string;
  /** Secrets of keys without any limit. */
  readonly unmetered: readonly string[];
  /** Secrets of keys whose clients have a quota that is never used up. */
  readonly metered: readonly string[];
  /** A call that all of them may make. */
  readonly path: string;
  /** A secret of a client with this quota in all. */
  readonly limited: (quota: number) => Promise<string>;
}

const CLIENTS = 40;
const KEYS_OF_EACH = 25;
const NEVER_USED_UP = 2_000_000_000;

/** A catalogue of one API, and twice 40 clients with 25 keys each. */
export async function seedBench(url: string, password: string): Promise<BenchWorld> {
  const token = (await run("signIn", "SignInInput", "token", { name: "admin", password }, null)).token;
  const region = await run("createRegion", "CreateRegionInput", "id", { code: "eu", name: "Europe" });
  const server = { name: "orders", serverName: "orders", baseUrl: "https://orders.example.com" };
  const collection = await run("createCollection", "CreateCollectionInput", "id", { regionId: region.id, ...server });
  const operation = { kind: "REST", name: "Read an order", method: "GET", path: "/orders/{id}" };
  const api = await run("createApi", "CreateApiInput", "id", { collectionId: collection.id, ...operation });
  const group = await run("createAuthorityGroup", "CreateAuthorityGroupInput", "id", {
    name: "read",
    apiIds: [api.id],
  });
  const unmetered = await addClients("client", {});
  const metered = await addClients("metered", { quota: { limit: NEVER_USED_UP, period: "TOTAL" } });
  return {
    url,
    token,
    unmetered,
    metered,
    path: "/orders/7",
    limited: async (limit) => (await addClient(`limited-${limit}`, { quota: { limit, period: "TOTAL" } }, 1))[0] ?? "",
  };

  async function addClients(prefix: string, limits: object): Promise<string[]> {
    const secrets: string[] = [];
    for (let number = 0; number < CLIENTS; number++)
      secrets.push(...(await addClient(`${prefix}-${number}`, limits, KEYS_OF_EACH)));
    return secrets;
  }

  async function addClient(name: string, limits: object, keys: number): Promise<string[]> {
    const facts = { clientId: name, name, displayName: name, note: "bench", tpsPerNode: 0, groupIds: [group.id] };
    const { id } = await run("createClient", "CreateClientInput", "id", { ...facts, ...limits });
    const key = { clientId: id, expiresAt: "2099-12-31", groupIds: [group.id] };
    const input = { keys: Array.from({ length: keys }, (_, index) => ({ ...key, name: `key-${index}` })) };
    const { results } = await run("createApiKeys", "CreateApiKeysInput", "results { secret }", input);
    return results.map(({ secret }: { secret: string }) => secret);
  }

  async function run(field: string, type: string, selection: string, input: object, as: string | null = token) {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
    const { data, errors } = await postGraphql(url, document, { input }, as);
    if (errors.length > 0) throw new Error(`${field}: ${JSON.stringify(errors)}`);
    return data[field];
  }
}
