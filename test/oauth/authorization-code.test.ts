import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser, eventsAbout } from "../support/accounts.js";
import {
  basic,
  errorIn,
  exchange,
  introspect,
  type MadeCode,
  makeCode,
  type OAuthClient,
  postForm,
  REDIRECT_URL,
  refresh,
  seedOAuthClient,
} from "../support/oauth.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

describe("the authorization code grant", () => {
  let world: World;
  let other: World;
  let client: OAuthClient;
  let stranger: OAuthClient;
  let user: { id: string; name: string };

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
    [client, stranger, user] = await Promise.all([seedOAuthClient(world), seedOAuthClient(world), addUser(world)]);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  const code = (changes: Partial<Parameters<typeof makeCode>[2]> = {}) =>
    makeCode(world, client, { userId: user.id, ...changes });
  const send = ({ code: text, verifier }: MadeCode, changes: object = {}, by = client) => {
    const form = { grant_type: "authorization_code", code: text, code_verifier: verifier, redirect_uri: REDIRECT_URL };
    const given = Object.entries({ ...form, ...changes }).filter(([, value]) => value !== undefined);
    return postForm(world, "/oauth/token", Object.fromEntries(given), basic(by.clientId));
  };

  it("RFC 6749 4.1.4: gives tokens in the name of the user who consented", async () => {
    const { status, body } = await exchange(world, client, await code());
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^lk_at_/),
      token_type: "Bearer",
      expires_in: 3_600,
      scope: client.scopeNames.join(" "),
      refresh_token: expect.stringMatching(/^lk_rt_/),
    });
    const verdict = await verdictOf(world, { credential: body.access_token });
    expect(verdict).toMatchObject({ valid: true, user: { id: user.id, userName: user.name } });
  });

  it("gives what was consented to, as far as the client still holds it", async () => {
    const [id] = (
      await world.database.query<{ id: string }>("select id from scopes where name = $1", [client.scopeNames[0]])
    ).rows.map((row) => row.id);
    const { body } = await exchange(world, client, await code({ scopeIds: [id as string] }));
    expect(body.scope).toBe(client.scopeNames[0]);
    expect(await verdictOf(world, { credential: body.access_token })).toMatchObject({ scopes: [client.scopeNames[0]] });
  });

  it("RFC 6749 4.1.3: refuses another client's code, and leaves it to whom it was made for", async () => {
    const made = await code();
    expect(errorIn(await exchange(world, stranger, made))).toEqual([400, "invalid_grant"]);
    expect((await exchange(world, client, made)).status).toBe(200);
  });

  it("RFC 6749 4.1.3: wants the redirect of the authorization request again if that named one", async () => {
    const made = await code();
    for (const redirect_uri of [`${REDIRECT_URL}/`, REDIRECT_URL.toUpperCase(), undefined])
      expect(errorIn(await send(made, { redirect_uri }))).toEqual([400, "invalid_grant"]);
    const unnamed = await code({ redirectUrlGiven: false });
    expect(errorIn(await send(unnamed, { redirect_uri: "https://evil.example.com/" }))).toEqual([400, "invalid_grant"]);
    expect((await send(unnamed, { redirect_uri: undefined })).status).toBe(200);
  });

  it("RFC 7636 4.6: wants the verifier that the challenge was made from", async () => {
    const made = await code();
    const wrong = "w".repeat(43);
    for (const code_verifier of [wrong, made.verifier.slice(0, -1) + "~", undefined, ""])
      expect(errorIn(await send(made, { code_verifier }))).toEqual([400, "invalid_grant"]);
    for (const code_verifier of ["short", "x".repeat(129), `${"x".repeat(43)}!`, `${"x".repeat(43)}é`])
      expect(errorIn(await send(made, { code_verifier }))).toEqual([400, "invalid_request"]);
    expect((await send(made)).status).toBe(200);
    const longest = await code({ verifier: "-._~".repeat(32) });
    expect((await send(longest)).status).toBe(200);
  });

  it("refuses codes that are unknown, forged, no codes, or past their time", async () => {
    const made = await code();
    const { body } = await exchange(world, client, await code());
    const forged = made.code.slice(0, -10) + "0".repeat(10);
    for (const text of ["x", forged, body.access_token, body.refresh_token, "é", "'; drop table tokens; --"])
      expect(errorIn(await send({ ...made, code: text }))[0]).toBe(400);
    const late = await code({ lifeMs: 10_000 });
    other.moveClock(10_000);
    expect(errorIn(await exchange(other, client, late))).toEqual([400, "invalid_grant"]);
    other.moveClock(-10_000);
    expect((await exchange(other, client, late)).status).toBe(200);
  });

  it("RFC 6749 4.1.2: takes a code once, and the second use ends all that the first gave, on every node", async () => {
    const made = await code();
    const { body } = await exchange(world, client, made);
    const next = (await refresh(world, client, body.refresh_token)).body;
    expect(await verdictOf(other, { credential: next.access_token })).toMatchObject({ valid: true });

    expect(errorIn(await exchange(world, client, made))).toEqual([400, "invalid_grant"]);
    for (const credential of [body.access_token, next.access_token])
      for (const node of [world, other])
        expect(await verdictOf(node, { credential })).toMatchObject({ code: "REVOKED" });
    expect(errorIn(await refresh(world, client, next.refresh_token))).toEqual([400, "invalid_grant"]);
    expect((await introspect(world, client, next.refresh_token)).body).toEqual({ active: false });
    const { rows } = await world.database.query<{ id: string }>(
      "select family_id as id from authorization_codes where lookup_id = $1",
      [made.code.slice(6, 18)],
    );
    const [event] = await eventsAbout(world, rows[0]?.id as string, "tokenFamily.revoked");
    expect(event).toMatchObject({ actorName: client.clientId, reason: expect.stringMatching(/used twice/) });
  });

  it("gives one success to many who exchange a code at once, over two nodes", async () => {
    const made = await code();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => exchange(index % 2 ? world : other, client, made)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(errorIn(answer)).toEqual([400, "invalid_grant"]);
    const { rows } = await world.database.query(
      `select 1 from token_families f join authorization_codes c on c.family_id = f.id
       where c.lookup_id = $1 and f.revoked_at is not null`,
      [made.code.slice(6, 18)],
    );
    expect(rows).toHaveLength(1);
  });
});
