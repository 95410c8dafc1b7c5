import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { openApi, operation, wsdl } from "../catalogue/import/documents.js";
import { FAR } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const REST = openApi(
  {
    "/payments": { get: operation("List payments"), post: operation("Make a payment") },
    "/payments/{payment-id}": { get: operation("Read a payment"), delete: operation("Cancel a payment") },
    "/payments/{payment-id}:approve": { post: operation("Approve a payment") },
  },
  { info: { title: "Payments", version: "7" } },
);
const SOAP = {
  operations: [
    { name: "GetRate", action: "urn:rates#Get" },
    { name: "SetRate", action: "urn:rates#Set" },
  ],
  address: "https://core.bank.example/soap/rates",
};

describe("the operations screen", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("tells its story from two documents to verdicts, and shows who may call what, through the SDK", async () => {
    const { latchkey } = world;

    // An administrator loads both documents of a server into a collection, and looks before doing so.
    const region = await latchkey.regions.create({ code: "sg", name: "Singapore" });
    const { id: collectionId } = await latchkey.collections.create({
      regionId: region.id,
      name: "core",
      serverName: "core-sg-1",
      baseUrl: "https://core.bank.example",
    });
    const document = JSON.stringify(REST);
    const plan = await latchkey.collections.importOpenApi({ collectionId, document, dryRun: true });
    expect([plan.addedCount, plan.goneCount, plan.warnings]).toEqual([5, 0, []]);
    const rest = await latchkey.collections.importOpenApi({ collectionId, document });
    const soap = await latchkey.collections.importWsdl({ collectionId, document: wsdl(SOAP) });
    const idsOf = (...names: string[]): string[] =>
      [...rest.added, ...soap.added].flatMap(({ id, name }) => (id !== null && names.includes(name) ? [id] : []));

    // A group of what a partner may do; a client that holds it; a key of the client.
    const group = await latchkey.groups.create({
      name: "payments-read",
      apiIds: idsOf("List payments", "Read a payment", "Approve a payment", "GetRate"),
    });
    const client = await latchkey.clients.create({
      clientId: "partner-bank",
      name: "partner-bank",
      displayName: "Partner Bank",
      note: "Reads payments",
      groupIds: [group.id],
    });
    const { apiKey, secret } = await latchkey.keys.create({
      clientId: client.id,
      name: "production",
      expiresAt: FAR,
      groupIds: [group.id],
    });

    // A gateway asks.
    const authorize = async (method: string, path: string, headers: Record<string, string> = {}) => {
      const call = { "x-forwarded-method": method, "x-forwarded-uri": path, "x-latchkey-collection": "sg/core" };
      const answer = await world.fetch("/v1/authorize", { headers: { "x-api-key": secret, ...call, ...headers } });
      return [answer.status, answer.headers.get("x-latchkey-code")];
    };
    const verdicts = {
      list: await authorize("GET", "/payments?from=2026-01-01"),
      read: await authorize("GET", "/payments/7"),
      approve: await authorize("POST", "/payments/7:approve"),
      make: await authorize("POST", "/payments"),
      cancel: await authorize("DELETE", "/payments/7"),
      unlisted: await authorize("GET", "/accounts"),
      getRate: await authorize("POST", "/soap/rates", { soapaction: '"urn:rates#Get"' }),
      setRate: await authorize("POST", "/soap/rates", { soapaction: '"urn:rates#Set"' }),
      disguised: await authorize("DELETE", "/payments/7", { soapaction: '"urn:rates#Get"' }),
    };
    expect(verdicts).toEqual({
      list: [200, null],
      read: [200, null],
      approve: [200, null],
      make: [403, "GROUP_DENIED"],
      cancel: [403, "GROUP_DENIED"],
      unlisted: [403, "API_UNKNOWN"],
      getRate: [200, null],
      setRate: [403, "GROUP_DENIED"],
      disguised: [403, "GROUP_DENIED"],
    });

    // The screen: choose region, collection and server.
    const chosenRegion = (await latchkey.regions.list({ search: "singapore" })).nodes[0];
    const [chosen] = (await latchkey.collections.list({ regionId: chosenRegion?.id ?? "" })).nodes;
    expect(chosen).toMatchObject({ name: "core", serverName: "core-sg-1", baseUrl: "https://core.bank.example" });
    const place = { regionId: chosenRegion?.id ?? "", collectionId: chosen?.id ?? "" };

    // Refresh, until the use of a moment ago is seen.
    const row = await until("the key's last access", async () => {
      const [found] = (await latchkey.records.list(place)).nodes;
      return found !== undefined && found.lastAccessedAt > apiKey.createdAt && found;
    });
    expect(row).toMatchObject({
      userName: "admin",
      clientId: "partner-bank",
      maskedKey: `lk_key_${apiKey.lookupId}…`,
      status: "ACTIVE",
    });

    // Search by text.
    for (const search of ["partner", "PRODUCTION", apiKey.lookupId, "admin"]) {
      expect((await latchkey.records.list({ ...place, search })).nodes.map(({ id }) => id)).toEqual([row.id]);
    }
    expect((await latchkey.records.list({ ...place, search: "nobody" })).nodes).toEqual([]);

    // REST permissions and SOAP permissions, each with what grants it.
    const told = ({ nodes }: typeof row.restPermissions) =>
      nodes.map(({ api, grantedBy }) => [api.name, grantedBy.map(({ name }) => name)]);
    expect(told(row.restPermissions)).toEqual([
      ["Approve a payment", ["payments-read"]],
      ["List payments", ["payments-read"]],
      ["Read a payment", ["payments-read"]],
    ]);
    expect(told(row.soapPermissions)).toEqual([["GetRate", ["payments-read"]]]);

    // The next version of the document is without one of them: the screen and the verdicts follow.
    const { "/payments/{payment-id}:approve": _, ...paths } = REST.paths as Record<string, object>;
    await latchkey.collections.importOpenApi({ collectionId, document: JSON.stringify({ ...REST, paths }) });
    const [after] = (await latchkey.records.list(place)).nodes;
    expect(after && told(after.restPermissions)).toEqual([
      ["List payments", ["payments-read"]],
      ["Read a payment", ["payments-read"]],
    ]);
    expect(await authorize("POST", "/payments/7:approve")).toEqual([403, "API_UNKNOWN"]);
  });
});
