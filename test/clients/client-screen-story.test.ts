import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { callOf, FAR, seedApi, seedGroup } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const PASSWORD = "a-partners-pass-phrase";

describe("the client screen", () => {
  let mailbox: Mailbox;
  let world: World;

  before(async () => {
    mailbox = await openMailbox();
    world = await startWorld({ SMTP_URL: mailbox.url, MAIL_FROM: "latchkey@example.com" });
  });

  after(async () => {
    await world.stop();
    await mailbox.close();
  });

  it("tells its story from creating a client to deleting it, through the SDK", async () => {
    const { latchkey } = world;
    const api = await seedApi(world);
    const groups = {
      a: await seedGroup(world, { name: "story-a", securityLevel: "A" }),
      b: await seedGroup(world, { name: "story-b", securityLevel: "B" }),
      c: await seedGroup(world, { name: "story-c", apiIds: [api.id] }),
    };
    const region = await latchkey.regions.create({ code: "story", name: "Story" });

    // Create.
    const created = await latchkey.clients.create({
      clientId: "story-shop",
      name: "story-shop",
      displayName: "Story Shop",
      applicationNumber: "APP-2026-001",
      note: "Sells stories",
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
      securityLevel: "A",
      regionId: region.id,
      audience: "EXTERNAL",
      emails: ["owner@story.example", "second@story.example"],
      hostBindings: [{ name: "office", match: "203.0.113.0/24" }],
      serviceTime: {
        timeZone: "Europe/Berlin",
        windows: [
          {
            days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
            opens: "00:00",
            closes: "24:00",
          },
        ],
      },
      quota: { limit: 1_000, period: "DAY" },
      tags: ["story"],
    });

    // Find by keyword, view.
    for (const search of ["STORY-SHOP", "app-2026", "story shop"]) {
      expect((await latchkey.clients.list({ search })).nodes.map(({ id }) => id)).toEqual([created.id]);
    }
    const viewed = await latchkey.clients.get({ clientId: "story-shop" });
    expect(viewed).toMatchObject({
      status: "ENABLED",
      tpsPerNode: 10,
      priority: 5,
      quota: { limit: 1_000, period: "DAY" },
      region: { code: "story" },
      audience: "EXTERNAL",
    });

    // Update.
    const updated = await latchkey.clients.update({
      id: created.id,
      remark: "A good partner",
      priority: 1,
      hostBindings: [],
    });
    expect(updated).toMatchObject({ remark: "A good partner", priority: 1, hostBindings: [], note: "Sells stories" });

    // Set level C, and be offered no A or B group.
    await latchkey.clients.setSecurityLevel({ clientId: "story-shop", securityLevel: "C" });
    const offered = await latchkey.clients.assignableGroups({ clientId: "story-shop", search: "story-" });
    expect(offered.nodes.map(({ name }) => name)).toEqual(["story-c"]);

    // Add group and scope; a key is judged by them.
    await expect(latchkey.clients.addGroups({ clientId: "story-shop", groupIds: [groups.b.id] })).rejects.toMatchObject(
      { code: "INVALID_INPUT", fields: [{ path: "groupIds.0" }] },
    );
    await latchkey.clients.addGroups({ clientId: "story-shop", groupIds: [groups.c.id] });
    const scope = await latchkey.scopes.create({ name: "stories:read", groupIds: [groups.c.id] });
    const holding = await latchkey.clients.addScopes({ clientId: "story-shop", scopeIds: [scope.id] });
    expect([holding.groups[0]?.name, holding.scopes[0]?.name]).toEqual(["story-c", "stories:read"]);
    const { secret: credential } = await latchkey.keys.create({
      clientId: "story-shop",
      name: "production",
      expiresAt: FAR,
      groupIds: [groups.c.id],
    });
    const call = callOf(api);
    const codeNow = async () =>
      (await latchkey.verify({ credential, api: call, scopes: ["stories:read"], address: "198.51.100.7" })).code;
    expect(await codeNow()).toBe("VALID");

    // Three wrong passwords lock it, its keys included; unlocked, all is well again.
    const partner = new Latchkey({ url: world.url });
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(partner.signIn({ name: "story-shop", password: "a-wrong-pass-phrase" })).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
    }
    await expect(partner.signIn({ name: "story-shop", password: PASSWORD })).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    expect((await latchkey.clients.get({ id: created.id })).status).toBe("LOCKED");
    expect(await codeNow()).toBe("OWNER_LOCKED");
    await latchkey.accounts.setSignInPolicy({ clientId: "story-shop", unlock: true });
    expect((await latchkey.clients.get({ id: created.id })).status).toBe("ENABLED");
    expect(await codeNow()).toBe("VALID");

    // Reset the password by mail.
    await latchkey.requestPasswordReset({ name: "story-shop" });
    const mail = await until("the mail with the link", () =>
      mailbox.mails.find(({ subject }) => /password/i.test(subject ?? "")),
    );
    expect(mail.to?.map(({ address }) => address)).toEqual(["owner@story.example", "second@story.example"]);
    const token = /#token=([\w-]+)/.exec(mail.text ?? "")?.[1] ?? "";
    const password = "a-brand-new-pass-phrase";
    await latchkey.resetPassword({ token, password, passwordConfirmation: password });
    expect((await partner.signIn({ name: "story-shop", password })).actor).toMatchObject({
      kind: "CLIENT",
      name: "story-shop",
    });

    // Delete, with a warning first.
    await expect(latchkey.clients.delete({ id: "story-shop" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("takes 1 keys, 0 tokens and 1 sessions"),
    });
    await latchkey.clients.delete({ id: "story-shop", confirm: true });
    expect(await codeNow()).toBe("NOT_FOUND");
    await expect(partner.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(
      latchkey.clients.create({ clientId: "story-shop", name: "again", displayName: "Again", note: "x" }),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      fields: [{ path: "clientId" }],
    });
  });
});
