import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import {
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { seedClient, seedSignedInClient } from "../support/seed.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DEFAULTS = {
  grantTypes: ["CLIENT_CREDENTIALS"],
  accessTokenValidity: { amount: 1, unit: "DAY" },
  accessTokenUses: 0,
  refreshTokenValidity: { amount: 1, unit: "DAY" },
  refreshTokenUses: 0,
  redirectUrls: [],
};
const GOOD_URLS = [
  "https://shop.example.com/signed-in?a=b",
  "https://shop.example.com:8443/signed-in",
  "http://127.0.0.1/cb",
  "http://[::1]:7777/cb",
  "http://localhost:3000/cb",
  "com.example.app:/signed-in",
];
const BAD_URLS = [
  "/signed-in",
  "shop.example.com",
  "https:shop.example.com",
  "https://",
  "https:///path",
  "http://shop.example.com/cb",
  "http://127.0.0.1.example.com/cb",
  "http://127.1/cb",
  "http://localhost:99999/cb",
  "https://shop.example.com/cb#top",
  "https://shop.example.com/cb#",
  "https://*.example.com/cb",
  "https://ada@shop.example.com/cb",
  "https://@shop.example.com/cb",
  "com.example.app://ada:secret@host/cb",
  "https://Shop.example.com/cb",
  "https://sh%6fp.example.com/cb",
  "https://shop.example.com\\@evil.example.com/cb",
  "https://shop.example.com/ä",
  "https://shop.example.com/ cb",
  "https://shop.example.com/\ncb",
  "javascript:alert(1)",
  "data:text/html,hello",
  "myapp://signed-in",
  "ftp.example:21",
];

describe("token settings", () => {
  let world: World;
  let update: Mutation;

  before(async () => {
    world = await startWorld();
    update = mutationOf(
      world,
      "updateTokenSettings",
      "UpdateTokenSettingsInput",
      "{ grantTypes redirectUrls accessTokenUses client { clientId } }",
    );
  });

  after(() => world.stop());

  it("are a day by client credentials until somebody sets them", async () => {
    const client = await seedClient(world);
    expect(client.tokenSettings).toEqual(DEFAULTS);
    expect((await world.latchkey.clients.get({ id: client.id })).tokenSettings).toEqual(DEFAULTS);
  });

  it("are set, by id or client id; what is left out stays, and one event tells before and after", async () => {
    const { id, clientId } = await seedClient(world);
    const all = {
      grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
      accessTokenValidity: { amount: 5, unit: "MINUTE" },
      accessTokenUses: 3,
      refreshTokenValidity: { amount: 3_660, unit: "DAY" },
      refreshTokenUses: 1_000_000,
      redirectUrls: GOOD_URLS,
    } as const;
    expect(await world.latchkey.clients.updateTokenSettings({ clientId, ...all })).toEqual(all);
    const less = await world.latchkey.clients.updateTokenSettings({ clientId: id, accessTokenUses: 0 });
    expect(less).toEqual({ ...all, accessTokenUses: 0 });
    expect((await world.latchkey.clients.get({ clientId })).tokenSettings).toEqual(less);
    expect(await lastEventAbout(world, id)).toMatchObject({
      event: "client.tokenSettingsUpdated",
      targetKind: "Client",
      actorName: "admin",
      before: { accessUses: 3 },
      after: { accessUses: 0 },
    });
    await world.latchkey.clients.updateTokenSettings({ clientId, accessTokenUses: 0, redirectUrls: GOOD_URLS });
    expect((await eventsAbout(world, id, "client.tokenSettingsUpdated")).length).toBe(2);
    const { data } = await update({ clientId, grantTypes: [] });
    expect(data.updateTokenSettings).toMatchObject({ grantTypes: [], client: { clientId } });
  });

  it("are refused with the field that is wrong", async () => {
    const { clientId } = await seedClient(world);
    for (const [input, path] of [
      [{ grantTypes: ["PASSWORD"] }, "grantTypes"],
      [{ grantTypes: ["CLIENT_CREDENTIALS", "IMPLICIT"], redirectUrls: GOOD_URLS }, "grantTypes"],
      [{ grantTypes: ["REFRESH_TOKEN", "REFRESH_TOKEN"] }, "grantTypes"],
      [{ grantTypes: null }, "grantTypes"],
      [{ grantTypes: ["AUTHORIZATION_CODE"] }, "redirectUrls"],
      [{ accessTokenValidity: { amount: 0, unit: "DAY" } }, "accessTokenValidity.amount"],
      [{ accessTokenValidity: { amount: 367, unit: "DAY" } }, "accessTokenValidity.amount"],
      [{ accessTokenValidity: { amount: 400_000_000, unit: "SECOND" } }, "accessTokenValidity.amount"],
      [{ refreshTokenValidity: { amount: 3_661, unit: "DAY" } }, "refreshTokenValidity.amount"],
      [{ refreshTokenValidity: { amount: 400_000_001, unit: "SECOND" } }, "refreshTokenValidity.amount"],
      [{ refreshTokenValidity: null }, "refreshTokenValidity"],
      [{ accessTokenUses: -1 }, "accessTokenUses"],
      [{ refreshTokenUses: 1_000_001 }, "refreshTokenUses"],
      [{ redirectUrls: [...GOOD_URLS, "https://shop.example.com/seventh"] }, "redirectUrls"],
      [{ redirectUrls: ["https://shop.example.com/cb", "https://shop.example.com/cb"] }, "redirectUrls"],
      [{ redirectUrls: [`https://shop.example.com/${"x".repeat(2_000)}`] }, "redirectUrls"],
    ] as const) {
      expectInvalid(await update({ clientId, ...input }), path);
    }
    expectInvalid(await update({ clientId: "no such", accessTokenUses: 1 }), "clientId");
    for (const url of BAD_URLS) {
      const { errors } = await update({ clientId, redirectUrls: ["https://shop.example.com/cb", url] });
      const [field] = errors[0]?.extensions.fields ?? [];
      expect({ url, path: field?.path }).toEqual({ url, path: expect.stringMatching(/^redirectUrls(\.1)?$/) });
    }
    for (const url of GOOD_URLS) {
      expect({ url, errors: (await update({ clientId, redirectUrls: [url] })).errors }).toEqual({ url, errors: [] });
    }
  });

  it("keep a redirect URL as long as a grant type needs one", async () => {
    const { clientId } = await seedClient(world);
    const redirectUrls = ["https://shop.example.com/cb"];
    await world.latchkey.clients.updateTokenSettings({ clientId, grantTypes: ["AUTHORIZATION_CODE"], redirectUrls });
    expectInvalid(await update({ clientId, redirectUrls: [] }), "redirectUrls");
    expect((await update({ clientId, redirectUrls: [], grantTypes: [] })).errors).toEqual([]);
  });

  it("have legacy grants where the deployment allows them, and keep them where it does no longer", async () => {
    const legacy = await joinWorld(world, { ALLOW_LEGACY_GRANTS: "true" });
    try {
      const { clientId } = await seedClient(world);
      const grantTypes = ["PASSWORD", "IMPLICIT"] as const;
      const redirectUrls = ["https://shop.example.com/cb"];
      await expect(legacy.latchkey.clients.updateTokenSettings({ clientId, grantTypes })).rejects.toMatchObject({
        fields: [{ path: "redirectUrls" }],
      });
      await legacy.latchkey.clients.updateTokenSettings({ clientId, grantTypes, redirectUrls });
      const kept = await world.latchkey.clients.updateTokenSettings({ clientId, accessTokenUses: 1 });
      expect(kept.grantTypes).toEqual(grantTypes);
      expectInvalid(await update({ clientId, grantTypes }), "grantTypes");
    } finally {
      await legacy.stop();
    }
  });

  it("are for those who manage clients; absent ones are not found", async () => {
    const { client, token, latchkey } = await seedSignedInClient(world);
    await expectKeptOut(world, update, { clientId: client.id, accessTokenUses: 1 }, ["AUDITOR", "MEMBER"]);
    expect((await update({ clientId: client.id, accessTokenUses: 1 }, token)).errors[0]?.extensions.code).toBe(
      "FORBIDDEN",
    );
    expect((await latchkey.clients.get({ id: client.id })).tokenSettings).toEqual(DEFAULTS);
    expectNotFound(
      await update({ clientId: ABSENT, accessTokenUses: 1 }),
      await update({ clientId: "nobody", accessTokenUses: 1 }),
    );
  });
});
