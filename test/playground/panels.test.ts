import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { expect } from "expect";
import { noBrowser, openPage, signInAt, type WatchedPage } from "../support/browser.js";
import { FAR, PASSWORD, seedApi, seedClient, seedGroup, seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("the playground's panels", { skip: noBrowser }, () => {
  let world: World;
  let watched: WatchedPage;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  beforeEach(async () => {
    watched = await openPage(world.url);
  });

  afterEach(async () => {
    // Whatever was done: no other host was asked, and the browser had nothing to complain about.
    const { foreignRequests, complaints } = watched;
    await watched.close();
    expect([...foreignRequests, ...complaints]).toEqual([]);
  });

  const open = (view: string) => signInAt(watched, `${world.url}/#${view}`, world.admin.name, world.admin.password);

  it("make a key, ask for its verdict and show its use in the chart", async () => {
    const { page } = watched;
    const api = await seedApi(world);
    const group = await seedGroup(world, { apiIds: [api.id] });
    const { clientId } = await seedClient(world, { groupIds: [group.id] });
    await open("records");

    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Client" }).fill(clientId);
    await dialog.getByLabel("Name").fill("made-in-the-panel");
    await dialog.getByRole("checkbox", { name: group.name }).waitFor();
    await dialog.getByLabel("Last day").fill("2001-01-01");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.getByText(/expiresAt: /).waitFor();
    await dialog.getByLabel("Last day").fill("2099-12-31");
    await dialog.getByRole("button", { name: "Make the key" }).click();

    const secret = await dialog.locator("pre").first().innerText();
    expect(secret).toMatch(/^lk_key_\w{50}$/);
    await dialog.getByRole("tab", { name: "curl" }).focus();
    await page.keyboard.press("ArrowRight");
    await dialog.getByText("import requests").waitFor();
    await dialog.getByRole("button", { name: "Ask for a verdict" }).click();
    await dialog.getByText("VALID").waitFor();
    await dialog.getByRole("link", { name: "See it in the usage" }).click();

    await page.getByRole("button", { name: "made-in-the-panel" }).waitFor();
    await page.getByLabel("As figures").check();
    const figures = page.getByRole("table", { name: /^Calls by/ }).getByRole("row");
    const counted = figures.nth(1).getByRole("cell");
    await counted.nth(1).waitFor();
    expect(await counted.allInnerTexts()).toEqual(["1", "0"]);
    expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage, location.href])")).not.toContain(secret);
  });

  it("find a record by its place, and show, rotate and revoke its key", async () => {
    const { page } = watched;
    const { apiKey, api, client } = await seedKey(world);
    await seedKey(world);
    const { collectionId } = api;
    const { regionId } = await world.latchkey.collections.get(collectionId);
    await open(`records?region=${regionId}&collection=${collectionId}`);

    const row = page.getByRole("row").filter({ hasText: client.clientId });
    await row.getByText(`GET ${api.path}`).waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    await row.getByRole("button", { name: /^View more/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Rotate" }).click();
    await dialog.getByText("Shown this once").waitFor();
    await dialog.getByRole("button", { name: "Finish the rotation" }).click();
    await dialog.getByRole("button", { name: "Revoke…" }).click();
    await dialog.getByLabel("Why it ends").fill("the partner left");
    await dialog.getByRole("button", { name: "Revoke for good" }).click();
    await dialog.getByText("the partner left").waitFor();
    await page.keyboard.press("Escape");
    await row.getByText("revoked").waitFor();

    const { status, revocationReason } = await world.latchkey.keys.get(apiKey.id);
    expect([status, revocationReason]).toEqual(["REVOKED", "the partner left"]);
  });

  it("generate a token for the client of a record", async () => {
    const { page } = watched;
    const group = await seedGroup(world);
    const password = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const client = await seedClient(world, { groupIds: [group.id], ...password });
    const key = { clientId: client.id, name: "production", groupIds: [group.id], expiresAt: FAR };
    await world.latchkey.keys.create(key);
    await open(`records?search=${client.clientId}`);

    await page.getByRole("button", { name: /^Generate token/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Password of the client").fill("not the password");
    await dialog.getByRole("button", { name: "Generate token" }).click();
    await dialog.getByRole("alert").getByText(/\w/).waitFor();
    await dialog.getByLabel("Password of the client").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Generate token" }).click();
    await dialog.getByText(/^lk_at_/).waitFor();
  });

  it("tell what is left of a quota, and again after a call", async () => {
    const { page } = watched;
    const { client, secret, call } = await seedKey(world, { quota: { limit: 10, period: "MONTH" } });
    await open(`usage?client=${client.clientId}&range=nonsense`);

    await page.getByText("10 of 10 left").waitFor();
    await world.latchkey.verify({ credential: secret, api: call });
    await page.getByText("9 of 10 left").waitFor();
  });

  it("follow the audit while it is written", async () => {
    const { page } = watched;
    const { apiKey } = await seedKey(world);
    await open(`audit?targetId=${apiKey.id}`);
    await page.getByText("apiKey.created").waitFor();

    const reason = unique("leaked");
    await world.latchkey.keys.revoke({ id: apiKey.id, reason });
    await page.getByText(reason).waitFor();
    await page.getByText("apiKey.revoked").click();
    await page.getByText('"status"').or(page.getByText("revokedAt")).first().waitFor();
  });

  it("write a gateway's files with the right values, and make its key", async () => {
    const { page } = watched;
    const { api } = await seedKey(world);
    await open(`gateways?collection=${api.collectionId}`);

    await page.getByLabel("Upstream").fill("http://orders.internal:9001");
    await page.getByRole("tab", { name: "Caddy" }).click();
    await page.getByText("reverse_proxy orders.internal:9001").waitFor();
    await page.getByRole("button", { name: "New gateway key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("edge");
    await dialog.getByRole("button", { name: "Make the gateway key" }).click();
    await dialog.getByText(/^lk_gw_/).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("rowheader", { name: "edge" }).waitFor();
  });

  it("leave axe nothing to say, in light and in dark", async () => {
    const { page } = watched;
    const { api, client } = await seedKey(world, { quota: { limit: 10, period: "MONTH" } });
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const complaints = async (): Promise<unknown> => {
      await page.evaluate(axe);
      // The editor is GraphiQL's.
      const context = { exclude: [".graphiql-container"] };
      return page.evaluate(
        `axe.run(${JSON.stringify(context)}).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`,
      );
    };
    await open("records");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.getByRole("link", { name: "Records" }).click();
      await page
        .getByRole("button", { name: /^View more/ })
        .first()
        .click();
      await page.getByRole("tab", { name: "curl" }).waitFor();
      expect(await complaints()).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "New key" }).click();
      expect(await complaints()).toEqual([]);
      await page.keyboard.press("Escape");
      expect(await complaints()).toEqual([]);
      for (const [view, shown] of [
        [`usage?client=${client.clientId}`, "10 of 10 left"],
        ["audit", "apiKey.created"],
        [`gateways?collection=${api.collectionId}`, "auth_request /_latchkey;"],
      ]) {
        await page.evaluate(`location.hash = ${JSON.stringify(view)}`);
        await page
          .getByText(shown ?? "")
          .first()
          .waitFor();
        expect([view, await complaints()]).toEqual([view, []]);
      }
    }
  });

  it("stand beside the editor, and are as narrow as a phone", async () => {
    const { page } = watched;
    await open("audit");
    await page.getByRole("button", { name: "Beside the editor" }).click();
    await page.getByRole("button", { name: "Create a region" }).waitFor();
    expect(await page.getByRole("heading", { name: "Audit", level: 2 }).first().isVisible()).toBe(true);

    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of ["Records", "Usage", "Audit", "Gateways"]) {
      await page.getByRole("link", { name: view }).click();
      await page.getByRole("heading", { name: view, level: 2 }).waitFor();
      expect([view, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([view, 390]);
    }
  });
});
