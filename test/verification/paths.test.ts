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
  ["/files/a b".replace(" ", "-"), true],
  ["/caf{é}".replace("{é}", "e"), true],
  ["/v1/things:list", true],
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
  ["/orders/a:b;c=d,e", "VALID"],
  ["/orders/...", "VALID"],
  ["/files/a-b", "VALID"],
  ["/cafe", "VALID"],
  ["/v1/things:list", "VALID"],
  ["/v1/things%3Alist", "VALID"],
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
