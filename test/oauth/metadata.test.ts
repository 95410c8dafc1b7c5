import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser, trySignIn } from "../support/accounts.js";
import { basic, errorIn, introspect, type OAuthClient, postForm, refresh, seedOAuthClient } from "../support/oauth.js";
import { PASSWORD, unique } from "../support/seed.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const PATH = "/.well-known/oauth-authorization-server";

describe("what a deployment allows", () => {
  let world: World;
  let legacy: World;

  before(async () => {
    world = await startWorld();
    legacy = await joinWorld(world, { ALLOW_LEGACY_GRANTS: "true", PUBLIC_URL: "https://id.example.com/latchkey" });
  });

  after(async () => {
    await legacy.stop();
    await world.stop();
  });

  const metadataOf = async (node: World) => (await node.fetch(PATH)).json();

  it("RFC 8414 3.2: is told where it listens, as JSON", async () => {
    const answer = await world.fetch(PATH);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    const methods = ["client_secret_basic", "client_secret_post"];
    expect(await answer.json()).toEqual({
      issuer: world.url,
      authorization_endpoint: `${world.url}/oauth/authorize`,
      token_endpoint: `${world.url}/oauth/token`,
      introspection_endpoint: `${world.url}/oauth/introspect`,
      revocation_endpoint: `${world.url}/oauth/revoke`,
      grant_types_supported: ["authorization_code", "client_credentials", "refresh_token"],
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      authorization_response_iss_parameter_supported: true,
    });
    for (const method of ["POST", "DELETE"]) {
      const refused = await world.fetch(PATH, { method });
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  });

  it("RFC 8414 2: is told with the public URL, and with legacy grants where they are allowed", async () => {
    expect(await metadataOf(legacy)).toMatchObject({
      issuer: "https://id.example.com/latchkey",
      token_endpoint: "https://id.example.com/latchkey/oauth/token",
      grant_types_supported: ["authorization_code", "client_credentials", "refresh_token", "password", "implicit"],
      response_types_supported: ["code", "token"],
      response_modes_supported: ["query", "fragment"],
    });
  });

  describe("RFC 6749 4.3: the password grant", () => {
    let client: OAuthClient;
    let user: { id: string; name: string };

    before(async () => {
      [client, user] = await Promise.all([seedOAuthClient(world), addUser(world)]);
    });

    const ask = (node: World, username: string, password: string, by: { clientId: string } = client) =>
      postForm(node, "/oauth/token", { grant_type: "password", username, password }, basic(by.clientId));

    it("gives tokens in the user's name, where the deployment allows it and the client has it", async () => {
      const { status, body } = await ask(legacy, user.name, PASSWORD);
      expect(status).toBe(200);
      expect(await verdictOf(world, { credential: body.access_token })).toMatchObject({
        valid: true,
        user: { id: user.id },
      });
      expect((await introspect(legacy, client, body.access_token)).body).toMatchObject({
        username: user.name,
        iss: "https://id.example.com/latchkey",
      });
      expect((await refresh(world, client, body.refresh_token)).status).toBe(200);
      expect(errorIn(await ask(world, user.name, PASSWORD))).toEqual([400, "unsupported_grant_type"]);
      const without = await seedOAuthClient(world, { grantTypes: ["CLIENT_CREDENTIALS"] });
      expect(errorIn(await ask(legacy, user.name, PASSWORD, without))).toEqual([400, "unauthorized_client"]);
    });

    it("answers invalid_grant to whatever is wrong, and counts it as a failed sign-in", async () => {
      const own = await addUser(world);
      for (const [name, password] of [
        [unique("nobody"), PASSWORD],
        [client.clientId, PASSWORD],
        [own.name, "ä wrong+pass %phrase"],
      ] as const)
        expect(errorIn(await ask(legacy, name, password))).toEqual([400, "invalid_grant"]);
      for (let time = 0; time < 5; time++) await ask(legacy, own.name, "a-wrong-pass-phrase");
      expect(errorIn(await ask(legacy, own.name, PASSWORD))).toEqual([400, "invalid_grant"]);
      expect((await trySignIn(world, own.name, PASSWORD)).errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
      expect(world.log.join("\n") + legacy.log.join("\n")).not.toContain("wrong-pass");
    });

    it("refuses a user who still has to change a password that somebody else has set", async () => {
      const own = await addUser(world);
      const { password } = await world.latchkey.accounts.setOneTimePassword({ userId: own.id });
      expect(password).not.toBeNull();
      expect(errorIn(await ask(legacy, own.name, password ?? ""))).toEqual([400, "invalid_grant"]);
    });

    it("wants name and password", async () => {
      for (const form of [{ username: user.name }, { password: PASSWORD }, { username: "", password: PASSWORD }]) {
        const answer = await postForm(
          legacy,
          "/oauth/token",
          { grant_type: "password", ...form },
          basic(client.clientId),
        );
        expect(errorIn(answer)).toEqual([400, "invalid_request"]);
      }
    });
  });
});
