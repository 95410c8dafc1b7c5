import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser } from "../support/accounts.js";
import {
  basic,
  clientToken,
  errorIn,
  exchange,
  introspect,
  makeCode,
  type OAuthClient,
  postForm,
  refresh,
  seedOAuthClient,
  setTokens,
} from "../support/oauth.js";
import { PASSWORD, seedKey, unique } from "../support/seed.js";
import { verdictOf } from "../support/verdicts.js";
import { openWay, type Way } from "../support/way.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const INACTIVE = { active: false };
const HEADER = "x-latchkey-gateway-key";

describe("POST /oauth/introspect", () => {
  let world: World;
  let other: World;
  let way: Way;
  let client: OAuthClient;
  let stranger: OAuthClient;
  let user: { id: string; name: string };
  let gatewayKey: string;

  before(async () => {
    way = await openWay();
    world = await startWorld();
    other = await joinWorld(world, {}, (url) => way.urlTo(url));
    [client, stranger, user] = await Promise.all([seedOAuthClient(world), seedOAuthClient(world), addUser(world)]);
    gatewayKey = (await world.latchkey.gatewayKeys.create({ name: unique("gateway") })).secret;
  });

  after(async () => {
    way.mend();
    await other.stop();
    await world.stop();
    way.close();
  });

  const asGateway = (token: string, node = world) =>
    postForm(node, "/oauth/introspect", { token }, { [HEADER]: gatewayKey });
  const accessToken = async (form: object = {}) => (await clientToken(world, client, form)).body.access_token as string;

  it("RFC 7662 2.2: tells a client, and a gateway, what an access token is", async () => {
    const token = await accessToken();
    const { status, headers, body } = await introspect(world, client, token);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      active: true,
      scope: client.scopeNames.join(" "),
      client_id: client.clientId,
      token_type: "Bearer",
      exp: body.iat + 3_600,
      iat: expect.any(Number),
      nbf: body.iat,
      sub: client.id,
      iss: world.url,
      jti: expect.any(String),
    });
    expect(Math.abs(body.iat * 1_000 - world.now().getTime())).toBeLessThan(5_000);
    expect((await asGateway(token)).body).toEqual(body);
    const secret = { client_id: client.clientId, client_secret: PASSWORD };
    expect((await postForm(world, "/oauth/introspect", { token, ...secret })).body).toEqual(body);
  });

  it("RFC 7662 2.2: names the user who consented, and gives a refresh token no type to call with", async () => {
    const tokens = (await exchange(world, client, await makeCode(world, client, { userId: user.id }))).body;
    const access = (await asGateway(tokens.access_token)).body;
    expect(access).toMatchObject({ active: true, username: user.name, sub: user.id, token_type: "Bearer" });
    const refreshToken = (await introspect(world, client, tokens.refresh_token)).body;
    expect(refreshToken).toMatchObject({ active: true, username: user.name, sub: user.id, scope: access.scope });
    expect(refreshToken).not.toHaveProperty("token_type");
    await refresh(world, client, tokens.refresh_token);
    expect((await introspect(world, client, tokens.refresh_token)).body).toEqual(INACTIVE);
  });

  it("RFC 7662 2.1: does not need the hint, be it right, wrong or unknown", async () => {
    const token = await accessToken();
    for (const token_type_hint of ["access_token", "refresh_token", "nonsense"]) {
      const { body } = await postForm(world, "/oauth/introspect", { token, token_type_hint }, basic(client.clientId));
      expect(body.active).toBe(true);
    }
  });

  it("RFC 7662 2.2: says no more than inactive of what is unknown, somebody else's, or no token", async () => {
    const token = await accessToken();
    const { secret } = await seedKey(world);
    const forged = token.slice(0, -10) + "0".repeat(10);
    for (const text of [
      "x",
      forged,
      `${token}x`,
      token.replace("_at_", "_rt_"),
      secret,
      gatewayKey,
      world.token,
      "a b",
    ])
      for (const answer of [await asGateway(text), await introspect(world, client, text)])
        expect([answer.status, answer.body]).toEqual([200, INACTIVE]);
    expect((await introspect(world, stranger, token)).body).toEqual(INACTIVE);
  });

  it("says so of a token that has expired, was revoked, or whose client is not in force", async () => {
    const token = await accessToken();
    other.moveClock(3_600_000);
    expect((await asGateway(token, other)).body).toEqual(INACTIVE);
    other.moveClock(-3_600_000);
    expect((await asGateway(token, other)).body.active).toBe(true);

    const tokens = (await exchange(world, stranger, await makeCode(world, stranger, { userId: user.id }))).body;
    for (const each of [tokens.access_token, tokens.refresh_token])
      expect((await asGateway(each, other)).body.active).toBe(true);
    await world.latchkey.clients.setStatus({ clientId: stranger.id, status: "DISABLED" });
    for (const node of [world, other])
      for (const each of [tokens.access_token, tokens.refresh_token])
        expect((await asGateway(each, node)).body).toEqual(INACTIVE);
    await world.latchkey.clients.setStatus({ clientId: stranger.id, status: "ENABLED" });
    expect((await asGateway(tokens.access_token, other)).body.active).toBe(true);
  });

  it("tells the scopes that the client still holds", async () => {
    const fresh = await seedOAuthClient(world);
    const token = (await clientToken(world, fresh)).body.access_token;
    const [first, second] = fresh.scopeNames;
    expect((await asGateway(token)).body.scope).toBe(`${first} ${second}`);
    const { rows } = await world.database.query<{ id: string }>("select id from scopes where name = $1", [first]);
    await world.latchkey.clients.removeScopes({ clientId: fresh.id, scopeIds: [rows[0]?.id as string] });
    expect((await asGateway(token)).body.scope).toBe(second);
  });

  it("uses nothing up, and says inactive when the uses have ended, which are exact over two nodes", async () => {
    await setTokens(world, client.id, { accessUses: 3 });
    const token = await accessToken();
    for (let time = 0; time < 5; time++) expect((await asGateway(token)).body.active).toBe(true);
    const verdicts = await Promise.all(
      Array.from({ length: 25 }, (_, index) => verdictOf(index % 2 ? world : other, { credential: token })),
    );
    const codes = verdicts.map(({ code }) => code).sort();
    expect(codes).toEqual([...Array(22).fill("USES_EXHAUSTED"), ...Array(3).fill("VALID")]);
    for (const node of [world, other]) expect((await asGateway(token, node)).body).toEqual(INACTIVE);
    await setTokens(world, client.id, {});
  });

  it("RFC 7662 2.1 and 2.3: wants a caller that is known, by one method, and a token", async () => {
    const token = await accessToken();
    const post = (form: object, headers: Readonly<Record<string, string>>) =>
      postForm(world, "/oauth/introspect", { ...form }, headers);
    for (const headers of [{}, basic(client.clientId, "wrong-pass-phrase"), { [HEADER]: "x" }, { [HEADER]: token }]) {
      const answer = await post({ token }, headers);
      expect(errorIn(answer)).toEqual([401, "invalid_client"]);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic/);
    }
    expect((await introspect(world, client, token)).status).toBe(200);
    const both = { [HEADER]: gatewayKey, ...basic(client.clientId) };
    expect(errorIn(await post({ token }, both))).toEqual([400, "invalid_request"]);
    for (const form of [{}, { token: "" }])
      expect(errorIn(await post(form, { [HEADER]: gatewayKey }))).toEqual([400, "invalid_request"]);
    const twice = await postForm(world, "/oauth/introspect", `token=${token}&token=${token}`, { [HEADER]: gatewayKey });
    expect(errorIn(twice)).toEqual([400, "invalid_request"]);
  });

  it("answers from memory, and 503 once a node has lost its lease", async () => {
    const token = await accessToken();
    expect((await asGateway(token, other)).body.active).toBe(true);
    const before = way.bytes;
    const answers = await Promise.all(Array.from({ length: 50 }, () => asGateway(token, other)));
    expect(answers.every(({ body }) => body.active)).toBe(true);
    // What goes there meanwhile are beats, and notes of the gateway key's use.
    expect(way.bytes - before).toBeLessThan(50 * 200);

    for (const begin of [() => way.cut(), () => way.blackHole()]) {
      begin();
      const startedAtMs = performance.now();
      let answer = await asGateway(token, other);
      while (answer.status === 200 && performance.now() - startedAtMs < 5_000) answer = await asGateway(token, other);
      expect(errorIn(answer)).toEqual([503, "temporarily_unavailable"]);
      expect(answer.headers.get("retry-after")).toBe("1");
      const askedAtMs = performance.now();
      const others = await Promise.all([
        clientToken(other, client),
        introspect(other, client, token),
        postForm(other, "/oauth/revoke", { token }, basic(client.clientId)),
      ]);
      expect(others.map(errorIn)).toEqual(Array(3).fill([503, "temporarily_unavailable"]));
      expect(performance.now() - askedAtMs).toBeLessThan(2_000);
      way.mend();
      while ((await asGateway(token, other)).status !== 200 && performance.now() - startedAtMs < 15_000);
    }
  });
});
