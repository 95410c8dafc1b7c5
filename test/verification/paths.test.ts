import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { FAR, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

/** The paths of the collection's APIs; the key may call those marked with true. */
const TEMPLATES: readonly (readonly [template: string, granted: boolean])[] = [
  ["/orders/{id}", true],
  ["/orders/secret", false],
  ["/orders/{id}/items/{item}", true],
  ["/admin", false],
  ["/files/a-b", true],
  ["/cafe", true],
  ["/caf%C3%A9/%7euser", true],
  ["/v1/things:list", true],
  ["/v1/{name}:cancel", true],
  ["/v1/{name}:secret", false],
  ["/reports/{name}.json", true],
  ["/reports/{name}.secret.json", false],
  ["/compare/{base}...{head}", true],
  ["/v{version}/status", true],
  ["/users/{user-id}/", true],
  ["/users/{user-id}", false],
  ["/", true],
];

const VERDICTS: readonly (readonly [path: string, code: string])[] = [
  ["/orders/7", "VALID"],
  ["/orders/7?x=/admin", "VALID"],
  ["/orders/7#fragment", "VALID"],
  ["/orders/%37", "VALID"],
  ["/orders/a%20b", "VALID"],
  ["/orders/%C3%A9t%C3%A9", "VALID"],
  ["/orders/été", "VALID"],
  ["/orders/7/items/8", "VALID"],
  ["/orders/a:b=d,e", "VALID"],
  ["/orders/...", "VALID"],
  ["/files/a-b", "VALID"],
  ["/cafe", "VALID"],
  ["/v1/things:list", "VALID"],
  ["/v1/things%3Alist", "VALID"],
  ["/caf%c3%a9/~user", "VALID"],
  ["/café/%7Euser", "VALID"],
  ["/v1/job:cancel", "VALID"],
  ["/v1/a:b:cancel", "VALID"],
  ["/v1/job%3acancel", "VALID"],
  ["/v1/job:secret", "GROUP_DENIED"],
  ["/v1/:cancel", "API_UNKNOWN"],
  ["/v1/job:Cancel", "API_UNKNOWN"],
  ["/reports/a.json", "VALID"],
  ["/reports/a.b.json", "VALID"],
  ["/reports/a.secret.json", "GROUP_DENIED"],
  ["/reports/a%2Esecret%2Ejson", "GROUP_DENIED"],
  ["/reports/.json", "API_UNKNOWN"],
  ["/reports/.secret.json", "VALID"],
  ["/compare/a...b", "VALID"],
  ["/compare/a.....b", "VALID"],
  ["/compare/...b", "API_UNKNOWN"],
  ["/compare/a...", "API_UNKNOWN"],
  ["/compare/ab", "API_UNKNOWN"],
  ["/v2/status", "VALID"],
  ["/v/status", "API_UNKNOWN"],
  ["/users/7/", "VALID"],
  ["/users/7", "GROUP_DENIED"],
  ["/users/7//", "API_UNKNOWN"],
  ["/users//", "API_UNKNOWN"],
  ["/users/", "API_UNKNOWN"],
  ["/", "VALID"],
  ["/orders/secret", "GROUP_DENIED"],
  ["/orders/%73ecret", "GROUP_DENIED"],
  ["/orders/secre%74?id=7", "GROUP_DENIED"],
  ["/admin", "GROUP_DENIED"],
  ["/%61dmin", "GROUP_DENIED"],
  ["/orders", "API_UNKNOWN"],
  ["/orders/", "API_UNKNOWN"],
  ["/orders/7/", "API_UNKNOWN"],
  ["/Orders/7", "API_UNKNOWN"],
  ["/orders//7", "API_UNKNOWN"],
  ["//orders/7", "API_UNKNOWN"],
  ["/orders/7/items", "API_UNKNOWN"],
  ["/orders/7/items/8/9", "API_UNKNOWN"],
  ["/orders/7;x=1", "API_UNKNOWN"],
  ["/orders/secret;x", "API_UNKNOWN"],
  ["/orders/secret%3Bx", "API_UNKNOWN"],
  ["/admin;/", "API_UNKNOWN"],
  ["/orders/*", "VALID"],
  ["/orders/{id}", "VALID"],
  ["/orders/(.*)", "VALID"],
  ["/orders/%2573ecret", "VALID"],
  ["/orders/%252e%252e", "VALID"],
  ["/orders/%c0%ae%c0%ae", "API_UNKNOWN"],
  ["/orders/%ed%a0%80", "API_UNKNOWN"],
  ["/orders/..", "API_UNKNOWN"],
  ["/orders/.", "API_UNKNOWN"],
  ["/orders/../admin", "API_UNKNOWN"],
  ["/orders/%2e%2e/admin", "API_UNKNOWN"],
  ["/orders/%2E%2E", "API_UNKNOWN"],
  ["/orders/7%2Fitems", "API_UNKNOWN"],
  ["/orders/..%2Fadmin", "API_UNKNOWN"],
  ["/orders/..%5Cadmin", "API_UNKNOWN"],
  ["/orders\\7", "API_UNKNOWN"],
  ["/orders/a\\b", "API_UNKNOWN"],
  ["/orders/%00", "API_UNKNOWN"],
  ["/orders/%0d%0a", "API_UNKNOWN"],
  ["/orders/%", "API_UNKNOWN"],
  ["/orders/%zz", "API_UNKNOWN"],
  ["/orders/%c3%28", "API_UNKNOWN"],
  ["/orders/%u0041", "API_UNKNOWN"],
  ["orders/7", "API_UNKNOWN"],
  ["https://elsewhere/orders/7", "API_UNKNOWN"],
  ["*", "API_UNKNOWN"],
  ["?/orders/7", "API_UNKNOWN"],
];

describe("the path of a call", () => {
  let world: World;
  let credential: string;
  let collection: string;

  before(async () => {
    world = await startWorld();
    const { latchkey } = world;
    const { id } = await seedCollection(latchkey);
    collection = id;
    const granted: string[] = [];
    for (const [path, isGranted] of TEMPLATES) {
      const api = await latchkey.apis.create({
        collectionId: id,
        kind: "REST",
        method: "GET",
        name: unique("api"),
        path,
      });
      if (isGranted) granted.push(api.id);
    }
    const group = await seedGroup(world, { apiIds: granted });
    const client = await seedClient(world, { groupIds: [group.id] });
    const key = { clientId: client.id, name: "key", expiresAt: FAR, groupIds: [group.id] };
    credential = (await latchkey.keys.create(key)).secret;
  });

  after(() => world.stop());

  const codeOf = async (path: string, method = "GET") =>
    (await world.latchkey.verify({ credential, api: { method, path, collection } })).code;

  for (const [path, code] of VERDICTS) {
    it(`${JSON.stringify(path)} is ${code}`, async () => {
      expect(await codeOf(path)).toBe(code);
    });
  }

  it("matches with its method only, in upper case", async () => {
    expect(await codeOf("/orders/7", "POST")).toBe("API_UNKNOWN");
    expect(await codeOf("/orders/7", "HEAD")).toBe("API_UNKNOWN");
    expect(await codeOf("/orders/7", "get")).toBe("API_UNKNOWN");
    expect(await codeOf("/orders/7", "NONSENSE")).toBe("API_UNKNOWN");
  });

  it("spelt with any letter percent-encoded reaches the same API as spelt plainly", async () => {
    for (const plain of ["/orders/secret", "/admin", "/files/a-b"]) {
      const expected = await codeOf(plain);
      for (let index = 1; index < plain.length; index++) {
        if (plain[index] === "/") continue;
        const encoded = `%${plain.charCodeAt(index).toString(16)}`;
        const path = plain.slice(0, index) + encoded + plain.slice(index + 1);
        expect({ path, code: await codeOf(path) }).toEqual({ path, code: expected });
      }
    }
  });
});
