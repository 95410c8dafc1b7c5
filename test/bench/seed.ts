import { postGraphql } from "../support/graphql.js";

export interface BenchWorld {
  readonly url: string;
  readonly token: string;
  readonly credential: string;
  readonly path: string;
}

const CLIENTS = 40;
const KEYS_OF_EACH = 5;

/** A catalogue of one API, and 40 clients with 5 keys each. */
export async function seedBench(url: string, password: string): Promise<BenchWorld> {
  const token = (await run("signIn", "SignInInput", "token", { name: "admin", password }, null)).token;
  const region = await run("createRegion", "CreateRegionInput", "id", { code: "eu", name: "Europe" }, token);
  const server = { name: "orders", serverName: "orders", baseUrl: "https://orders.example.com" };
  const collection = await run(
    "createCollection",
    "CreateCollectionInput",
    "id",
    { regionId: region.id, ...server },
    token,
  );
  const operation = { kind: "REST", name: "Read an order", method: "GET", path: "/orders/{id}" };
  const api = await run("createApi", "CreateApiInput", "id", { collectionId: collection.id, ...operation }, token);
  const group = await run(
    "createAuthorityGroup",
    "CreateAuthorityGroupInput",
    "id",
    { name: "read", apiIds: [api.id] },
    token,
  );
  let credential = "";
  for (let number = 0; number < CLIENTS; number++) {
    const name = `client-${number}`;
    const client = { clientId: name, name, displayName: name, note: "bench", groupIds: [group.id] };
    const { id } = await run("createClient", "CreateClientInput", "id", client, token);
    for (let key = 0; key < KEYS_OF_EACH; key++) {
      const input = { clientId: id, name: `key-${key}`, expiresAt: "2099-12-31", groupIds: [group.id] };
      credential = (await run("createApiKey", "CreateApiKeyInput", "secret", input, token)).secret;
    }
  }
  return { url, token, credential, path: "/orders/7" };

  async function run(field: string, type: string, selection: string, input: object, as: string | null) {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
    const { data, errors } = await postGraphql(url, document, { input }, as);
    if (errors.length > 0) throw new Error(`${field}: ${JSON.stringify(errors)}`);
    return data[field];
  }
}
