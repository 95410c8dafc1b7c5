import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout, failSignIns } from "../support/accounts.js";
import {
  basic,
  clientToken,
  errorIn,
  type Form,
  type OAuthClient,
  postForm,
  seedOAuthClient,
} from "../support/oauth.js";
import { PASSWORD, unique } from "../support/seed.js";
import { verdictOf } from "../support/verdicts.js";
import { openWay, type Way } from "../support/way.js";
import { startWorld, type World } from "../support/world.js";

describe("POST /oauth/token", () => {
  let world: World;
  let client: OAuthClient;
  let way: Way;
  /** To the database. */
  let sent = "";

  before(async () => {
    way = await openWay((chunk) => {
      sent += chunk.toString("latin1");
    });
    world = await startWorld({}, (url) => way.urlTo(url));
    client = await seedOAuthClient(world);
  });

  after(async () => {
    await world.stop();
    way.close();
  });

  const post = (form: Form, headers: Readonly<Record<string, string>> = basic(client.clientId)) =>
    postForm(world, "/oauth/token", form, headers);
  const GRANT = { grant_type: "client_credentials" };

  it("RFC 6749 4.4 and 5.1: gives a client a token for itself, which verdicts allow", async () => {
    const { status, headers, body } = await post(GRANT);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("pragma")).toBe("no-cache");
    expect(body).toEqual({
      access_token: expect.stringMatching(/^lk_at_[0-9A-Za-z]{50}$/),
      token_type: "Bearer",
      expires_in: 3_600,
      scope: client.scopeNames.join(" "),
    });
    const verdict = await verdictOf(world, { credential: body.access_token });
    expect(verdict).toMatchObject({ valid: true, credential: { kind: "ACCESS_TOKEN" }, scopes: client.scopeNames });
  });

  it("RFC 6749 4.4.3: gives no refresh token to who can ask again", async () => {
    expect((await post(GRANT)).body).not.toHaveProperty("refresh_token");
  });

  it("RFC 6749 3.3: gives the scopes that are asked for, and refuses one that the client does not hold", async () => {
    const [first] = client.scopeNames;
    const { body } = await post({ ...GRANT, scope: first });
    expect(body.scope).toBe(first);
    expect(await verdictOf(world, { credential: body.access_token })).toMatchObject({ scopes: [first] });
    for (const scope of [unique("other"), `${first} nothing`, `${first}  ${first}`, '"', "a\\b", " "])
      expect(errorIn(await post({ ...GRANT, scope }))).toEqual([400, "invalid_scope"]);
  });

  it("writes the event of each token in the client's name, without the token", async () => {
    const { access_token: text } = (await post(GRANT)).body;
    const { credential } = (await verdictOf(world, { credential: text })) as { credential: { id: string } };
    const [event] = await eventsAbout(world, credential.id, "token.issued");
    expect(event).toMatchObject({ actorKind: "CLIENT", actorName: client.clientId, targetKind: "Token" });
    expect(JSON.stringify(event)).not.toContain(text.slice(20));
    expect(world.log.join("\n")).not.toContain(text.slice(20));
  });

  it("costs one statement, once the client is known, and less when many ask at once", async () => {
    // PostgreSQL's Bind message: its length, no portal's name, then the statement's.
    const issues = () => sent.match(/B[\s\S]{4}\0issue-tokens\0/g)?.length ?? 0;
    await post(GRANT);
    sent = "";
    for (let time = 0; time < 5; time++) expect((await post(GRANT)).status).toBe(200);
    expect(issues()).toBe(5);
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(GRANT)));
    expect(issues()).toBeLessThan(45);
    expect(/find-oauth-client|pg_advisory_xact_lock/.test(sent)).toBe(false);
    const tokens = answers.map(({ body }) => body.access_token as string);
    expect(new Set(tokens).size).toBe(40);
    const verdicts = await Promise.all(tokens.map((credential) => verdictOf(world, { credential })));
    expect(verdicts.every(({ valid }) => valid)).toBe(true);
  });

  it("gives the others theirs when one of those who ask at once is deleted", async () => {
    const gone = await seedOAuthClient(world);
    const asked = Array.from({ length: 12 }, (_, index) => clientToken(world, index % 2 ? gone : client));
    const deleted = world.latchkey.clients.delete({ id: gone.id, confirm: true });
    const answers = await Promise.all(asked);
    await deleted;
    expect(answers.filter((_, index) => index % 2 === 0).map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const answer of answers) expect([200, 401]).toContain(answer.status);
    expect(errorIn(await clientToken(world, gone))).toEqual([401, "invalid_client"]);
  });

  it("gives a day's validity to the tokens of a client that nobody has set otherwise, and client credentials only", async () => {
    const plain = await seedOAuthClient(world, null);
    expect((await clientToken(world, plain)).body).toMatchObject({ expires_in: 86_400 });
    for (const grant_type of ["authorization_code", "refresh_token"]) {
      const form = { grant_type, code: "x", refresh_token: "x" };
      expect(errorIn(await post(form, basic(plain.clientId)))).toEqual([400, "unauthorized_client"]);
    }
  });

  describe("RFC 6749 2.3.1: client authentication", () => {
    it("takes the client id and password as Basic, each half form-encoded, or as parameters", async () => {
      const secret = "pass+word %41:&=ä€";
      const { clientId } = await seedOAuthClient(world, {}, secret);
      const inBody = { ...GRANT, client_id: clientId, client_secret: secret };
      for (const [form, headers] of [
        [GRANT, basic(clientId, secret)],
        [{ ...GRANT, client_id: clientId }, basic(clientId, secret)],
        [inBody, {}],
      ] as const)
        expect((await post(form, headers)).status).toBe(200);
    });

    it("RFC 6749 5.2: answers invalid_client with 401 and the scheme, whatever is wrong", async () => {
      const raw = (text: string) => ({ authorization: `Basic ${Buffer.from(text, "latin1").toString("base64")}` });
      const answers = await Promise.all([
        post(GRANT, {}),
        post({ ...GRANT, client_id: client.clientId }, {}),
        post({ ...GRANT, client_id: client.clientId, client_secret: "" }, {}),
        post(GRANT, basic(unique("nobody"), PASSWORD)),
        post({ ...GRANT, client_id: unique("nobody"), client_secret: PASSWORD }, {}),
        post(GRANT, { authorization: "Basic" }),
        post(GRANT, { authorization: "Basic !!!" }),
        post(GRANT, { authorization: `Bearer ${world.token}` }),
        post(GRANT, raw(client.clientId)),
        post(GRANT, raw(`${client.clientId}:`)),
        post(GRANT, raw(`${client.clientId}:100%`)),
        post(GRANT, raw(`${client.clientId}:\xff`)),
        post(GRANT, raw(`${client.clientId}:a\x00b`)),
        post(GRANT, raw("a\x00b:c")),
        post(GRANT, raw(`${"x".repeat(5_000)}:c`)),
      ]);
      for (const { status, body, headers } of answers) {
        expect([status, body.error]).toEqual([401, "invalid_client"]);
        expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
        expect(headers.get("www-authenticate")).toMatch(/^Basic realm=/);
      }
    });

    it("refuses two methods in one request, and two clients", async () => {
      const secret = { client_id: client.clientId, client_secret: PASSWORD };
      expect(errorIn(await post({ ...GRANT, ...secret }))).toEqual([400, "invalid_request"]);
      expect(errorIn(await post({ ...GRANT, client_id: unique("other") }))).toEqual([400, "invalid_request"]);
    });

    it("counts wrong passwords as failed sign-ins, and refuses a client that is locked, disabled or past its dates", async () => {
      const locked = await seedOAuthClient(world);
      for (let time = 0; time < 3; time++)
        expect((await post(GRANT, basic(locked.clientId, "wrong-pass-phrase"))).status).toBe(401);
      expect(errorIn(await clientToken(world, locked))).toEqual([401, "invalid_client"]);

      const lockedBySignIn = await seedOAuthClient(world);
      expect((await clientToken(world, lockedBySignIn)).status).toBe(200);
      await failSignIns(world, lockedBySignIn.clientId, 3);
      expect(errorIn(await clientToken(world, lockedBySignIn))).toEqual([401, "invalid_client"]);

      const disabled = await seedOAuthClient(world);
      expect((await clientToken(world, disabled)).status).toBe(200);
      await world.latchkey.clients.setStatus({ clientId: disabled.id, status: "DISABLED" });
      expect(errorIn(await clientToken(world, disabled))).toEqual([401, "invalid_client"]);
    });
  });

  describe("RFC 6749 3.2 and 5.2: bad requests", () => {
    it("answers invalid_request to what is left out, repeated, too long or malformed", async () => {
      const long = "x".repeat(5_000);
      const forms: readonly Form[] = [
        {},
        "",
        { grant_type: "" },
        [
          ["grant_type", "client_credentials"],
          ["grant_type", "client_credentials"],
        ],
        [
          ["grant_type", "client_credentials"],
          ["scope", ""],
          ["scope", ""],
        ],
        { ...GRANT, code: "a\u0000b" },
        { ...GRANT, username: "a\nb" },
        { ...GRANT, grant_type: "client\tcredentials" },
        { ...GRANT, refresh_token: long },
        { ...GRANT, client_id: long },
        "grant_type=client_credentials&code=%zz",
        "grant_type=client_credentials&code=%",
        "grant_type=client_credentials&username=%ff%fe",
        Buffer.from("grant_type=client_credentials&username=\xff", "latin1"),
        `grant_type=client_credentials${"&a=b".repeat(100)}`,
      ];
      for (const form of forms) expect([form, ...errorIn(await post(form))]).toEqual([form, 400, "invalid_request"]);
      expect(errorIn(await post("x=".repeat(20_000)))).toEqual([413, "invalid_request"]);
      expect(errorIn(await post({ grant_type: "authorization_code" }))).toEqual([400, "invalid_request"]);
      expect(errorIn(await post({ grant_type: "refresh_token" }))).toEqual([400, "invalid_request"]);
    });

    it("RFC 6749 3.2: ignores what it does not know, and treats an empty parameter as left out", async () => {
      expect(
        (
          await post([
            ["grant_type", "client_credentials"],
            ["scope", ""],
            ["a", "1"],
            ["a", "2"],
          ])
        ).status,
      ).toBe(200);
    });

    it("takes forms in UTF-8 only", async () => {
      for (const type of [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=latin1",
      ])
        expect(
          errorIn(await post("grant_type=client_credentials", { ...basic(client.clientId), "content-type": type })),
        ).toEqual([400, "invalid_request"]);
      const type = "Application/X-WWW-Form-URLencoded; charset=UTF-8";
      expect((await post(GRANT, { ...basic(client.clientId), "content-type": type })).status).toBe(200);
      const nothing = await world.fetch("/oauth/token", { method: "POST", headers: basic(client.clientId) });
      expect(nothing.status).toBe(400);
    });

    it("answers unsupported_grant_type to what is not served, also to legacy grants that the deployment does not allow", async () => {
      for (const grant_type of [
        "password",
        "implicit",
        "urn:ietf:params:oauth:grant-type:device_code",
        "CLIENT_CREDENTIALS",
      ])
        expect(errorIn(await post({ grant_type, username: "a", password: "b" }))).toEqual([
          400,
          "unsupported_grant_type",
        ]);
    });

    it("answers other methods with 405 and the one that is served", async () => {
      for (const path of ["/oauth/token", "/oauth/introspect", "/oauth/revoke"]) {
        for (const method of ["GET", "PUT", "DELETE"]) {
          const answer = await world.fetch(path, { method });
          expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
          expect(((await answer.json()) as { error: string }).error).toBe("invalid_request");
        }
      }
    });
  });
});
