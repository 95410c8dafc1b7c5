import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { expect } from "expect";
import { noBrowser, openPage, signInAt, type WatchedPage } from "../support/browser.js";
import { startWorld } from "../support/world.js";

describe("the playground", { skip: noBrowser }, () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let watched: WatchedPage;

  before(async () => {
    world = await startWorld();
  });

  after(async () => {
    await world.stop();
  });

  beforeEach(async () => {
    watched = await openPage(world.url);
  });

  afterEach(async () => {
    await watched.close();
  });

  async function signIn(password = world.admin.password): Promise<void> {
    await signInAt(watched, world.url, world.admin.name, password);
  }

  async function openExample(title: string): Promise<void> {
    await watched.page.getByRole("button", { name: title }).click();
  }

  async function runAndSee(text: string): Promise<void> {
    await watched.page.keyboard.press("Control+Enter");
    await watched.page.locator(".result-window").getByText(text).first().waitFor();
  }

  function variables(): Promise<string> {
    return watched.page.locator(".graphiql-editor-tool .view-lines").first().innerText();
  }

  it("leads from nothing to a verdict, each example filled by the ones before, asking no other host", async () => {
    const { page, foreignRequests, complaints } = watched;
    await signIn();
    await page.getByText(`signed in as ${world.admin.name}`).waitFor();
    await openExample("Create a collection");
    expect(await variables()).toMatch(/run.example.1.first/);

    await openExample("Create a region");
    await runAndSee('"createRegion"');
    await openExample("Create a collection");
    await runAndSee('"createCollection"');
    await openExample("Add a REST API");
    await runAndSee('"createApi"');
    await openExample("Create an authority group");
    await runAndSee('"createAuthorityGroup"');
    await openExample("Create a client");
    await runAndSee('"createClient"');
    await openExample("Create an API key");
    const answer = page.waitForResponse("**/graphql");
    await runAndSee('"createApiKey"');
    await openExample("Verify: allowed");
    await runAndSee('"VALID"');
    await openExample("Verify: refused");
    await runAndSee("false");

    expect(foreignRequests).toEqual([]);
    expect(complaints).toEqual([]);

    const { secret } = (await (await answer).json()).data.createApiKey;
    // The editor stores its tabs half a second after a change.
    await page.waitForFunction(`JSON.stringify(localStorage).includes("${secret.slice(0, -38)}…")`);
    expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toContain(secret);
  });

  it("says in words why nobody was signed in", async () => {
    await signIn("not the password");

    const message = watched.page.getByRole("status");
    await message.getByText(/\w/).waitFor();
    expect(await message.innerText()).not.toBe("");
    expect(await watched.page.getByText("signed in as").count()).toBe(0);
  });

  it("stays signed in over a reload and forgets the session on signing out", async () => {
    await signIn();
    await watched.page.getByText("signed in as").waitFor();
    await watched.page.reload();
    await watched.page.getByRole("button", { name: "Sign out" }).click();

    await watched.page.getByLabel("Password").waitFor();
    expect(await watched.page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
  });
});
