import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { type Application, CALLBACK, CHALLENGE, seedApplication } from "./application.js";
import { Visitor } from "./visitor.js";

const OTHER_CALLBACK = "https://shop.example.com/callback?from=latchkey";
const LOOPBACK = "http://127.0.0.1/cb";
const SCHEME = "com.example.shop:/cb";

describe("a request for authorization", () => {
  let world: World;
  let one: Application;
  let many: Application;

  before(async () => {
    world = await startWorld();
    one = await seedApplication(world);
    many = await seedApplication(world, { redirectUrls: [CALLBACK, OTHER_CALLBACK, LOOPBACK, SCHEME] });
  });

  after(() => world.stop());

  const see = (path: string) => new Visitor(world).open(path);

  async function expectPage(path: string, words: RegExp): Promise<void> {
    const { status, text, location, headers } = await see(path);
    expect({ status, location, type: headers.get("content-type") }).toEqual({
      status: 400,
      location: undefined,
      type: "text/html; charset=utf-8",
    });
    expect(text).toMatch(words);
  }

  async function expectSentBack(path: string, error: string, words: RegExp) {
    const { status, location, headers } = await see(path);
    expect({ path, status, error: location?.searchParams.get("error") }).toEqual({ path, status: 303, error });
    expect(location?.searchParams.get("error_description")).toMatch(words);
    expect(location?.searchParams.get("iss")).toBe(world.url);
    expect(headers.get("cache-control")).toBe("no-store");
    return location as URL;
  }

  it("is told on a page, and not sent on, while client or redirect are in doubt (RFC 6749 section 4.1.2.1)", async () => {
    await expectPage("/oauth/authorize", /client_id is missing/);
    await expectPage(one.url({ client_id: "nobody" }), /No client has this client_id/);
    await expectPage(one.url({ client_id: "a b" }), /client_id has characters/);
    await expectPage(`${one.url()}&client_id=${one.client.clientId}`, /client_id stands more than once/);
    await expectPage(one.url({ redirect_uri: "https://evil.example.com/" }), /redirect_uri is none of those/);
    await expectPage(one.url({ redirect_uri: `${CALLBACK}/` }), /redirect_uri is none of those/);
    await expectPage(one.url({ redirect_uri: "javascript:alert(1)" }), /redirect_uri is none of those/);
    await expectPage(`${one.url()}&redirect_uri=https://evil.example.com`, /redirect_uri stands more than once/);
    await expectPage(many.url({ redirect_uri: undefined }), /several redirect URLs/);
    const without = await seedApplication(world, { redirectUrls: [] });
    await expectPage(without.url({ redirect_uri: CALLBACK }), /no redirect URL registered/);
  });

  it("is told on a page when it cannot be read: no UTF-8, too much of it, or a NUL in what decides", async () => {
    await expectPage(`${one.url()}&state=%ff%fe`, /UTF-8/);
    await expectPage(`${one.url()}&state=%zz`, /percent-encoded/);
    await expectPage(`${one.url()}${"&x=1".repeat(70)}`, /more than 64 parameters/);
    await expectPage(one.url({ client_id: `${one.client.clientId}\0` }), /client_id has characters/);
    await expectPage(one.url({ redirect_uri: `${CALLBACK}\0` }), /redirect_uri has characters/);
    await expectPage(one.url({ redirect_uri: `${CALLBACK}${"a".repeat(3_000)}` }), /more than 2048 characters/);
  });

  it("is sent back with what is wrong, its state and the issuer (RFC 6749 section 4.1.2.1, RFC 9207)", async () => {
    const cases: readonly (readonly [Readonly<Record<string, string | undefined>>, string, RegExp])[] = [
      [{ response_type: undefined }, "invalid_request", /response_type is missing/],
      [{ response_type: "id_token" }, "unsupported_response_type", /must be code\./],
      [{ response_type: "code token" }, "unsupported_response_type", /must be code\./],
      [{ response_mode: "form_post" }, "invalid_request", /response_mode must be query/],
      [{ response_mode: "fragment" }, "invalid_request", /response_mode must be query/],
      [{ scope: "nothing-it-holds" }, "invalid_scope", /does not hold/],
      [{ scope: 'a "b"' }, "invalid_scope", /scope has characters/],
      [{ scope: "a".repeat(5_000) }, "invalid_scope", /scope has more than/],
    ];
    for (const [changes, error, words] of cases) {
      const location = await expectSentBack(one.url(changes), error, words);
      expect(location.origin + location.pathname).toBe(CALLBACK);
      expect(location.searchParams.get("state")).toBe("a state");
    }
    await expectSentBack(`${one.url()}&scope=x`, "invalid_request", /scope stands more than once/);
  });

  it("is sent back without a state that cannot be sent back", async () => {
    const bad = await expectSentBack(one.url({ state: "a\0" }), "invalid_request", /state has characters/);
    expect(bad.searchParams.has("state")).toBe(false);
    const twice = await expectSentBack(`${one.url()}&state=b`, "invalid_request", /state stands more than once/);
    expect(twice.searchParams.has("state")).toBe(false);
  });

  it("must come with a challenge by S256 (RFC 7636, RFC 9700 section 2.1.1)", async () => {
    await expectSentBack(one.url({ code_challenge: undefined }), "invalid_request", /PKCE/);
    const noMethod = one.url({ code_challenge_method: undefined });
    await expectSentBack(noMethod, "invalid_request", /method must be S256/);
    await expectSentBack(one.url({ code_challenge_method: "plain" }), "invalid_request", /method must be S256/);
    await expectSentBack(one.url({ code_challenge: "short" }), "invalid_request", /43 characters/);
    await expectSentBack(one.url({ code_challenge: `${CHALLENGE}=` }), "invalid_request", /43 characters/);
  });

  it("is refused to clients without the grant, and to those not in force (RFC 6749 section 4.1.2.1)", async () => {
    const other = await seedApplication(world, { grantTypes: ["CLIENT_CREDENTIALS"] });
    await expectSentBack(other.url(), "unauthorized_client", /AUTHORIZATION_CODE/);
    const over = await seedApplication(world, { changes: { expiresAt: "2020-01-01" } });
    await expectSentBack(over.url(), "unauthorized_client", /outside of its dates/);
    const disabled = await seedApplication(world);
    await world.latchkey.clients.setStatus({ clientId: disabled.client.id, status: "DISABLED" });
    await expectSentBack(disabled.url(), "unauthorized_client", /not enabled/);
    const legacy = await seedApplication(world, { grantTypes: ["AUTHORIZATION_CODE", "IMPLICIT"] });
    const { location } = await see(legacy.url({ response_type: "token" }));
    expect(new URLSearchParams(location?.hash.slice(1)).get("error")).toBe("unsupported_response_type");
  });

  it("goes to the letter where the client has said, and to any port of a loopback address (RFC 8252 section 7.3)", async () => {
    const query = await expectSentBack(
      many.url({ redirect_uri: OTHER_CALLBACK, scope: "no" }),
      "invalid_scope",
      /does not hold/,
    );
    expect(query.searchParams.get("from")).toBe("latchkey");
    const port = await expectSentBack(
      many.url({ redirect_uri: "http://127.0.0.1:49152/cb", scope: "no" }),
      "invalid_scope",
      /does not hold/,
    );
    expect(port.host).toBe("127.0.0.1:49152");
    const app = await expectSentBack(many.url({ redirect_uri: SCHEME, scope: "no" }), "invalid_scope", /does not hold/);
    expect(app.href).toMatch(/^com\.example\.shop:\/cb\?error=invalid_scope/);
    await expectPage(many.url({ redirect_uri: "http://localhost:49152/cb" }), /redirect_uri is none of those/);
    expect((await see(one.url({ redirect_uri: undefined }))).status).toBe(200);
  });

  it("may carry parameters that nobody knows here, and empty ones (RFC 6749 section 3.1)", async () => {
    const { status } = await see(`${one.url()}&prompt=none&prompt=login&display=page&code_challenge=`);
    expect(status).toBe(303);
    const { status: asked } = await see(`${one.url({ scope: "" })}&prompt=none&nonce=n&display=page&nonce=m`);
    expect(asked).toBe(200);
  });
});
