import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser } from "../support/accounts.js";
import { PASSWORD } from "../support/seed.js";
import { until } from "../support/until.js";
import { openWay, type Way } from "../support/way.js";
import { startWorld, type World } from "../support/world.js";
import { type Application, CALLBACK, seedApplication } from "./application.js";
import { Visitor } from "./visitor.js";

const PUBLIC_URL = "https://id.example.com/latchkey";

describe("authorization behind https, with legacy grants, and with a database that goes away", () => {
  let way: Way;
  let world: World;
  let application: Application;
  let user: Awaited<ReturnType<typeof addUser>>;

  before(async () => {
    way = await openWay();
    world = await startWorld({ PUBLIC_URL, ALLOW_LEGACY_GRANTS: "true" }, (url) => way.urlTo(url));
    application = await seedApplication(world, { grantTypes: ["AUTHORIZATION_CODE", "IMPLICIT"] });
    user = await addUser(world);
  });

  after(async () => {
    way.mend();
    await world.stop();
    way.close();
  });

  it("keeps its cookies to https and to the path under which it is published", async () => {
    const visitor = new Visitor(world);
    const { headers } = await visitor.open(application.url());
    const signedInHere = await visitor.send("sign-in", { username: user.name, password: PASSWORD });
    const common = "HttpOnly; SameSite=Lax; Secure";
    expect([...headers.getSetCookie(), ...signedInHere.headers.getSetCookie()]).toEqual([
      expect.stringMatching(new RegExp(`^__Host-latchkey-browser=[\\w-]{22}; Path=/; ${common}$`)),
      expect.stringMatching(new RegExp(`^__Secure-latchkey-session=lk_ss_\\w{50}; Path=/latchkey/oauth; ${common}$`)),
    ]);
    await visitor.open(application.url());
    // As browsers send it that know no better referrer policy.
    const { location } = await visitor.send("deny", {}, { origin: "https://id.example.com" });
    expect(location?.searchParams.get("iss")).toBe(PUBLIC_URL);
  });

  it("gives a token in the fragment where the implicit grant is allowed (RFC 6749 section 4.2)", async () => {
    const path = application.url({ response_type: "token", code_challenge: undefined });
    const visitor = new Visitor(world);
    await visitor.signIn(path, user.name, PASSWORD);
    const { status, location } = await visitor.send("allow");
    expect({ status, url: `${location?.origin}${location?.pathname}${location?.search}` }).toEqual({
      status: 303,
      url: CALLBACK,
    });
    const { access_token: token, ...answer } = Object.fromEntries(new URLSearchParams(location?.hash.slice(1)));
    expect(answer).toEqual({
      token_type: "Bearer",
      expires_in: "3600",
      scope: application.scope.name,
      state: "a state",
      iss: PUBLIC_URL,
    });
    const verdict = await world.fetch("/v1/verify", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ credential: token, api: application.call }),
    });
    expect(await verdict.json()).toMatchObject({ code: "VALID", user: { userName: user.name } });
  });

  it("sends refusals of the implicit grant in the fragment, and only to clients that have it (RFC 6749 section 4.2.2.1)", async () => {
    const codeOnly = await seedApplication(world);
    const { location } = await new Visitor(world).open(codeOnly.url({ response_type: "token" }));
    const answer = new URLSearchParams(location?.hash.slice(1));
    expect({ search: location?.search, error: answer.get("error"), state: answer.get("state") }).toEqual({
      search: "",
      error: "unauthorized_client",
      state: "a state",
    });
  });

  it("answers 503 with Retry-After within two seconds while the database is refused or silent", async () => {
    const visitor = new Visitor(world);
    await visitor.open(application.url());
    for (const away of [() => way.blackHole(), () => way.cut()]) {
      away();
      const startedAtMs = performance.now();
      const answers = await Promise.all([
        visitor.send("sign-in", { username: user.name, password: PASSWORD }),
        new Visitor(world).open(application.url({ client_id: "somebody-unknown" })),
      ]);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
      for (const { status, headers, text } of answers) {
        expect({ status, retryAfter: headers.get("retry-after") }).toEqual({ status: 503, retryAfter: "1" });
        expect(text).toMatch(/Not just now.*Try again/s);
      }
    }
    way.mend();
    await until("the pages to come back", async () => (await visitor.open(application.url())).status === 200);
  });
});
