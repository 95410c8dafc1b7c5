import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { FAR, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const READ = "urn:orders#Read";
const CANCEL = "urn:orders#Cancel";

describe("a SOAP call", () => {
  let world: World;
  let credential: string;
  /** SOAP and REST on one server, named by region code and name. */
  let mixed: string;
  /** SOAP alone. */
  let soapOnly: string;

  before(async () => {
    world = await startWorld();
    const { latchkey } = world;
    const collections = [await seedCollection(latchkey), await seedCollection(latchkey)] as const;
    [mixed, soapOnly] = collections.map(({ regionCode, name }) => `${regionCode}/${name}`) as [string, string];
    const soap = (index: 0 | 1, operation: string, changes: object = {}) =>
      latchkey.apis.create({
        collectionId: collections[index].id,
        kind: "SOAP",
        name: operation,
        endpoint: "https://orders.example.com/soap/orders?tenant=7",
        soapAction: `urn:orders#${operation}`,
        operation,
        ...changes,
      });
    const rest = (method: "POST" | "GET" | "DELETE", path: string) =>
      latchkey.apis.create({ collectionId: collections[0].id, kind: "REST", name: path, method, path });
    const granted = [
      await soap(0, "Read"),
      await soap(0, "Track", { soapAction: null }),
      await soap(0, "ReadV2", { soapAction: READ, endpoint: "https://orders.example.com/soap/v2" }),
      await rest("POST", "/orders"),
      await soap(1, "Read"),
    ];
    await soap(0, "Cancel");
    await soap(0, "Gone", { status: "DELISTED" });
    await rest("DELETE", "/orders/{id}");
    await rest("POST", "/admin");
    await rest("POST", "/soap/v2");
    await soap(1, "Cancel", { endpoint: null });
    const group = await seedGroup(world, { apiIds: granted.map(({ id }) => id) });
    const client = await seedClient(world, { groupIds: [group.id] });
    const key = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [group.id] };
    credential = (await latchkey.keys.create(key)).secret;
  });

  after(() => world.stop());

  const verify = (api: object) => world.latchkey.verify({ credential, api });

  /** Asks as a gateway does, and tells the code, and of an unknown API why it is. */
  async function authorize(headers: Record<string, string>, method = "POST"): Promise<string> {
    const answer = await world.fetch("/v1/authorize", { method, headers: { "x-api-key": credential, ...headers } });
    return answer.headers.get("x-latchkey-code") ?? (answer.status === 200 ? "VALID" : String(answer.status));
  }
  const call = (path: string, collection = mixed) => ({ "x-forwarded-uri": path, "x-latchkey-collection": collection });

  it("is judged by its action, or by the operation's name", async () => {
    expect(await verify({ soapAction: READ, collection: soapOnly })).toMatchObject({
      valid: true,
      api: { name: "Read", kind: "SOAP" },
    });
    const codes = async (collection: string, ...actions: string[]) =>
      Promise.all(actions.map(async (soapAction) => (await verify({ soapAction, collection })).code));
    expect(await codes(soapOnly, "Read", CANCEL, "Cancel")).toEqual(["VALID", "GROUP_DENIED", "GROUP_DENIED"]);
    expect(await codes(mixed, "Track", "urn:orders#Track", "urn:ORDERS#Read", "Gone", "urn:orders#Gone")).toEqual([
      "VALID",
      "API_UNKNOWN",
      "API_UNKNOWN",
      "API_UNKNOWN",
      "API_UNKNOWN",
    ]);
  });

  it("needs its path where two endpoints have the action, and its collection where two have it", async () => {
    expect(await verify({ soapAction: READ, collection: mixed })).toMatchObject({
      code: "API_UNKNOWN",
      message: expect.stringContaining("path"),
    });
    const path = "/soap/orders";
    expect(await verify({ soapAction: READ, method: "POST", path, collection: mixed })).toMatchObject({
      code: "VALID",
    });
    expect(await verify({ soapAction: "Cancel" })).toMatchObject({
      code: "API_UNKNOWN",
      message: expect.stringContaining("collection"),
    });
  });

  it("is told by the SOAPAction header, in quotes or bare, or by the content type", async () => {
    for (const headers of [
      { soapaction: `"${READ}"` },
      { soapaction: READ },
      { soapaction: '"Read"' },
      { "content-type": `application/soap+xml; charset=utf-8; action="${READ}"` },
      { "content-type": `application/soap+xml;action="Read"` },
      { "content-type": `multipart/related; type="application/xop+xml"; action="${READ}"` },
      { soapaction: `"${READ}"`, "content-type": `application/soap+xml; action="${READ}"` },
      { soapaction: '""', "content-type": `application/soap+xml; action="${READ}"` },
    ]) {
      expect({ headers, code: await authorize({ ...call("/soap/orders"), ...headers }) }).toEqual({
        headers,
        code: "VALID",
      });
    }
    expect(await authorize({ ...call("/soap/orders"), soapaction: `"${CANCEL}"` })).toBe("GROUP_DENIED");
    expect(await authorize({ "x-latchkey-collection": soapOnly, soapaction: READ })).toBe("VALID");
    expect(await authorize({ "x-latchkey-collection": soapOnly, soapaction: CANCEL }, "GET")).toBe("GROUP_DENIED");
  });

  it("is unknown when its action cannot be told for sure", async () => {
    for (const headers of [
      { soapaction: `"${READ}", "${CANCEL}"` },
      { soapaction: `${READ}, ${READ}` },
      { soapaction: `"${READ}` },
      { soapaction: "urn:örders" },
      { soapaction: "x".repeat(1_001) },
      { soapaction: `"${READ}"`, "content-type": `application/soap+xml; action="${CANCEL}"` },
      { "content-type": `application/soap+xml; action="${READ}"; action="${CANCEL}"` },
      { "content-type": `application/soap+xml; action="urn:a b"` },
      { soapaction: '""' },
      { "content-type": "text/xml" },
      {},
    ]) {
      const code = await authorize({ ...call("/soap/orders"), ...headers });
      expect({ headers, code }).toEqual({ headers, code: "API_UNKNOWN" });
    }
  });

  it("cannot be feigned: an action that is granted opens no REST operation that is not", async () => {
    const action = { soapaction: `"${READ}"` };
    expect(await authorize({ ...call("/admin"), ...action })).toBe("GROUP_DENIED");
    expect(await authorize({ ...call("/orders/7"), ...action }, "DELETE")).toBe("GROUP_DENIED");
    expect(await authorize({ ...call("/orders"), ...action })).toBe("VALID");
    for (const path of ["/unlisted", "/soap/orders/x", "/soap/orders/", "/SOAP/orders", "/soap/../admin"]) {
      expect({ path, code: await authorize({ ...call(path), ...action }) }).toEqual({ path, code: "API_UNKNOWN" });
    }
    expect(await authorize({ ...call("/soap/orders"), ...action }, "GET")).toBe("API_UNKNOWN");
    expect(await authorize({ ...call("/soap/%6frders?wsdl"), ...action })).toBe("VALID");
  });

  it("is unknown where a REST operation answers at the same place", async () => {
    expect(await authorize({ ...call("/soap/v2"), soapaction: READ })).toBe("API_UNKNOWN");
    expect(await authorize(call("/soap/v2"))).toBe("API_UNKNOWN");
  });

  it("may come by another path where the collection that is named speaks SOAP alone", async () => {
    expect(await authorize({ ...call("/gateway/anything", soapOnly), soapaction: READ })).toBe("VALID");
    expect(await authorize({ ...call("/gateway/anything", soapOnly), soapaction: CANCEL })).toBe("GROUP_DENIED");
    expect(await authorize({ "x-forwarded-uri": "/gateway/anything", soapaction: READ })).toBe("API_UNKNOWN");
  });

  it("is asked for in GraphQL and in batches too; a call without any name is bad input", async () => {
    const ask = (api: object) =>
      world.graphql(
        `mutation ($input: VerifyCredentialInput!) { verifyCredential(input: $input) { code api { kind } } }`,
        {
          input: { credential, api },
        },
      );
    expect((await ask({ soapAction: "Read", collection: soapOnly })).data.verifyCredential).toEqual({
      code: "VALID",
      api: { kind: "SOAP" },
    });
    for (const [api, path] of [
      [{}, "api"],
      [{ collection: soapOnly }, "api"],
      [{ method: "GET" }, "api.path"],
      [{ path: "/", soapAction: "a" }, "api.method"],
    ] as const) {
      expect((await ask(api)).errors).toMatchObject([{ extensions: { code: "INVALID_INPUT", fields: [{ path }] } }]);
      const body = JSON.stringify({ credential, api });
      const headers = { "content-type": "application/json" };
      expect((await world.fetch("/v1/verify", { method: "POST", headers, body })).status).toBe(400);
    }
  });
});
