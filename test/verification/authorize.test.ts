import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import {
  callOf,
  FAR,
  PASSWORD,
  type SeededKey,
  seedApi,
  seedClient,
  seedGroup,
  seedKey,
  seedUser,
  unique,
} from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("/v1/authorize", () => {
  let world: World;
  let key: SeededKey;

  before(async () => {
    world = await startWorld();
    key = await seedKey(world);
  });

  after(() => world.stop());

  const ask = (headers: Record<string, string>, path = "/v1/authorize", init: RequestInit = {}) =>
    world.fetch(path, { ...init, headers: { "x-api-key": key.secret, ...headers } });

  it("allows a call that gateways describe in any of their ways", async () => {
    const { method, path } = key.call;
    const ways: readonly (readonly [Record<string, string>, string?])[] = [
      [{ "x-forwarded-method": method, "x-forwarded-uri": `${path}?page=1` }],
      [{ "x-original-method": method, "x-original-uri": path }],
      [{ "x-original-method": method, "x-original-url": path }],
      [{ "x-original-method": method, "x-original-url": `https://orders.example.com${path}?page=1` }],
      [{ "x-forwarded-uri": path }],
      [{}, `/v1/authorize${path}`],
      [{ "x-forwarded-uri": `${path}?page=1` }, `/v1/authorize${path}?page=2`],
      [{ "x-forwarded-uri": path, "x-original-uri": "", "x-original-url": "" }],
      [{}, `/v1/authorize${path}?fold=403`],
      [{ "x-forwarded-method": method, "x-original-method": method, "x-forwarded-uri": path, "x-original-uri": path }],
    ];
    for (const [headers, target] of ways) {
      const response = await ask(headers, target);
      expect({ headers, status: response.status }).toEqual({ headers, status: 200 });
      expect(response.headers.get("x-latchkey-client-id")).toBe(key.client.clientId);
    }
  });

  it("tells the upstream who calls, in headers of which none is ever missing", async () => {
    const response = await ask({ "x-forwarded-uri": key.call.path });
    expect(Object.fromEntries([...response.headers].filter(([name]) => name.startsWith("x-latchkey")))).toEqual({
      "x-latchkey-client-id": key.client.clientId,
      "x-latchkey-key-id": key.apiKey.id,
      "x-latchkey-user-name": "",
      "x-latchkey-groups": key.group.name,
      "x-latchkey-scopes": "",
      "x-latchkey-priority": "5",
    });
    const { latchkey, user } = await seedUser(world, "OPERATOR");
    const { secret } = await latchkey.keys.create({ name: unique("script"), scopes: ["keys:read", "clients:read"] });
    const users = await ask({ "x-api-key": secret });
    expect(users.headers.get("x-latchkey-user-name")).toBe(user.userName);
    expect(users.headers.get("x-latchkey-scopes")).toBe("keys:read clients:read");
    expect(users.headers.get("x-latchkey-client-id")).toBe("");
  });

  it("percent-encodes what a header cannot carry, and its separator", async () => {
    const api = await seedApi(world);
    const name = `Bücher, lesen % ${unique("")}`;
    const group = await seedGroup(world, { name, apiIds: [api.id] });
    const client = await seedClient(world, { groupIds: [group.id] });
    const { secret } = await world.latchkey.keys.create({
      clientId: client.id,
      name: "k",
      expiresAt: FAR,
      groupIds: [group.id],
    });
    const value = (await ask({ "x-api-key": secret })).headers.get("x-latchkey-groups") ?? "";
    expect(value).toMatch(/^[\x21-\x7e]+$/);
    expect(value.split(",").map(decodeURIComponent)).toEqual([name]);
  });

  it("tells users by their names in any script, and goes on answering others", async () => {
    const userName = unique("Бюро, 1 %");
    await world.latchkey.users.create({ userName, password: PASSWORD, role: "MEMBER" });
    const latchkey = new Latchkey({ url: world.url });
    await latchkey.signIn({ name: userName, password: PASSWORD });
    const { secret } = await latchkey.keys.create({ name: unique("script") });
    const [users, clients] = await Promise.all([ask({ "x-api-key": secret }), ask({})]);
    const value = users.headers.get("x-latchkey-user-name") ?? "";
    expect([users.status, clients.status, decodeURIComponent(value)]).toEqual([200, 200, userName]);
    expect(value).toMatch(/^[\x21-\x7e]+$/);
  });

  it("refuses with the status of the verdict, a problem document and the reason in headers", async () => {
    const unknown = await ask({ "x-api-key": "nonsense" });
    expect(unknown.status).toBe(401);
    expect(unknown.headers.get("www-authenticate")).toBe('Bearer realm="latchkey", error="invalid_token"');
    expect(unknown.headers.get("x-latchkey-code")).toBe("MALFORMED");
    expect(await unknown.json()).toEqual({
      type: "urn:latchkey:verdict:MALFORMED",
      title: "Unauthorized",
      status: 401,
      detail: expect.stringMatching(/\w/),
      code: "MALFORMED",
      requestId: unknown.headers.get("x-request-id"),
    });
    const missing = await world.fetch("/v1/authorize");
    expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="latchkey"']);
    const denied = await ask({ "x-forwarded-method": "DELETE", "x-forwarded-uri": key.call.path });
    expect([denied.status, denied.headers.get("x-latchkey-code")]).toEqual([403, "API_UNKNOWN"]);
    const other = await seedApi(world);
    const foreign = await ask({ "x-forwarded-uri": callOf(other).path });
    expect([foreign.status, foreign.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer realm="latchkey", error="insufficient_scope"',
    ]);
    for (const response of [missing, denied, foreign]) expect(response.headers.get("x-latchkey-client-id")).toBeNull();
  });

  it("folds every refusal into 403 for nginx, and tells the true status", async () => {
    const missing = await world.fetch("/v1/authorize?fold=403");
    expect([missing.status, missing.headers.get("x-latchkey-status")]).toEqual([403, "401"]);
    const denied = await ask({ "x-forwarded-uri": "/nothing" }, "/v1/authorize?fold=403");
    expect([denied.status, denied.headers.get("x-latchkey-status")]).toEqual([403, "403"]);
    const allowed = await ask({ "x-forwarded-uri": key.call.path }, "/v1/authorize?fold=403");
    expect([allowed.status, allowed.headers.get("x-latchkey-status")]).toEqual([200, null]);
  });

  it("judges no call when its sources name two", async () => {
    const { path } = key.call;
    for (const headers of [
      { "x-forwarded-uri": path, "x-original-uri": "/admin" },
      { "x-forwarded-uri": path, "x-original-url": "https://orders.example.com/admin" },
      { "x-forwarded-uri": path, "x-forwarded-method": "GET", "x-original-method": "DELETE" },
      { "x-forwarded-uri": path, target: "/v1/authorize/admin" },
      { "x-original-url": `https://orders.example.com${path}`, target: "/v1/authorize/admin?fold=403" },
    ] as Record<string, string>[]) {
      const { target, ...sent } = headers;
      const response = await ask(sent, target);
      expect([response.status, response.headers.get("x-latchkey-code")]).toEqual([403, "API_UNKNOWN"]);
    }
  });

  it("answers any method and leaves any body alone", async () => {
    const headers = { "x-forwarded-method": "GET", "x-forwarded-uri": key.call.path };
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expect({ method, status: (await ask(headers, undefined, { method })).status }).toEqual({ method, status: 200 });
    }
    for (const type of ["application/json", "application/xml", "multipart/form-data; boundary=x", "nonsense"]) {
      const body = `{ not json ${"x".repeat(2_000_000)}`;
      const response = await ask({ ...headers, "content-type": type }, undefined, { method: "POST", body });
      expect({ type, status: response.status }).toEqual({ type, status: 200 });
    }
  });

  it("judges the credential alone when the gateway names no call", async () => {
    expect((await ask({})).status).toBe(200);
    expect((await ask({}, "/v1/authorize?fold=403")).status).toBe(200);
  });

  it("takes a lone slash after its own path for a call to the root", async () => {
    for (const target of ["/v1/authorize/", "/v1/authorize/?page=1"]) {
      const response = await ask({}, target);
      expect([response.status, response.headers.get("x-latchkey-code")]).toEqual([403, "API_UNKNOWN"]);
    }
    expect((await ask({ "x-forwarded-uri": key.call.path }, "/v1/authorize/")).status).toBe(403);
  });

  it("looks into the collection that the gateway names", async () => {
    const headers = { "x-forwarded-uri": key.call.path };
    expect((await ask({ ...headers, "x-latchkey-collection": key.api.collectionId })).status).toBe(200);
    expect((await ask({ ...headers, "x-latchkey-collection": "nowhere/nothing" })).status).toBe(403);
  });

  it("reads a credential from the query only where the deployment says so", async () => {
    const headers = { "x-forwarded-uri": `${key.call.path}?api_key=${key.secret}` };
    expect((await world.fetch("/v1/authorize", { headers })).status).toBe(401);
    const open = await startWorld({ QUERY_CREDENTIALS: "true" });
    try {
      const { secret, call } = await seedKey(open);
      const withQuery = (query: string) =>
        open.fetch("/v1/authorize", { headers: { "x-forwarded-uri": `${call.path}?${query}` } });
      expect((await withQuery(`page=1&api_key=${secret}`)).status).toBe(200);
      expect((await withQuery(`api_key=${secret}&api_key=another`)).status).toBe(401);
      expect((await withQuery("page=1")).status).toBe(401);
      expect(open.log.join()).not.toContain(secret);
    } finally {
      await open.stop();
    }
  });
});
