import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type SeededKey, seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { openWay } from "../support/way.js";
import { startWorld, type World } from "../support/world.js";
import { seedLimitedKey } from "./limited-key.js";
import { exchange, requestOf } from "./raw-exchange.js";

const CLOSE = "Connection: close";

describe("/v1/authorize on the wire", () => {
  let world: World;
  let key: SeededKey;

  before(async () => {
    world = await startWorld();
    key = await seedKey(world);
  });

  after(() => world.stop());

  async function ask(headers: readonly string[], line = "GET /v1/authorize", body = "") {
    const [answer] = await exchange(world.url, requestOf(line, [...headers, CLOSE], body));
    return [answer?.status, answer?.headers["x-latchkey-code"]];
  }

  it("refuses a credential that comes in more than one line, or joined", async () => {
    const { secret } = key;
    const another = (await seedKey(world)).secret;
    for (const headers of [
      [`X-API-Key: ${secret}`, `X-API-Key: ${secret}`],
      [`X-API-Key: ${secret}`, `x-api-KEY: ${another}`],
      [`Authorization: Bearer ${secret}`, `Authorization: bearer ${another}`],
      [`Authorization: Bearer ${secret}`, "Authorization: Basic dXNlcjpwYXNz", `Authorization: Bearer ${secret}`],
      [`X-API-Key: ${secret}, ${secret}`],
      [`X-API-Key: ${secret},${another}`],
      [`Authorization: Bearer ${secret}, Bearer ${another}`],
      [`X-API-Key: ${secret}`, `Authorization: Bearer ${another}`],
    ]) {
      expect({ headers, answer: await ask(headers) }).toEqual({ headers, answer: [401, "MALFORMED"] });
    }
    for (const headers of [
      ["Authorization: Basic dXNlcjpwYXNz", `Authorization: Bearer ${secret}`],
      [`Authorization: Bearer ${secret}`, "Authorization: Basic dXNlcjpwYXNz"],
      [`X-API-Key: ${secret}`, `Authorization: Bearer ${secret}`],
    ]) {
      expect({ headers, answer: await ask(headers) }).toEqual({ headers, answer: [200, undefined] });
    }
  });

  it("judges no call whose description comes in more than one line", async () => {
    const { call, api } = key;
    const told = [`X-API-Key: ${key.secret}`, `X-Forwarded-Method: ${call.method}`, `X-Forwarded-Uri: ${call.path}`];
    expect(await ask(told)).toEqual([200, undefined]);
    for (const line of [
      `X-Forwarded-Uri: ${call.path}`,
      "X-Forwarded-Uri: /admin",
      `x-forwarded-method: ${call.method}`,
      "X-Forwarded-Method: DELETE",
      "X-Original-URI: /admin",
    ]) {
      expect({ line, answer: await ask([...told, line]) }).toEqual({ line, answer: [403, "API_UNKNOWN"] });
    }
    for (const line of [`X-Latchkey-Collection: ${api.collectionId}`, "SOAPAction: a", "Content-Type: text/xml"]) {
      expect({ line, answer: await ask([...told, line]) }).toEqual({ line, answer: [200, undefined] });
      expect({ line, answer: await ask([...told, line, line]) }).toEqual({ line, answer: [403, "API_UNKNOWN"] });
    }
    // One list, over several lines.
    expect(await ask([...told, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.2"])).toEqual([200, undefined]);
  });

  it("writes the gateway's reference of the call beside the verdict", async () => {
    const headers = { "x-api-key": key.secret, "x-transaction-ref": "order-4711", "x-request-id": "req-4711" };
    await world.fetch("/v1/authorize", { headers });
    const line = world.log
      .map((each) => JSON.parse(each))
      .find(({ msg, requestId }) => msg === "verdict" && requestId === "req-4711");
    expect(line).toMatchObject({ transactionRef: "order-4711", code: "VALID" });
  });

  it("answers before a body that is still to come, whichever way it is announced", async () => {
    const credential = `X-API-Key: ${key.secret}`;
    expect(await ask([credential, "Content-Length: 5000000"], "POST /v1/authorize")).toEqual([200, undefined]);
    const chunked = "4\r\n{{{{\r\n0\r\n\r\n";
    expect(await ask([credential, "Transfer-Encoding: chunked"], "PUT /v1/authorize", chunked)).toEqual([
      200,
      undefined,
    ]);
    const expecting = requestOf("POST /v1/authorize", [credential, "Expect: 100-continue", "Content-Length: 5", CLOSE]);
    expect((await exchange(world.url, expecting)).map(({ status }) => status)).toEqual([100, 200]);
  });

  it("answers HEAD with the headers alone", async () => {
    const refused = requestOf("HEAD /v1/authorize", ["X-API-Key: nonsense", CLOSE]);
    const answers = await exchange(world.url, refused);
    expect(answers).toMatchObject([{ status: 401, headers: { "x-latchkey-code": "MALFORMED" }, body: "" }]);
    expect(Number(answers[0]?.headers["content-length"])).toBeGreaterThan(100);
  });

  it("answers requests that came at once over one connection in their order", async () => {
    const metered = await seedLimitedKey(world, { quota: { limit: 1_000, period: "TOTAL" } });
    const unknown = `${key.secret.slice(0, -1)}-`;
    const kinds = [
      [metered.secret, 200],
      [key.secret, 200],
      [unknown, 401],
    ] as const;
    const asked = Array.from({ length: 30 }, (_, index) => ({
      id: `req-${index}`,
      kind: kinds[index % 3] ?? kinds[0],
    }));
    const requests = asked.map(({ id, kind: [secret] }, index) =>
      requestOf("GET /v1/authorize", [
        `X-API-Key: ${secret}`,
        `X-Request-Id: ${id}`,
        ...(index === asked.length - 1 ? [CLOSE] : []),
      ]),
    );
    const answers = await exchange(world.url, requests.join(""));
    expect(answers.map(({ status, headers }) => [headers["x-request-id"], status])).toEqual(
      asked.map(({ id, kind: [, status] }) => [id, status]),
    );
  });

  it("folds 429 and 503 into 403 too, and tells the true status and when to ask again", async () => {
    const way = await openWay();
    const cut = await startWorld({}, (url) => way.urlTo(url));
    try {
      const { secret } = await seedLimitedKey(cut, { quota: { limit: 1, period: "DAY" } });
      const folded = async () => {
        const { status, headers } = await cut.fetch("/v1/authorize?fold=403", { headers: { "x-api-key": secret } });
        return [status, headers.get("x-latchkey-status"), headers.get("x-latchkey-code"), headers.get("retry-after")];
      };
      expect(await folded()).toEqual([200, null, null, null]);
      expect(await folded()).toEqual([403, "429", "QUOTA_EXCEEDED", expect.stringMatching(/^\d+$/)]);
      way.cut();
      await until("no verdict", async () => (await folded())[2] === "UNDECIDED");
      expect(await folded()).toEqual([403, "503", "UNDECIDED", "1"]);
    } finally {
      way.mend();
      await cut.stop();
      way.close();
    }
  });
});
