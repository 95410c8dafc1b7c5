import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser, eventsAbout } from "../support/accounts.js";
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
  revoke,
  seedOAuthClient,
} from "../support/oauth.js";
import { PASSWORD, seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

describe("POST /oauth/revoke", () => {
  let world: World;
  let other: World;
  let client: OAuthClient;
  let stranger: OAuthClient;
  let userId: string;

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
    [client, stranger, { id: userId }] = await Promise.all([
      seedOAuthClient(world),
      seedOAuthClient(world),
      addUser(world),
    ]);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  const granted = async () => (await exchange(world, client, await makeCode(world, client, { userId }))).body;
  const codeOn = async (node: World, credential: string) => (await verdictOf(node, { credential })).code;

  it("RFC 7009 2.1: ends an access token on every node before it answers, and leaves its refresh token", async () => {
    const { access_token, refresh_token } = await granted();
    for (const node of [world, other]) expect(await codeOn(node, access_token)).toBe("VALID");
    const { status, body } = await revoke(world, client, access_token);
    expect([status, body]).toEqual([200, {}]);
    expect(await Promise.all([world, other].map((node) => codeOn(node, access_token)))).toEqual(["REVOKED", "REVOKED"]);
    expect((await introspect(other, client, access_token)).body).toEqual({ active: false });
    expect((await refresh(world, client, refresh_token)).status).toBe(200);
  });

  it("RFC 7009 2.1: ends all that came of the grant with its refresh token", async () => {
    const first = await granted();
    const second = (await refresh(world, client, first.refresh_token)).body;
    for (const { access_token } of [first, second]) expect(await codeOn(other, access_token)).toBe("VALID");
    expect((await revoke(world, client, second.refresh_token)).status).toBe(200);
    for (const { access_token } of [first, second]) expect(await codeOn(other, access_token)).toBe("REVOKED");
    expect(errorIn(await refresh(other, client, second.refresh_token))).toEqual([400, "invalid_grant"]);
  });

  it("RFC 7009 2.2: answers the same of what is revoked already, somebody else's or no token, and changes nothing", async () => {
    const { access_token, refresh_token } = await granted();
    const { secret } = await seedKey(world);
    const forged = access_token.slice(0, -10) + "0".repeat(10);
    for (const text of ["x", forged, `${access_token}x`, secret, "a b"]) {
      const { status, headers, body } = await revoke(world, client, text);
      expect([status, body]).toEqual([200, {}]);
      expect(headers.get("content-type")).toMatch(/^application\/json/);
    }
    for (const text of [access_token, refresh_token]) expect((await revoke(world, stranger, text)).body).toEqual({});
    expect(await codeOn(world, access_token)).toBe("VALID");
    expect(await codeOn(world, secret)).toBe("VALID");

    const { jti } = (await introspect(world, client, access_token)).body;
    for (let time = 0; time < 2; time++) expect((await revoke(world, client, access_token)).status).toBe(200);
    const events = await eventsAbout(world, jti, "token.revoked");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ actorKind: "CLIENT", actorName: client.clientId, targetKind: "Token" });
  });

  it("RFC 7009 2.1: does not need the hint, and wants the client's credentials and a token", async () => {
    const token = (await clientToken(world, client)).body.access_token;
    const secret = { client_id: client.clientId, client_secret: PASSWORD };
    expect(errorIn(await postForm(world, "/oauth/revoke", { token }))).toEqual([401, "invalid_client"]);
    expect(errorIn(await postForm(world, "/oauth/revoke", secret))).toEqual([400, "invalid_request"]);
    expect(errorIn(await postForm(world, "/oauth/revoke", { token, ...secret }, basic(client.clientId)))).toEqual([
      400,
      "invalid_request",
    ]);
    const answer = await postForm(world, "/oauth/revoke", { token, token_type_hint: "refresh_token", ...secret });
    expect(answer.status).toBe(200);
    expect(await codeOn(other, token)).toBe("REVOKED");
  });

  it("what is over is kept for 30 days: codes, tokens, and grants that have no tokens left", async () => {
    const old = await granted();
    const made = await makeCode(world, client, { userId });
    const kept = await granted();
    const lookupIdOf = (secret: string) => secret.slice(6, 18);
    const age = (table: string, lookupId: string) =>
      world.database.query(
        `update ${table} set created_at = created_at - interval '31 days', expires_at = created_at - interval '30 days 1 minute'
         where lookup_id = $1`,
        [lookupId],
      );
    const count = async (table: string, column: string, value: string) =>
      (await world.database.query(`select 1 from ${table} where ${column} = $1`, [value])).rows.length;
    const { rows } = await world.database.query<{ family_id: string }>(
      `update token_families f set created_at = f.created_at - interval '31 days' from tokens t
       where t.family_id = f.id and t.lookup_id = any($1) returning t.family_id`,
      [[lookupIdOf(old.access_token), lookupIdOf(kept.access_token)]],
    );
    for (const secret of [old.access_token, old.refresh_token, kept.access_token])
      await age("tokens", lookupIdOf(secret));
    await age("authorization_codes", lookupIdOf(made.code));
    await world.database.query(
      "update scheduled_jobs set next_run_at = now() - interval '1 minute' where name = 'purge'",
    );

    await until("the purge", async () => (await count("tokens", "lookup_id", lookupIdOf(kept.access_token))) === 0);
    await until("all of it", async () => {
      const families = await Promise.all(rows.map(({ family_id: id }) => count("token_families", "id", id)));
      return families.reduce((sum, each) => sum + each, 0) === 1;
    });
    expect(await count("tokens", "lookup_id", lookupIdOf(old.refresh_token))).toBe(0);
    expect(await count("authorization_codes", "lookup_id", lookupIdOf(made.code))).toBe(0);
    expect((await refresh(world, client, kept.refresh_token)).status).toBe(200);
  });
});
