import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import * as openid from "openid-client";
import { AuthorizationCode, ClientCredentials } from "simple-oauth2";
import { addUser } from "../support/accounts.js";
import { makeCode, type OAuthClient, REDIRECT_URL, seedOAuthClient } from "../support/oauth.js";
import { PASSWORD } from "../support/seed.js";
import { verdictOf } from "../support/verdicts.js";
import { startWorld, type World } from "../support/world.js";

describe("published OAuth clients", () => {
  let world: World;
  let client: OAuthClient;
  let userId: string;

  before(async () => {
    world = await startWorld();
    [client, { id: userId }] = await Promise.all([seedOAuthClient(world), addUser(world)]);
  });

  after(() => world.stop());

  const codeOf = async (credential: string) => (await verdictOf(world, { credential })).code;

  for (const authenticate of [openid.ClientSecretBasic, openid.ClientSecretPost]) {
    it(`openid-client discovers the endpoints and uses them, by ${authenticate.name}`, async () => {
      const options = { algorithm: "oauth2" as const, execute: [openid.allowInsecureRequests] };
      const at = new URL(world.url);
      const config = await openid.discovery(at, client.clientId, undefined, authenticate(PASSWORD), options);

      const own = await openid.clientCredentialsGrant(config, { scope: client.scopeNames[0] });
      expect([own.expires_in, own.scope]).toEqual([3_600, client.scopeNames[0]]);
      expect(await openid.tokenIntrospection(config, own.access_token)).toMatchObject({
        active: true,
        client_id: client.clientId,
        iss: world.url,
      });

      const { code, verifier } = await makeCode(world, client, { userId });
      const back = new URL(`${REDIRECT_URL}?${new URLSearchParams({ code, state: "s", iss: world.url }).toString()}`);
      const checks = { pkceCodeVerifier: verifier, expectedState: "s" };
      const granted = await openid.authorizationCodeGrant(config, back, checks);
      const next = await openid.refreshTokenGrant(config, granted.refresh_token as string);
      expect(await codeOf(next.access_token)).toBe("VALID");
      await openid.tokenRevocation(config, next.refresh_token as string);
      expect(await codeOf(next.access_token)).toBe("REVOKED");
      await expect(openid.refreshTokenGrant(config, next.refresh_token as string)).rejects.toMatchObject({
        error: "invalid_grant",
      });
    });
  }

  it("simple-oauth2 gets, refreshes and revokes tokens", async () => {
    const module = {
      client: { id: client.clientId, secret: PASSWORD },
      auth: { tokenHost: world.url, tokenPath: "/oauth/token", revokePath: "/oauth/revoke" },
    };
    const own = await new ClientCredentials(module).getToken({ scope: [...client.scopeNames] });
    expect(own.token["scope"]).toBe(client.scopeNames.join(" "));
    expect(own.expired()).toBe(false);

    const { code, verifier } = await makeCode(world, client, { userId });
    const form = { code, redirect_uri: REDIRECT_URL, code_verifier: verifier };
    const granted = await new AuthorizationCode(module).getToken(form);
    const next = await granted.refresh();
    expect(await codeOf(next.token["access_token"] as string)).toBe("VALID");
    await next.revokeAll();
    expect(await codeOf(next.token["access_token"] as string)).toBe("REVOKED");
  });
});
