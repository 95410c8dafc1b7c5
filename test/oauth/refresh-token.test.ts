import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser } from "../support/accounts.js";
import {
  errorIn,
  exchange,
  introspect,
  makeCode,
  type OAuthClient,
  refresh,
  seedOAuthClient,
  setTokens,
  type TokenSettings,
} from "../support/oauth.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

/** What the token endpoint answers. */
interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scope: string;
}

describe("the refresh token grant", () => {
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

  /** Tokens of a grant, given under these settings. */
  async function granted(settings: Partial<TokenSettings> = {}, scopeIds?: readonly string[]): Promise<Tokens> {
    await setTokens(world, client.id, settings);
    return (await exchange(world, client, await makeCode(world, client, { userId, ...(scopeIds && { scopeIds }) })))
      .body;
  }

  const REFUSED = [400, "invalid_grant"];
  const codeOf = async (credential: string, node = world) => (await verdictOf(node, { credential })).code;

  it("RFC 6749 6 and RFC 9700 4.14.2: gives new tokens for the old refresh token, of the same user and scope", async () => {
    const first = await granted();
    const { status, body } = await refresh(world, client, first.refresh_token);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...first,
      expires_in: 3_600,
      access_token: expect.anything(),
      refresh_token: expect.anything(),
    });
    expect(new Set([first.access_token, body.access_token, first.refresh_token, body.refresh_token]).size).toBe(4);
    expect(await verdictOf(world, { credential: body.access_token })).toMatchObject({
      valid: true,
      user: { id: userId },
    });
    expect(await codeOf(first.access_token)).toBe("VALID");
  });

  it("gives refresh tokens only where the client's settings say so, and takes none where they no longer do", async () => {
    const { refresh_token } = await granted();
    expect(await granted({ grantTypes: ["AUTHORIZATION_CODE"] })).not.toHaveProperty("refresh_token");
    expect(errorIn(await refresh(world, client, refresh_token))).toEqual([400, "unauthorized_client"]);
  });

  it("RFC 6749 6: narrows the access token, never widens it, and keeps the scope of the refresh token", async () => {
    const [first, second] = client.scopeNames;
    const { refresh_token } = await granted();
    const narrow = (await refresh(world, client, refresh_token, { scope: first })).body;
    expect(narrow.scope).toBe(first);
    expect(await verdictOf(world, { credential: narrow.access_token })).toMatchObject({ scopes: [first] });
    const again = (await refresh(world, client, narrow.refresh_token)).body;
    expect(again.scope).toBe(`${first} ${second}`);

    const { rows } = await world.database.query<{ id: string }>("select id from scopes where name = $1", [first]);
    const ofOne = await granted({}, [rows[0]?.id as string]);
    expect(errorIn(await refresh(world, client, ofOne.refresh_token, { scope: `${first} ${second}` }))).toEqual([
      400,
      "invalid_scope",
    ]);
    expect((await refresh(world, client, ofOne.refresh_token)).body.scope).toBe(first);
  });

  it("RFC 6749 6: refuses another client's token, and leaves it in force", async () => {
    const { refresh_token } = await granted();
    expect(errorIn(await refresh(world, stranger, refresh_token))).toEqual(REFUSED);
    expect((await refresh(world, client, refresh_token)).status).toBe(200);
  });

  it("refuses what is unknown, forged, expired, or no refresh token", async () => {
    const { refresh_token, access_token } = await granted({ refreshSeconds: 100 });
    const forged = refresh_token.slice(0, -10) + "0".repeat(10);
    for (const text of ["x", forged, access_token, `${refresh_token}x`, "' or 1=1"])
      expect(errorIn(await refresh(world, client, text))[0]).toBe(400);
    other.moveClock(100_000);
    expect(errorIn(await refresh(other, client, refresh_token))).toEqual(REFUSED);
    other.moveClock(-100_000);
  });

  it("RFC 9700 4.14.2: a token that was used ends its family when it comes again, on every node", async () => {
    const first = await granted();
    const second = (await refresh(world, client, first.refresh_token)).body as Tokens;
    const third = (await refresh(world, client, second.refresh_token)).body as Tokens;
    expect(await codeOf(third.access_token, other)).toBe("VALID");

    expect(errorIn(await refresh(world, client, first.refresh_token))).toEqual(REFUSED);
    for (const { access_token } of [first, second, third]) {
      expect(await codeOf(access_token)).toBe("REVOKED");
      expect(await codeOf(access_token, other)).toBe("REVOKED");
    }
    expect(errorIn(await refresh(world, client, third.refresh_token))).toEqual(REFUSED);
  });

  it("gives tokens anew for half a minute when the answer was lost, and ends those of the lost one", async () => {
    const first = await granted();
    const lost = (await refresh(world, client, first.refresh_token)).body as Tokens;
    const second = (await refresh(world, client, first.refresh_token)).body as Tokens;
    expect(await codeOf(lost.access_token)).toBe("REVOKED");
    expect((await introspect(world, client, lost.refresh_token)).body).toEqual({ active: false });
    expect(await codeOf(first.access_token)).toBe("VALID");
    expect(await codeOf(second.access_token)).toBe("VALID");
    expect((await refresh(world, client, second.refresh_token)).status).toBe(200);
    // By now the new ones are known to have arrived.
    expect(errorIn(await refresh(world, client, first.refresh_token))).toEqual(REFUSED);
    expect(await codeOf(second.access_token)).toBe("REVOKED");
  });

  it("takes an answer for lost for no longer than that, nor when somebody holds it after all", async () => {
    const late = await granted();
    const next = (await refresh(world, client, late.refresh_token)).body as Tokens;
    other.moveClock(31_000);
    expect(errorIn(await refresh(other, client, late.refresh_token))).toEqual(REFUSED);
    other.moveClock(-31_000);
    expect(await codeOf(next.access_token)).toBe("REVOKED");

    const first = await granted();
    const held = (await refresh(world, client, first.refresh_token)).body as Tokens;
    const second = (await refresh(world, client, first.refresh_token)).body as Tokens;
    expect(errorIn(await refresh(world, client, held.refresh_token))).toEqual(REFUSED);
    expect(await codeOf(second.access_token)).toBe("REVOKED");
  });

  it("refreshes a grant as often as the settings say, and an answer that was lost does not count", async () => {
    let { refresh_token } = await granted({ refreshUses: 2 });
    const { refresh_token: first } = (await refresh(world, client, refresh_token)).body as Tokens;
    refresh_token = (await refresh(world, client, refresh_token)).body.refresh_token;
    expect(first).not.toBe(refresh_token);
    refresh_token = (await refresh(world, client, refresh_token)).body.refresh_token;
    expect((await introspect(world, client, refresh_token)).body).toEqual({ active: false });
    expect(errorIn(await refresh(world, client, refresh_token))).toEqual(REFUSED);
  });

  it("leaves one pair of tokens in force when many refresh one token at once, over two nodes", async () => {
    const { refresh_token } = await granted();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => refresh(index % 2 ? world : other, client, refresh_token)),
    );
    const pairs = answers.filter(({ status }) => status === 200).map(({ body }) => body as Tokens);
    expect(pairs.length).toBeGreaterThan(0);
    const states = await Promise.all(pairs.map((pair) => introspect(world, client, pair.refresh_token)));
    expect(states.filter(({ body }) => body.active)).toHaveLength(1);
    const codes = await Promise.all(pairs.map((pair) => codeOf(pair.access_token, other)));
    expect(codes.filter((code) => code === "VALID")).toHaveLength(1);
    const { rows } = await world.database.query<{ refreshes: number }>(
      "select refreshes from token_families f join tokens t on t.family_id = f.id where t.lookup_id = $1",
      [refresh_token.slice(6, 18)],
    );
    expect(rows[0]?.refreshes).toBe(1);
  });
});
