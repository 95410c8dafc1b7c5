import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addClient, addUser, eventsAbout, isInForce, signIn } from "../support/accounts.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { type Application, CALLBACK, CHALLENGE, seedApplication } from "./application.js";
import { type Seen, Visitor } from "./visitor.js";

const WRONG = "a-wrong-pass-phrase";

describe("signing in and consenting", () => {
  let world: World;
  let application: Application;
  let user: Awaited<ReturnType<typeof addUser>>;

  before(async () => {
    world = await startWorld();
    application = await seedApplication(world, { changes: { displayName: 'Shop <b>&"Sons"</b>' } });
    user = await addUser(world);
  });

  after(() => world.stop());

  async function signedIn(path = application.url()): Promise<Visitor> {
    const visitor = new Visitor(world);
    expect((await visitor.signIn(path, user.name, PASSWORD)).text).toMatch(/Sign in as somebody else/);
    return visitor;
  }

  async function codes(): Promise<number> {
    const { rows } = await world.database.query("select count(*)::int as count from authorization_codes");
    return rows[0].count;
  }

  function session(visitor: Visitor): string {
    return visitor.cookies.get("latchkey-session") ?? "";
  }

  const problemIn = ({ text }: Seen) => /role="alert".*?<\/div>/s.exec(text)?.[0];

  it("leads to a code, with state and issuer, which is kept as a digest with what it is for, and audited", async () => {
    const visitor = await signedIn();
    const { status, location } = await visitor.send("allow");

    expect(status).toBe(303);
    expect(`${location?.origin}${location?.pathname}`).toBe(CALLBACK);
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(["code", "state", "iss"]);
    expect(location?.searchParams.get("state")).toBe("a state");
    expect(location?.searchParams.get("iss")).toBe(world.url);
    const code = location?.searchParams.get("code") ?? "";
    expect(code).toMatch(/^lk_ac_[0-9A-Za-z]{50}$/);

    const lookupId = code.slice(6, 18);
    const { rows } = await world.database.query(
      "select *, extract(epoch from expires_at - created_at)::int as life from authorization_codes where lookup_id = $1",
      [lookupId],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        client_id: application.client.id,
        user_id: user.id,
        redirect_url: CALLBACK,
        redirect_url_given: true,
        code_challenge: CHALLENGE,
        scope_ids: [application.scope.id],
        own_groups: false,
        life: 60,
        used_at: null,
      }),
    ]);
    expect(JSON.stringify(rows)).not.toContain(code);
    const [event] = await eventsAbout(world, application.client.id, "authorization.granted");
    expect(event).toMatchObject({ actorName: user.name });
    expect(event?.after).toEqual({
      redirectUrl: CALLBACK,
      scopes: [application.scope.name],
      ownGroups: false,
      lookupId,
    });
    expect(world.log.join("")).not.toContain(code);
  });

  it("asks each time, with who asks, for what, as whom and where it leads, all of it escaped", async () => {
    const visitor = await signedIn();
    const { text } = await visitor.open(application.url({ scope: undefined, state: undefined }));
    expect(text).toContain("Shop &lt;b&gt;&amp;&quot;Sons&quot;&lt;/b&gt;");
    expect(text).not.toContain("<b>");
    expect(text).toContain(application.client.clientId);
    expect(text).toContain("everything that it may do");
    expect(text).toContain("shop.example.com");
    expect(text).toContain(user.name);
    const { location } = await visitor.send("allow");
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(["code", "iss"]);

    const again = await visitor.open(application.url());
    expect(again.text).toContain("Read your orders &amp; what became of them");
    expect(again.text).toContain(application.scope.name);
    expect(again.text).not.toContain("everything");

    const redirectUrls = ["http://127.evil.example.com/", "http://127.0.0.1/", "com.example.shop:/cb"];
    const several = await seedApplication(world, { redirectUrls });
    const destinations = redirectUrls.map(async (url) => {
      const page = await visitor.open(several.url({ redirect_uri: url }));
      return /browser goes to<\/dt><dd>(.*?)<\/dd>/.exec(page.text)?.[1]?.replaceAll(/<[^>]*>/g, "");
    });
    expect(await Promise.all(destinations)).toEqual([
      "127.evil.example.com",
      "a program on this computer (127.0.0.1)",
      "an app on this device (com.example.shop:)",
    ]);
  });

  it("tells the client of a denial, and audits it (RFC 6749 section 4.1.2.1)", async () => {
    const visitor = await signedIn();
    const before = await codes();
    const { status, location } = await visitor.send("deny");
    expect({ status, error: location?.searchParams.get("error") }).toEqual({ status: 303, error: "access_denied" });
    expect(location?.searchParams.get("state")).toBe("a state");
    expect(location?.searchParams.get("iss")).toBe(world.url);
    expect(await codes()).toBe(before);
    const events = await eventsAbout(world, application.client.id, "authorization.denied");
    expect(events.map(({ actorName }) => actorName)).toEqual([user.name]);
  });

  it("gives one answer for an unknown name and a wrong password, counts it, and keeps the password to itself", async () => {
    const visitor = new Visitor(world);
    await visitor.open(application.url());
    const known = await visitor.send("sign-in", { username: user.name, password: WRONG });
    const unknown = await visitor.send("sign-in", { username: "nobody-at-all", password: WRONG });
    expect([known.status, unknown.status]).toEqual([403, 403]);
    const withoutWhatDiffers = ({ text }: Seen) => text.replaceAll(/value="[^"]*"/g, "");
    expect(withoutWhatDiffers(known)).toBe(withoutWhatDiffers(unknown));
    expect(known.text).toContain(`value="${user.name}"`);
    expect(problemIn(known)).toMatch(/The user name or the password is wrong/);
    expect(known.text).toMatch(/id="password"[^>]*aria-invalid="true"/);
    expect(known.text).not.toContain(WRONG);
    const { rows } = await world.database.query("select failed_sign_ins from users where id = $1", [user.id]);
    expect(rows).toEqual([{ failed_sign_ins: 1 }]);
    expect(world.log.join("")).not.toMatch(new RegExp(`${WRONG}|${PASSWORD}`));
    expect(visitor.cookies.has("latchkey-session")).toBe(false);
  });

  it("says what is left out, and to clients and to those with a one-time password what to do instead", async () => {
    const visitor = new Visitor(world);
    await visitor.open(application.url());
    expect(problemIn(await visitor.send("sign-in", { password: PASSWORD }))).toMatch(/Enter your user name/);
    expect(problemIn(await visitor.send("sign-in", { username: user.name }))).toMatch(/Enter your password/);

    const client = await addClient(world);
    const asClient = await visitor.send("sign-in", { username: client.name, password: PASSWORD });
    expect({ status: asClient.status, problem: problemIn(asClient) }).toEqual({
      status: 403,
      problem: expect.stringMatching(/account of a client/),
    });

    const other = await addUser(world);
    const { password } = await world.latchkey.accounts.setOneTimePassword({ userId: other.id });
    const oneTime = await visitor.send("sign-in", { username: other.name, password: password ?? "" });
    expect({ status: oneTime.status, problem: problemIn(oneTime) }).toEqual({
      status: 403,
      problem: expect.stringMatching(/must|change it first/),
    });
    const { rows } = await world.database.query(
      "select id from sessions where ended_at is null and (client_id = $1 or user_id = $2)",
      [client.id, other.id],
    );
    expect(rows).toEqual([]);
  });

  it("ends the session for who signs in as somebody else", async () => {
    const visitor = await signedIn();
    const token = session(visitor);
    expect(await isInForce(world, token)).toBe(true);
    const { status, location } = await visitor.send("switch");
    expect({ status, path: `${location?.pathname}${location?.search}` }).toEqual({
      status: 303,
      path: application.url(),
    });
    expect(visitor.cookies.has("latchkey-session")).toBe(false);
    expect(await isInForce(world, token)).toBe(false);
    expect((await visitor.open(application.url())).text).toContain("Sign in to continue");
  });

  it("takes no decision after the session has ended elsewhere, nor with a credential of another kind", async () => {
    const visitor = await signedIn();
    await world.database.query("update sessions set ended_at = now() where user_id = $1", [user.id]);
    const before = await codes();
    const answer = await visitor.send("allow");
    expect({ status: answer.status, problem: problemIn(answer) }).toEqual({
      status: 403,
      problem: expect.stringMatching(/out of date/),
    });
    expect(await codes()).toBe(before);

    const { secret } = await world.latchkey.keys.create({ name: "mine" });
    visitor.cookies.set("latchkey-session", secret);
    expect((await visitor.open(application.url())).text).toContain("Sign in to continue");
  });

  it("takes a form only from the browser, the session and the request that it was shown for (RFC 6749 section 10.12)", async () => {
    const before = await codes();
    const visitor = await signedIn();
    const stale = { status: 403, problem: expect.stringMatching(/out of date/) };
    const outcome = (seen: Seen) => ({ status: seen.status, problem: problemIn(seen) });

    expect(outcome(await visitor.send("allow", { form_token: "" }))).toEqual(stale);
    expect(outcome(await visitor.send("allow", { form_token: `1.${"A".repeat(43)}` }))).toEqual(stale);
    expect(outcome(await visitor.send("allow", { form_token: `99999.${"A".repeat(43)}` }))).toEqual(stale);

    const stranger = new Visitor(world);
    stranger.cookies.set("latchkey-session", session(visitor));
    const { text } = await stranger.open(application.url());
    const [, strangersToken = ""] = /name="form_token" value="([^"]*)"/.exec(text) ?? [];
    expect(outcome(await visitor.send("allow", { form_token: strangersToken }))).toEqual(stale);

    const { text: other } = await visitor.open(application.url({ state: "another" }));
    const [, othersToken = ""] = /name="form_token" value="([^"]*)"/.exec(other) ?? [];
    await visitor.open(application.url());
    expect(outcome(await visitor.send("allow", { form_token: othersToken }))).toEqual(stale);

    // The token that somebody was shown before they signed in allows nothing after it.
    const guest = new Visitor(world);
    const { text: asked } = await guest.open(application.url());
    const [, guestsToken = ""] = /name="form_token" value="([^"]*)"/.exec(asked) ?? [];
    await guest.send("sign-in", { username: user.name, password: PASSWORD });
    expect(outcome(await guest.send("allow", { form_token: guestsToken }))).toEqual(stale);
    expect(await codes()).toBe(before);
  });

  it("signs nobody in by a form of another site (login CSRF)", async () => {
    const mallory = new Visitor(world);
    const { text } = await mallory.open(application.url());
    const [, hersToken = ""] = /name="form_token" value="([^"]*)"/.exec(text) ?? [];
    const victim = new Visitor(world);
    await victim.open(application.url());
    const fields = { username: user.name, password: PASSWORD, form_token: hersToken };
    expect((await victim.send("sign-in", fields)).status).toBe(403);
    victim.cookies.clear();
    expect((await victim.send("sign-in", fields)).status).toBe(403);
    expect(victim.cookies.has("latchkey-session")).toBe(false);
  });

  it("refuses a form that a browser says comes from elsewhere", async () => {
    const visitor = await signedIn();
    const before = await codes();
    const elsewhere: readonly Readonly<Record<string, string>>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "same-origin", origin: "https://evil.example.com" },
      { "sec-fetch-site": "same-origin", origin: "no origin" },
    ];
    for (const headers of elsewhere) {
      const { status, text, location } = await visitor.send("allow", {}, headers);
      expect({ headers, status, location }).toEqual({ headers, status: 403, location: undefined });
      expect(text).toMatch(/came from another site/);
    }
    expect(await codes()).toBe(before);
    expect((await visitor.send("allow", {}, { origin: world.url })).status).toBe(303);
  });

  it("is told on a page when the form cannot be read", async () => {
    const visitor = await signedIn();
    const json = await visitor.send("allow", {}, { "content-type": "application/json" });
    expect({ status: json.status, type: json.headers.get("content-type") }).toEqual({
      status: 400,
      type: "text/html; charset=utf-8",
    });
    expect((await visitor.send("explode")).text).toMatch(/no such action/);
    expect((await visitor.send("allow", { username: "x".repeat(20_000) })).status).toBe(413);
  });

  it("lets no other site frame its pages, run a script in them, learn their address or keep them (RFC 9700 section 4.16)", async () => {
    const visitor = new Visitor(world);
    const pages = [
      await visitor.open("/oauth/authorize"),
      await visitor.open(application.url()),
      await visitor.send("sign-in", { username: '"><script>alert(1)</script>', password: WRONG }),
      await visitor.send("sign-in", { username: user.name, password: PASSWORD }),
      await visitor.open(application.url()),
      await visitor.send("allow"),
    ];
    for (const { headers } of pages) {
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    const policies = pages.map(({ headers }) => headers.get("content-security-policy"));
    const common =
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action ('self'.*); base-uri 'none'; frame-ancestors 'none'$/;
    const formTargets = policies.map((policy) => common.exec(policy ?? "")?.[1]);
    expect(formTargets).toEqual(["'self'", "'self'", "'self'", undefined, "'self' https:", undefined]);
    expect(pages.map(({ text }) => text).join("")).not.toMatch(/<script|style=|\bon\w+=/);
  });

  it("serves no other method, and turns sign-ins away while too many wait", async () => {
    const put = await world.fetch(application.url(), { method: "PUT", body: "x" });
    expect({ status: put.status, allow: put.headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD, POST" });
    expect((await world.fetch(application.url(), { method: "HEAD" })).status).toBe(200);

    const visitor = new Visitor(world);
    await visitor.open(application.url());
    const flood = Array.from({ length: 40 }, async (_, index) => {
      const { status, headers } = await visitor.send("sign-in", { username: `nobody-${index}`, password: WRONG });
      return status === 429 ? `429 after ${headers.get("retry-after")}` : String(status);
    });
    expect(new Set(await Promise.all(flood))).toEqual(new Set(["403", "429 after 1"]));
  });

  it("keeps its cookies from scripts, other sites and the rest of this server", async () => {
    const visitor = new Visitor(world);
    const { headers } = await visitor.open(application.url());
    const signedInHere = await visitor.send("sign-in", { username: user.name, password: PASSWORD });
    const attributes = "; Path=/oauth; HttpOnly; SameSite=Lax";
    const cookies = [...headers.getSetCookie(), ...signedInHere.headers.getSetCookie()];
    expect(cookies).toEqual([
      expect.stringMatching(new RegExp(`^latchkey-browser=[\\w-]{22}${attributes}$`)),
      expect.stringMatching(new RegExp(`^latchkey-session=lk_ss_\\w{50}${attributes}$`)),
    ]);
    expect(await signIn(world, user.name)).not.toBe(session(visitor));
  });
});
