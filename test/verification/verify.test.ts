import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { callOf, FAR, seedApi, seedClient, seedGroup, seedKey, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { withChecksum } from "./forged-secret.js";

const DAY_MS = 24 * 60 * 60_000;

describe("POST /v1/verify", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function verify(body: object | undefined, headers: Record<string, string> = {}) {
    const response = await world.fetch("/v1/verify", {
      method: "POST",
      headers: { ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect({ status: response.status, body }).toEqual({ status: 200, body });
    const verdict = (await response.json()) as { valid: boolean; code: string; message?: string; requestId: string };
    expect(verdict.requestId).toBe(response.headers.get("x-request-id"));
    return verdict;
  }

  const codeOf = async (body: object | undefined, headers?: Record<string, string>) =>
    (await verify(body, headers)).code;

  it("tells all facts about an allowed call, in the shape of the contract", async () => {
    const { apiKey, secret, client, api, group, call } = await seedKey(world, { metadata: { team: "web" } });
    expect(await verify({ credential: secret, api: call })).toEqual({
      valid: true,
      code: "VALID",
      requestId: expect.any(String),
      credential: {
        id: apiKey.id,
        kind: "API_KEY",
        name: apiKey.name,
        lookupId: apiKey.lookupId,
        expiresAt: "2100-01-01T00:00:00.000Z",
      },
      client: { id: client.id, clientId: client.clientId, displayName: client.displayName, priority: 5 },
      user: null,
      groups: [group.name],
      scopes: [],
      api: { id: api.id, name: api.name, kind: "REST" },
      rateLimit: null,
      quota: null,
      metadata: { team: "web" },
    });
  });

  it("tells of a refused call its code and the reason, and nothing else", async () => {
    const { secret, call } = await seedKey(world);
    const refused = await verify({ credential: secret, api: { ...call, method: "DELETE" } });
    expect(refused).toEqual({
      valid: false,
      code: "API_UNKNOWN",
      message: expect.stringMatching(/\w/),
      requestId: expect.any(String),
    });
  });

  it("tells whose a user's key is, and its permissions", async () => {
    const { latchkey, user } = await seedUser(world, "OPERATOR");
    const { secret } = await latchkey.keys.create({ name: unique("script"), scopes: ["keys:read"] });
    expect(await verify({ credential: secret, scopes: ["keys:read"] })).toMatchObject({
      valid: true,
      client: null,
      user: { id: user.id, userName: user.userName },
      scopes: ["keys:read"],
      credential: { expiresAt: null },
    });
    expect(await codeOf({ credential: secret, scopes: ["keys:read", "keys:write"] })).toBe("SCOPE_DENIED");
  });

  it("reads the credential from the body, X-API-Key or Bearer, and needs no body for a header", async () => {
    const { secret } = await seedKey(world);
    expect(await codeOf({ credential: secret })).toBe("VALID");
    expect(await codeOf({}, { "x-api-key": secret })).toBe("VALID");
    expect(await codeOf(undefined, { "x-api-key": secret })).toBe("VALID");
    expect(await codeOf({}, { authorization: `bEARER  ${secret}` })).toBe("VALID");
    expect(await codeOf({ credential: secret }, { "x-api-key": secret, authorization: `Bearer ${secret}` })).toBe(
      "VALID",
    );
    expect(await codeOf({ credential: secret }, { authorization: "Basic dXNlcjpwYXNz" })).toBe("VALID");
  });

  it("refuses two different credentials, wherever they stand", async () => {
    const [one, two] = [await seedKey(world), await seedKey(world)];
    expect(await codeOf({ credential: one.secret }, { "x-api-key": two.secret })).toBe("MALFORMED");
    expect(await codeOf({}, { "x-api-key": one.secret, authorization: `Bearer ${two.secret}` })).toBe("MALFORMED");
    expect(await codeOf({ credential: `${one.secret}, ${two.secret}` })).toBe("MALFORMED");
    expect(await codeOf({}, { "x-api-key": `${one.secret}, ${one.secret}` })).toBe("MALFORMED");
  });

  it("refuses a header that comes twice, which Node would join or drop", async () => {
    const [one, two] = [await seedKey(world), await seedKey(world)];
    // Written by hand: Node's own client sends no header twice.
    const send = async (...headers: string[]): Promise<string> => {
      const { hostname, port } = new URL(world.url);
      const socket = connect(Number(port), hostname);
      const lines = [
        "POST /v1/verify HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Content-Length: 0",
        ...headers,
      ];
      socket.write(`${lines.join("\r\n")}\r\n\r\n`);
      return JSON.parse((await text(socket)).split("\r\n\r\n")[1] ?? "").code;
    };
    expect(await send(`X-API-Key: ${one.secret}`, `x-api-key: ${two.secret}`)).toBe("MALFORMED");
    expect(await send(`Authorization: Bearer ${one.secret}`, `Authorization: Bearer ${two.secret}`)).toBe("MALFORMED");
    expect(await send(`Authorization: Bearer ${one.secret}`, `authorization: bearer ${one.secret}`)).toBe("MALFORMED");
    expect(await send(`X-API-Key: ${one.secret}`, `Authorization: Bearer ${one.secret}`)).toBe("VALID");
  });

  it("knows a secret by shape and checksum before it asks the database", async () => {
    const { secret } = await seedKey(world);
    expect(await codeOf({})).toBe("MISSING");
    expect(await codeOf({ credential: "" })).toBe("MISSING");
    for (const forged of [
      "nonsense",
      secret.slice(0, -1),
      `${secret}0`,
      secret.replace("lk_", "xx_"),
      secret.replace("_key_", "_kee_"),
      secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0"),
      secret.toUpperCase(),
      ` ${secret}`,
    ]) {
      expect({ forged, code: await codeOf({ credential: forged }) }).toEqual({ forged, code: "MALFORMED" });
    }
  });

  it("takes no session token for a credential of a call", async () => {
    expect(await codeOf({ credential: world.token })).toBe("NOT_FOUND");
  });

  it("tells nothing about a key before its secret has matched", async () => {
    const [revoked, other] = [await seedKey(world), await seedKey(world)];
    await world.latchkey.keys.revoke({ id: revoked.apiKey.id });
    // The lookup id of the one with the secret of the other, its checksum made right.
    const forged = withChecksum(`lk_key_${revoked.apiKey.lookupId}${other.secret.slice(19, 51)}`);
    const unknown = withChecksum(`lk_key_${"0".repeat(12)}${other.secret.slice(19, 51)}`);
    const answers = [await verify({ credential: forged }), await verify({ credential: unknown })];
    for (const answer of answers) {
      expect(answer).toEqual({
        valid: false,
        code: "NOT_FOUND",
        message: "The credential is unknown.",
        requestId: expect.any(String),
      });
    }
  });

  it("goes by the order of the checks: the key before its client, the client before the API, the API before groups", async () => {
    const { apiKey, secret, client, call, group } = await seedKey(world);
    const unknownApi = { ...call, method: "PUT" };
    const ask = () => codeOf({ credential: secret, api: unknownApi, groups: ["none"], scopes: ["none"] });
    await world.latchkey.keys.disable(apiKey.id);
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    expect(await ask()).toBe("DISABLED");
    await world.latchkey.keys.enable(apiKey.id);
    expect(await ask()).toBe("OWNER_DISABLED");
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "LOCKED" });
    expect(await ask()).toBe("OWNER_LOCKED");
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "ENABLED" });
    expect(await ask()).toBe("API_UNKNOWN");
    expect(await codeOf({ credential: secret, api: call, groups: ["none"], scopes: ["none"] })).toBe("GROUP_DENIED");
    expect(await codeOf({ credential: secret, api: call, groups: [group.name], scopes: ["none"] })).toBe(
      "SCOPE_DENIED",
    );
    await world.latchkey.keys.revoke({ id: apiKey.id });
    await world.latchkey.clients.setStatus({ clientId: client.id, status: "DISABLED" });
    expect(await ask()).toBe("REVOKED");
  });

  it("follows the key's dates", async () => {
    const now = world.now().getTime();
    const [effectiveAt, expiresAt] = [new Date(now + DAY_MS).toISOString(), new Date(now + 2 * DAY_MS).toISOString()];
    const { secret } = await seedKey(world, { effectiveAt, expiresAt });
    expect(await codeOf({ credential: secret })).toBe("NOT_YET_EFFECTIVE");
    world.moveClock(DAY_MS + 1_000);
    expect(await codeOf({ credential: secret })).toBe("VALID");
    world.moveClock(DAY_MS);
    expect(await codeOf({ credential: secret })).toBe("EXPIRED");
    world.moveClock(-2 * DAY_MS - 1_000);
  });

  it("refuses a call whose API no group of the key grants, whatever its client holds besides", async () => {
    const { secret, client } = await seedKey(world);
    const other = await seedApi(world);
    const group = await seedGroup(world, { apiIds: [other.id] });
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [group.id] });
    expect(await codeOf({ credential: secret, api: callOf(other) })).toBe("GROUP_DENIED");
  });

  it("asks for every group that is demanded, by name or id", async () => {
    const { secret, group } = await seedKey(world);
    const another = await seedGroup(world);
    expect(await codeOf({ credential: secret, groups: [group.name, group.id] })).toBe("VALID");
    expect(await codeOf({ credential: secret, groups: [group.name, another.name] })).toBe("GROUP_DENIED");
  });

  it("lets every valid key call an API that is open to all, and nobody one that is delisted", async () => {
    const { secret, group } = await seedKey(world);
    const open = await seedApi(world, { openToAll: true, path: `/${unique("open")}` });
    const gone = await seedApi(world, { openToAll: true, path: `/${unique("gone")}`, status: "DELISTED" });
    expect(group.name).toBeDefined();
    expect(await codeOf({ credential: secret, api: { method: "GET", path: open.path } })).toBe("VALID");
    expect(await codeOf({ credential: secret, api: { method: "GET", path: gone.path } })).toBe("API_UNKNOWN");
  });

  it("tells one call in two collections apart by the collection's id or name, and refuses to guess", async () => {
    const path = `/${unique("same")}`;
    const [one, two] = [await seedApi(world, { path }), await seedApi(world, { path })];
    const group = await seedGroup(world, { apiIds: [one.id] });
    const client = await seedClient(world, { groupIds: [group.id] });
    const { secret: credential } = await world.latchkey.keys.create({
      clientId: client.id,
      name: "k",
      expiresAt: FAR,
      groupIds: [group.id],
    });
    const ask = (collection?: string) =>
      verify({ credential, api: { method: "GET", path, ...(collection && { collection }) } });
    expect(await ask()).toMatchObject({
      code: "API_UNKNOWN",
      message: expect.stringContaining("more than one collection"),
    });
    expect(await ask(one.collectionId)).toMatchObject({ code: "VALID", api: { id: one.id } });
    expect((await ask(two.collectionId)).code).toBe("GROUP_DENIED");
    const { data } = await world.graphql(`{ collection(id: "${one.collectionId}") { name region { code } } }`);
    expect(await ask(`${data.collection.region.code}/${data.collection.name}`)).toMatchObject({
      code: "VALID",
      api: { id: one.id },
    });
    expect((await ask("nowhere/nothing")).code).toBe("API_UNKNOWN");
  });

  it("follows a key's last use: when, from where, and of which API", async () => {
    const { apiKey, secret, api, call } = await seedKey(world);
    expect([apiKey.lastAccessedAt, apiKey.lastAccessedApi]).toEqual([apiKey.createdAt, null]);
    world.moveClock(1_000);
    await verify({ credential: secret, address: "2001:db8::7", api: call });
    const used = await until("the last access", async () => {
      const key = await world.latchkey.keys.get(apiKey.id);
      return key.lastAccessedAt > apiKey.createdAt && key;
    });
    expect(used).toMatchObject({ lastAccessedFrom: "2001:db8::7", lastAccessedApi: { id: api.id, name: api.name } });
    await world.latchkey.apis.delete({ id: api.id, confirm: true });
    expect((await world.latchkey.keys.get(apiKey.id)).lastAccessedApi).toBeNull();
  });

  it("answers a batch in its order", async () => {
    const { secret, group } = await seedKey(world);
    const requests = [
      { credential: secret },
      { credential: "nonsense" },
      {},
      { credential: secret, groups: [group.name] },
    ];
    const response = await world.fetch("/v1/verify/batch", {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": secret },
      body: JSON.stringify({ requests }),
    });
    const { verdicts } = (await response.json()) as { verdicts: { code: string }[] };
    expect(verdicts.map(({ code }) => code)).toEqual(["VALID", "MALFORMED", "MISSING", "VALID"]);
  });

  it("gives no verdict to a peer outside the networks that may ask, whatever it claims to be", async () => {
    const closed = await startWorld({ VERIFY_NETWORKS: "10.0.0.0/8" });
    try {
      for (const path of ["/v1/verify", "/v1/verify/batch", "/v1/authorize", "/v1/authorize/orders"]) {
        const headers = { "x-forwarded-for": "10.1.2.3", "x-real-ip": "10.1.2.3", forwarded: "for=10.1.2.3" };
        const response = await closed.fetch(path, { method: "POST", headers });
        expect({ path, status: response.status }).toEqual({ path, status: 403 });
        expect(await response.json()).toMatchObject({ code: "FORBIDDEN" });
      }
    } finally {
      await closed.stop();
    }
  });
});
