import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { after, before, beforeEach, describe, it } from "node:test";
import { expect } from "expect";
import * as openid from "openid-client";
import { addUser } from "../support/accounts.js";
import { noBrowser, openPage, type WatchedPage } from "../support/browser.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { type Application, seedApplication, VERIFIER } from "./application.js";

/** Listens, and answers everything with one page; `/callback` sends the browser on to another origin, as applications do. */
async function startSite(redirectTo?: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    if (redirectTo !== undefined && request.url?.startsWith("/callback")) {
      const query = request.url.slice("/callback".length);
      response.writeHead(302, { location: `${redirectTo}/home${query}` }).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html" }).end("<title>Shop</title><h1>Back in the shop</h1>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}

/** But for the status of the page after a wrong password, which browsers note. */
function complaintsIn({ complaints }: WatchedPage): string[] {
  return complaints.filter((each) => !each.includes("403"));
}

describe("a user in a browser", { skip: noBrowser }, () => {
  let world: World;
  let home: Awaited<ReturnType<typeof startSite>>;
  let shop: Awaited<ReturnType<typeof startSite>>;
  let application: Application;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let bob: Awaited<ReturnType<typeof addUser>>;
  let watched: WatchedPage;

  before(async () => {
    world = await startWorld();
    home = await startSite();
    shop = await startSite(home.url.replace("127.0.0.1", "localhost"));
    application = await seedApplication(world, {
      redirectUrls: ["http://127.0.0.1/callback"],
      changes: { displayName: "Web shop", password: PASSWORD, passwordConfirmation: PASSWORD },
    });
    [ada, bob] = await Promise.all([addUser(world), addUser(world)]);
    watched = await openPage(world.url);
  });

  after(async () => {
    await watched.close();
    home.server.close();
    shop.server.close();
    await world.stop();
  });

  beforeEach(() => watched.page.context().clearCookies());

  const goFromShop = () => watched.page.goto(world.url + application.url({ redirect_uri: `${shop.url}/callback` }));

  async function signIn(name: string, password = PASSWORD): Promise<void> {
    const { page } = watched;
    await page.getByLabel("User name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
  }

  async function backInTheShop(): Promise<URLSearchParams> {
    await watched.page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    return new URL(watched.page.url()).searchParams;
  }

  /** As the application does it, which checks state and issuer. */
  async function exchange(answer: URLSearchParams): Promise<string> {
    const options: openid.DiscoveryRequestOptions = { algorithm: "oauth2", execute: [openid.allowInsecureRequests] };
    const url = new URL(world.url);
    const latchkey = await openid.discovery(url, application.client.clientId, PASSWORD, undefined, options);
    const callback = new URL(`${shop.url}/callback?${answer.toString()}`);
    const checks = { pkceCodeVerifier: VERIFIER, expectedState: "a state" };
    return (await openid.authorizationCodeGrant(latchkey, callback, checks)).access_token;
  }

  async function verdictOn(credential: string): Promise<unknown> {
    const body = JSON.stringify({ credential, api: application.call });
    const headers = { "content-type": "application/json" };
    return (await world.fetch("/v1/verify", { method: "POST", headers, body })).json();
  }

  it("mistypes the password, signs in, allows, and is sent on by the application to wherever it likes", async () => {
    const { page } = watched;
    await goFromShop();
    expect(await page.evaluate("document.activeElement.id")).toBe("username");
    await signIn(ada.name, "a-wrong-pass-phrase");
    await page.getByRole("alert").getByText("The user name or the password is wrong.").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("password");
    expect(await page.getByLabel("User name").inputValue()).toBe(ada.name);
    await page.getByRole("link", { name: "The user name or the password is wrong." }).click();
    await signIn(ada.name);

    await page.getByRole("heading", { name: "Let Web shop act in your name?" }).waitFor();
    expect(await page.getByRole("list", { name: "It wants to" }).innerText()).toContain(application.scope.description);
    await page.getByText(ada.name).waitFor();
    await page.getByText(`a program on this computer (${new URL(shop.url).host})`).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();

    const answer = await backInTheShop();
    expect([...answer.keys()]).toEqual(["code", "state", "iss"]);
    expect(await verdictOn(await exchange(answer))).toMatchObject({
      code: "VALID",
      client: { clientId: application.client.clientId },
      user: { id: ada.id, userName: ada.name },
      scopes: [application.scope.name],
    });
    expect(complaintsIn(watched)).toEqual([]);
  });

  it("signs in as somebody else, and denies", async () => {
    const { page } = watched;
    await goFromShop();
    await signIn(ada.name);
    await page.getByRole("button", { name: "Sign in as somebody else" }).click();
    await signIn(bob.name);
    await page.getByText(bob.name).waitFor();
    await page.getByRole("button", { name: "Deny" }).click();
    expect((await backInTheShop()).get("error")).toBe("access_denied");
    expect(complaintsIn(watched)).toEqual([]);
  });

  it("is asked for consent again, and cancels without having signed in", async () => {
    const { page } = watched;
    await goFromShop();
    await page.getByRole("link", { name: "Cancel" }).click();
    expect((await backInTheShop()).get("error")).toBe("access_denied");

    await goFromShop();
    await signIn(ada.name);
    await page.getByRole("button", { name: "Allow" }).click();
    await backInTheShop();
    await goFromShop();
    await page.getByRole("button", { name: "Allow" }).waitFor();
  });

  it("reads every page on a narrow screen, in the dark and without scripts", async () => {
    const browser = watched.page.context().browser();
    const context = await browser?.newContext({
      viewport: { width: 320, height: 640 },
      colorScheme: "dark",
      javaScriptEnabled: false,
    });
    const page = await context?.newPage();
    if (!page) throw new Error("The browser is gone.");
    const width = () => page.evaluate("document.documentElement.scrollWidth");
    await page.goto(world.url + application.url({ redirect_uri: `${shop.url}/callback` }));
    expect(await width()).toBe(320);
    await page.getByLabel("User name").fill(ada.name);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Deny" }).waitFor();
    expect(await width()).toBe(320);
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
  });
});
