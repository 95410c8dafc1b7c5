import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { until } from "../../support/until.js";
import { type GatewayWorld, startGatewayWorld } from "./gateway-world.js";
import { rawCall } from "./raw-call.js";
import { findProgram, type Gateway, type Recipe, startGateway } from "./start-gateway.js";

type Headers = Readonly<Record<string, string>>;

const IDENTITY: Headers = {
  "x-latchkey-client-id": "somebody-else",
  "x-latchkey-groups": "admins",
  "x-latchkey-key-id": "forged",
  "x-latchkey-user-name": "root",
  "x-latchkey-scopes": "all",
  "x-latchkey-priority": "0",
};

/** What each gateway of the README must do, whichever it is. */
export function holdsGuarantees(recipe: Recipe): void {
  const skip = findProgram(recipe.program) ? false : `no ${recipe.program} was found on this machine`;

  describe(`the README's ${recipe.name}`, { skip }, () => {
    let here: GatewayWorld;
    let gateway: Gateway;
    let clientId: string;
    let keyId: string;
    let secret: string;
    let path: string;

    before(async () => {
      here = await startGatewayWorld();
      ({ path } = here);
      ({ clientId, keyId, secret } = await here.caller());
      gateway = await startGateway(recipe, here);
    });

    after(async () => {
      await gateway.stop();
      await here.stop();
    });

    const call = (target: string, headers: Headers = {}, init: RequestInit = {}) =>
      fetch(gateway.url + target, { headers: { "x-api-key": secret, ...headers }, ...init });
    const statusOf = async (target: string, headers: Headers = {}, init: RequestInit = {}) =>
      (await call(target, headers, init)).status;

    it("lets an allowed call pass as it is and tells the upstream who calls", async () => {
      const response = await call(`${path}?page=1`);
      expect([response.status, await response.text()]).toEqual([200, "upstream"]);
      const { url, headers } = here.reached.at(-1) ?? {};
      expect(url).toBe(`${path}?page=1`);
      expect(headers).toMatchObject({
        "x-latchkey-client-id": clientId,
        "x-latchkey-key-id": keyId,
        "x-latchkey-groups": here.groupName,
        "x-latchkey-priority": "5",
        "x-forwarded-for": "127.0.0.1",
      });
    });

    it("asks with the query, which may carry the credential", async () => {
      expect((await fetch(`${gateway.url}${path}?page=1&api_key=${secret}`)).status).toBe(200);
      expect((await fetch(`${gateway.url}${path}?page=1&api_key=nonsense`)).status).toBe(401);
    });

    it("refuses with 401 what has no credential or a wrong one, and says which is wanted", async () => {
      const before = here.reached.length;
      const without = await fetch(gateway.url + path);
      expect([without.status, without.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="latchkey"']);
      for (const headers of [{ "x-api-key": "nonsense" }, { authorization: "Bearer nonsense" }]) {
        const wrong = await fetch(gateway.url + path, { headers });
        expect([wrong.status, wrong.headers.get("www-authenticate"), wrong.headers.get("x-latchkey-code")]).toEqual([
          401,
          'Bearer realm="latchkey", error="invalid_token"',
          "MALFORMED",
        ]);
        expect(await wrong.json()).toMatchObject({ status: 401, code: "MALFORMED" });
      }
      expect(await statusOf(path, { authorization: "Bearer another" })).toBe(401);
      expect(here.reached.length).toBe(before);
    });

    it("refuses with 403 what nobody granted, or no API answers", async () => {
      const before = here.reached.length;
      for (const [target, code] of [
        ["/admin", "GROUP_DENIED"],
        ["/nothing", "API_UNKNOWN"],
        ["/", "API_UNKNOWN"],
      ] as const) {
        const denied = await call(target);
        const told = [denied.status, denied.headers.get("x-latchkey-code")];
        expect({ target, told }).toEqual({ target, told: [403, code] });
      }
      expect(await statusOf(path, {}, { method: "DELETE" })).toBe(403);
      expect(here.reached.length).toBe(before);
    });

    it("judges odd targets as the upstream would read them", async () => {
      const key = [`X-API-Key: ${secret}`];
      const before = here.reached.length;
      const { host } = new URL(gateway.url);
      for (const line of [
        `GET ${path}/../../admin`,
        `GET ${path}/%2e%2e/admin`,
        "GET /%61dmin",
        "GET //admin",
        "GET /admin?x",
        "GET /admin;x",
        "GET /admin%00",
        `GET http://${host}/admin`,
        `GET http://${host}`,
        `GET http://${host}?${path}`,
        "OPTIONS *",
        "GET ?",
      ]) {
        await rawCall(gateway.url, line, key);
        expect({ line, reached: here.reached.length }).toEqual({ line, reached: before });
      }
      expect(await rawCall(gateway.url, `GET http://${host}`, key)).toBe(403);
      const encoded = `${path.slice(0, -1)}%37?next=%2F..%2fadmin&a=b%20c`;
      for (const target of [encoded, `http://${host}${encoded}`]) {
        expect(await rawCall(gateway.url, `GET ${target}`, key)).toBe(200);
        expect(here.reached.at(-1)?.url).toBe(encoded);
      }
    });

    it("refuses with 429 beyond a quota, and says when to come again", async () => {
      const { secret: limited } = await here.caller({ quota: { limit: 1, period: "DAY" } });
      expect(await statusOf(path, { "x-api-key": limited })).toBe(200);
      const before = here.reached.length;
      const refused = await call(path, { "x-api-key": limited });
      const own = await here.world.fetch("/v1/authorize", { headers: { "x-api-key": limited } });
      expect([refused.status, refused.headers.get("x-latchkey-code")]).toEqual([429, "QUOTA_EXCEEDED"]);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      for (const name of ["ratelimit", "ratelimit-policy"]) {
        expect({ name, told: refused.headers.has(name) }).toEqual({ name, told: own.headers.has(name) });
      }
      expect(here.reached.length).toBe(before);
    });

    it("judges a call by its method, passes its body on, and keeps it from Latchkey", async () => {
      const body = "x".repeat(300_000);
      const before = here.wayToLatchkey.bytes;
      expect(await statusOf(path, {}, { method: "POST", body })).toBe(403);
      const headers = { soapaction: '"urn:orders#Read"', "content-type": "text/xml" };
      expect(await statusOf("/soap", headers, { method: "POST", body })).toBe(200);
      expect(here.reached.at(-1)).toMatchObject({ method: "POST", body, headers });
      expect(here.wayToLatchkey.bytes - before).toBeLessThan(10_000);
    });

    it("judges a SOAP call by the action that its caller sends, and no other call by it", async () => {
      const soap = (target: string, headers: Headers) => statusOf(target, headers, { method: "POST", body: "<a/>" });
      expect(await soap("/soap", { soapaction: '"urn:orders#Read"', "content-type": "text/xml" })).toBe(200);
      expect(await soap("/soap", { "content-type": 'application/soap+xml; action="urn:orders#Read"' })).toBe(200);
      expect(await soap("/soap", { soapaction: '"urn:orders#Cancel"' })).toBe(403);
      expect(await soap("/soap", { "content-type": "text/xml" })).toBe(403);
      expect(await soap("/admin", { soapaction: '"urn:orders#Read"' })).toBe(403);
    });

    it("is not deceived about the call by headers that a caller sends itself", async () => {
      const forged = {
        "x-forwarded-uri": path,
        "x-forwarded-method": "GET",
        "x-original-uri": path,
        "x-original-url": `https://orders.example.com${path}`,
        "x-original-method": "GET",
        "x-latchkey-collection": "eu/orders",
        "x-latchkey-gateway-key": "forged",
      };
      expect(await statusOf("/admin", forged)).toBe(403);
      const other = { "x-forwarded-uri": "/admin", "x-original-uri": "/admin", "x-original-url": "/admin" };
      const methods = { "x-forwarded-method": "DELETE", "x-original-method": "DELETE" };
      expect(await statusOf(path, { ...forged, ...other, ...methods, "x-latchkey-collection": "eu/other" })).toBe(200);
    });

    it("lets no caller name itself to the upstream, nor hide who it is", async () => {
      const spelled = Object.entries(IDENTITY).map(([name, value]) => [name.replaceAll("-", "_"), value]);
      expect(await statusOf(path, { ...IDENTITY, ...Object.fromEntries(spelled) })).toBe(200);
      const told = here.reached.at(-1)?.headers ?? {};
      expect(told).toMatchObject({ "x-latchkey-client-id": clientId, "x-latchkey-groups": here.groupName });
      for (const value of ["somebody-else", "admins", "forged", "root", "all"]) {
        expect(Object.values(told)).not.toContain(value);
      }
      const listed = Object.keys(IDENTITY).join(", ");
      expect(await rawCall(gateway.url, `GET ${path}`, [`X-API-Key: ${secret}`, `Connection: ${listed}`])).toBe(200);
      expect(here.reached.at(-1)?.headers).toMatchObject({ "x-latchkey-client-id": clientId });
      expect(here.reached.at(-1)?.headers["connection"] ?? "").not.toContain("latchkey");
    });

    it("tells its peer as the caller's address, whatever address the caller sends", async () => {
      const address = "203.0.113.9";
      const far = await here.caller({ hostBindings: [{ name: "far", match: address }] });
      const near = await here.caller({ hostBindings: [{ name: "near", match: "127.0.0.1" }] });
      const forged = { "x-forwarded-for": address, "x-real-ip": address, forwarded: `for=${address}` };
      const refused = await call(path, { ...forged, "x-api-key": far.secret });
      expect([refused.status, refused.headers.get("x-latchkey-code")]).toEqual([403, "ADDRESS_NOT_ALLOWED"]);
      expect(await statusOf(path, { ...forged, "x-api-key": near.secret })).toBe(200);
      expect(here.reached.at(-1)?.headers["x-forwarded-for"]).toBe("127.0.0.1");
    });

    it("leaves the upstream's own answers alone", async () => {
      for (const status of [401, 403, 429, 500, 502, 503]) {
        const response = await call(`${path}?answer=${status}`);
        expect([response.status, await response.text()]).toEqual([status, "upstream"]);
        expect(response.headers.get("x-upstream")).toBe("orders");
      }
    });

    it("refuses with 503 when Latchkey cannot tell", async () => {
      here.wayToDatabase.cut();
      const refused = await until("Latchkey to know nothing any more", async () => {
        const answer = await call(path);
        return answer.status !== 200 && answer;
      });
      const before = here.reached.length;
      expect(await statusOf(path)).toBe(503);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(here.reached.length).toBe(before);
      here.wayToDatabase.mend();
      await until("Latchkey to tell again", async () => (await statusOf(path)) === 200);
    });

    it("refuses with 503 while Latchkey cannot be reached", async () => {
      here.wayToLatchkey.cut();
      const before = here.reached.length;
      expect(await statusOf(path)).toBe(503);
      expect(here.reached.length).toBe(before);
      here.wayToLatchkey.mend();
      await until("Latchkey to be reached again", async () => (await statusOf(path)) === 200);
    });
  });
}
