import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const DAY_MS = 86_400_000;

describe("an integration token", () => {
  let world: World;
  let draft: Mutation;
  let confirm: Mutation;

  before(async () => {
    world = await startWorld();
    draft = mutationOf(world, "draftIntegrationToken", "DraftIntegrationTokenInput", "{ secret apiKey { id status } }");
    confirm = mutationOf(world, "confirmIntegrationToken", "ApiKeyReference", "{ id status }");
  });

  after(() => world.stop());

  const meBy = (credential: string) => new Latchkey({ url: world.url, credential }).me();

  it("is drafted with a label and a code, and accepted nowhere until it is confirmed", async () => {
    const { keys } = world.latchkey;
    const { apiKey, secret } = await keys.draftIntegrationToken({ label: unique("reporting") });
    expect(apiKey).toMatchObject({ kind: "INTEGRATION", status: "DRAFT", owner: { kind: "USER", name: "admin" } });
    expect(await world.latchkey.verify({ credential: secret })).toMatchObject({
      code: "NOT_YET_EFFECTIVE",
      message: expect.stringContaining("confirmed"),
    });
    await expect(meBy(secret)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });

    expect((await keys.confirmIntegrationToken(apiKey.id)).status).toBe("ACTIVE");
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("VALID");
    const { permissions } = await meBy(secret);
    expect(permissions.length).toBeGreaterThan(5);
    expect(permissions.filter((permission) => !permission.endsWith(":read"))).toEqual([]);
    await keys.confirmIntegrationToken(apiKey.id);
    expect((await eventsAbout(world, apiKey.id)).map(({ event }) => event)).toEqual([
      "integrationToken.drafted",
      "integrationToken.confirmed",
    ]);
    await keys.revoke({ id: apiKey.id });
    expect((await keys.get(apiKey.id)).status).toBe("REVOKED");
    expectConflict(
      await confirm({
        id: (
          await keys.draftIntegrationToken({ label: unique("x") }).then(async (made) => {
            await keys.revoke({ id: made.apiKey.id });
            return made;
          })
        ).apiKey.id,
      }),
      "id",
    );
  });

  it("is listed apart, by kind and status", async () => {
    const label = unique("listed");
    const { apiKey } = await world.latchkey.keys.draftIntegrationToken({ label });
    const { apiKey: standard } = await world.latchkey.keys.create({ name: `${label} standard` });
    const found = async (filter: object) =>
      (await world.latchkey.keys.list({ search: label, filter })).nodes.map(({ id }) => id);
    expect(await found({ kind: "INTEGRATION" })).toEqual([apiKey.id]);
    expect(await found({ kind: "STANDARD" })).toEqual([standard.id]);
    expect(await found({ status: "DRAFT" })).toEqual([apiKey.id]);
    expect(await found({ status: "ACTIVE" })).toEqual([standard.id]);
    await world.latchkey.keys.confirmIntegrationToken(apiKey.id);
    expect(new Set(await found({ status: "ACTIVE" }))).toEqual(new Set([apiKey.id, standard.id]));
  });

  it("is narrowed and dated as its maker says, and takes no name twice", async () => {
    const label = unique("narrow");
    const { apiKey } = await world.latchkey.keys.draftIntegrationToken({
      label,
      expiresAt: "2099-12-31",
      scopes: ["keys:write", "keys:read"],
    });
    expect(apiKey).toMatchObject({ name: label, permissions: ["keys:write", "keys:read"] });
    expect(apiKey.expiresAt).toBe("2100-01-01T00:00:00.000Z");
    expectConflict(await draft({ label }), "label");
    for (const [input, path] of [
      [{ label: "" }, "label"],
      [{ label: "x".repeat(101) }, "label"],
      [{ label: unique("x"), scopes: ["everything"] }, "scopes"],
      [{ label: unique("x"), expiresAt: "2020-01-01" }, "expiresAt"],
    ] as const) {
      expectInvalid(await draft(input), path);
    }
    expectConflict(await mutationOf(world, "rotateApiKey", "RotateApiKeyInput", "{ secret }")({ id: apiKey.id }), "id");
  });

  it("is for system administrators who have signed in", async () => {
    const { apiKey } = await world.latchkey.keys.draftIntegrationToken({ label: unique("x") });
    await expectKeptOut(world, draft, { label: unique("x") }, ["OPERATOR", "AUDITOR", "MEMBER"]);
    await expectKeptOut(world, confirm, { id: apiKey.id }, ["OPERATOR", "AUDITOR", "MEMBER"]);
    const { secret } = await world.latchkey.keys.create({ name: unique("script") });
    expect(refusalIn(await draft({ label: unique("x") }, secret)).code).toBe("FORBIDDEN");
    const standard = await world.latchkey.keys.create({ name: unique("standard") });
    expectNotFound(await confirm({ id: ABSENT }), await confirm({ id: standard.apiKey.id }));
  });

  it("can no longer be confirmed a day after it was drafted", async () => {
    const { apiKey, secret } = await world.latchkey.keys.draftIntegrationToken({ label: unique("late") });
    world.moveClock(DAY_MS + 1_000);
    await world.latchkey.signIn(world.admin);
    await expect(world.latchkey.keys.confirmIntegrationToken(apiKey.id)).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("NOT_YET_EFFECTIVE");
  });
});
