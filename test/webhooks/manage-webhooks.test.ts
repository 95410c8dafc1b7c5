import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { eventsAbout } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  expectNotFound,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";
const SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;

describe("webhooks", () => {
  let world: World;
  let create: Mutation;
  let update: Mutation;
  let others: readonly Mutation[];

  before(async () => {
    world = await startWorld();
    create = mutationOf(world, "createWebhook", "CreateWebhookInput", "{ secret webhook { id url } }");
    update = mutationOf(world, "updateWebhook", "UpdateWebhookInput", "{ id url }");
    others = [
      mutationOf(world, "deleteWebhook", "DeleteWebhookInput", "{ id }"),
      mutationOf(world, "rotateWebhookSecret", "RotateWebhookSecretInput", "{ secret }"),
      mutationOf(world, "testWebhook", "TestWebhookInput", "{ id }"),
    ];
  });

  after(() => world.stop());

  /** A public address, to which nothing is ever sent. */
  const urlOf = (mark: string) => `https://9.9.9.9/${mark}`;
  const seed = async (mark = unique("hook")) => {
    const input = { url: urlOf(mark), events: ["ANOMALY_DETECTED" as const] };
    return world.latchkey.webhooks.create(input);
  };

  it("are created with a secret that is shown once, kept encrypted, and in no event and no log", async () => {
    const url = urlOf(unique("hook"));
    const input = { url, description: "Paging", events: ["ANOMALY_DETECTED" as const, "QUOTA_ALERT" as const] };
    const { webhook, secret } = await world.latchkey.webhooks.create(input);
    expect(secret).toMatch(SECRET);
    expect(webhook).toEqual({
      id: expect.any(String),
      ...input,
      enabled: true,
      previousEndsAt: null,
      createdAt: expect.any(String),
      createdBy: "admin",
      updatedAt: webhook.createdAt,
    });
    expect(await world.latchkey.webhooks.get(webhook.id)).toEqual(webhook);
    const event = await lastEventAbout(world, webhook.id);
    const events = ["anomaly.detected", "quota.alert"];
    expect(event).toMatchObject({ event: "webhook.created", targetKind: "Webhook", after: { url, events } });
    const { rows } = await world.database.query("select to_jsonb(w)::text as row from webhooks w where id = $1", [
      webhook.id,
    ]);
    for (const kept of [JSON.stringify(event), world.log.join("\n"), rows[0].row]) {
      expect(kept).not.toContain(secret.slice(6, 20));
    }
  });

  it("are changed, rotated, tested and deleted, each with an event", async () => {
    const { webhook, secret } = await seed();
    const { id } = webhook;
    const url = "https://moved.latchkey.invalid/";
    const changed = await world.latchkey.webhooks.update({ id, url, enabled: false, events: ["QUOTA_ALERT"] });
    expect(changed).toMatchObject({ url, enabled: false, events: ["QUOTA_ALERT"], description: "" });
    expect(await world.latchkey.webhooks.update({ id, url })).toEqual(changed);
    await world.latchkey.webhooks.update({ id, enabled: true });
    const rotated = await world.latchkey.webhooks.rotateSecret({ id });
    expect(rotated.secret).toMatch(SECRET);
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.webhook.previousEndsAt ?? "") - Date.parse(rotated.webhook.updatedAt)).toBe(86_400_000);
    const delivery = await world.latchkey.webhooks.test(id);
    const ids: string[] = [];
    for await (const each of world.latchkey.webhooks.allDeliveries({ filter: { webhookId: id } })) ids.push(each.id);
    expect(ids).toEqual([delivery.id]);
    expect((await world.latchkey.webhooks.delete(id)).id).toBe(id);
    await expect(world.latchkey.webhooks.get(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await world.latchkey.webhooks.listDeliveries({ filter: { webhookId: id } })).totalCount).toBe(0);
    expect(await eventsAbout(world, id)).toMatchObject([
      { event: "webhook.created" },
      { event: "webhook.updated", before: { enabled: true, url: webhook.url }, after: { enabled: false, url } },
      { event: "webhook.updated", after: { enabled: true } },
      { event: "webhook.secretRotated", after: { previousEndsAt: rotated.webhook.previousEndsAt } },
      { event: "webhook.tested", after: { deliveryId: delivery.id } },
      { event: "webhook.deleted", before: { url, events: ["quota.alert"] } },
    ]);
  });

  it("lead to public addresses over https only, in whatever way they are written", async () => {
    const { webhook } = await seed();
    const events = ["QUOTA_ALERT"];
    for (const url of [
      "nonsense",
      "ftp://9.9.9.9/",
      "https:9.9.9.9",
      "//9.9.9.9/",
      "http://9.9.9.9/",
      "https://user@9.9.9.9/",
      "https://:word@9.9.9.9/",
      "https://9.9.9.9/#part",
      "https://9.9.9.9:0/",
      "https://127.0.0.1/",
      "http://127.0.0.1/",
      "https://localhost/",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://0/",
      "https://10.1.2.3/",
      "https://172.16.0.1/",
      "https://192.168.1.1/",
      "https://100.64.0.1/",
      "https://169.254.169.254/latest/meta-data",
      "https://203.0.113.7/",
      "https://224.0.0.1/",
      "https://255.255.255.255/",
      "https://[::1]/",
      "https://[::]/",
      "https://[fe80::1]/",
      "https://[fd00::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://[64:ff9b::a00:1]/",
      "https://[2002:a00:1::]/",
    ]) {
      expect({ url, code: refusalIn(await create({ url, events })).code }).toEqual({ url, code: "INVALID_INPUT" });
      expectInvalid(await update({ id: webhook.id, url }), "url");
    }
    // What cannot be resolved yet is judged when it is sent to.
    const later = { url: "https://hooks.latchkey.invalid/", events };
    expect((await create(later)).data.createWebhook.webhook.url).toBe(later.url);
  });

  it("lead to this machine and to private addresses where that is allowed, and to no link-local one", async () => {
    const own = await startWorld({ WEBHOOK_PRIVATE_NETWORKS: "true" });
    try {
      const codes: unknown[] = [];
      for (const url of [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "https://10.1.2.3/",
        "http://10.1.2.3/",
        "https://169.254.169.254/",
        "https://[fe80::1]/",
      ]) {
        const send = mutationOf(own, "createWebhook", "CreateWebhookInput", "{ secret }");
        const answer = await send({ url, events: ["QUOTA_ALERT"] });
        codes.push(answer.errors[0]?.extensions.code ?? "made");
      }
      expect(codes).toEqual(["made", "made", "made", "made", "INVALID_INPUT", "INVALID_INPUT", "INVALID_INPUT"]);
    } finally {
      await own.stop();
    }
  });

  it("are refused with the field that is wrong", async () => {
    const url = urlOf("x");
    const events = ["QUOTA_ALERT"];
    const { webhook } = await seed();
    const [remove, rotate, test] = others as [Mutation, Mutation, Mutation];
    expectInvalid(await create({ url: `${url}${"x".repeat(2_000)}`, events }), "url");
    expectInvalid(await create({ url, events: [] }), "events");
    expectInvalid(await create({ url, events: ["QUOTA_ALERT", "QUOTA_ALERT"] }), "events");
    expect(refusalIn(await create({ url, events: ["OTHER"] })).code).toBe("INVALID_INPUT");
    expectInvalid(await create({ url, events, description: "x".repeat(501) }), "description");
    expectInvalid(await update({ id: webhook.id, url: null }), "url");
    expectInvalid(await update({ id: webhook.id, events: [] }), "events");
    expectInvalid(await update({ id: webhook.id, enabled: null }), "enabled");
    expectInvalid(await rotate({ id: webhook.id, graceSeconds: -1 }), "graceSeconds");
    expectInvalid(await rotate({ id: webhook.id, graceSeconds: 604_801 }), "graceSeconds");
    for (const mutation of [update, remove, rotate, test]) expectInvalid(await mutation({ id: "none" }), "id");
    const wrong = await world.graphql(`{ webhookDeliveries(filter: { webhookId: "7" }) { totalCount } }`);
    expectInvalid(wrong, "filter.webhookId");
  });

  it("that are absent give NOT_FOUND", async () => {
    expectNotFound(
      ...(await Promise.all([update, ...others].map((mutation) => mutation({ id: ABSENT })))),
      await world.graphql("query ($id: ID!) { webhook(id: $id) { id } }", { id: ABSENT }),
    );
  });

  it("are managed by system administrators, and read by auditors too", async () => {
    const { webhook } = await seed();
    const kept = ["OPERATOR", "AUDITOR", "MEMBER"] as const;
    await expectKeptOut(world, create, { url: urlOf("x"), events: ["QUOTA_ALERT"] }, kept);
    const auditor = await seedUser(world, "AUDITOR");
    const client = await seedSignedInClient(world);
    for (const mutation of [update, ...others]) {
      for (const [token, code] of [
        [auditor.token, "FORBIDDEN"],
        [client.token, "FORBIDDEN"],
        [null, "UNAUTHENTICATED"],
      ] as const) {
        expect(refusalIn(await mutation({ id: webhook.id }, token)).code).toBe(code);
      }
    }
    expect((await auditor.latchkey.webhooks.get(webhook.id)).id).toBe(webhook.id);
    const operator = await seedUser(world, "OPERATOR");
    for (const query of ["{ webhooks { totalCount } }", "{ webhookDeliveries { totalCount } }"]) {
      expect(refusalIn(await world.graphql(query, {}, operator.token)).code).toBe("FORBIDDEN");
    }
  });

  it("are listed: searched, filtered, ordered and paged", async () => {
    const mark = unique("mark");
    const ids: string[] = [];
    for (const end of ["b", "a", "c"]) ids.push((await seed(`${mark}/${end}`)).webhook.id);
    const [b, a, c] = ids;
    await world.latchkey.webhooks.update({ id: a as string, enabled: false, events: ["QUOTA_ALERT"] });
    const list = async (query: Parameters<World["latchkey"]["webhooks"]["list"]>[0]) =>
      (await world.latchkey.webhooks.list({ search: mark.toUpperCase(), ...query })).nodes.map(({ id }) => id);
    expect(await list({})).toEqual([c, a, b]);
    expect(await list({ orderBy: { field: "URL", direction: "ASC" } })).toEqual([a, b, c]);
    expect(await list({ filter: { enabled: false } })).toEqual([a]);
    expect(await list({ filter: { event: "ANOMALY_DETECTED" } })).toEqual([c, b]);
    const first = await world.latchkey.webhooks.list({ search: mark, first: 2 });
    expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([3, true]);
    expect(await list({ first: 2, after: first.pageInfo.endCursor })).toEqual([b]);
    const every: string[] = [];
    for await (const { id } of world.latchkey.webhooks.all({ search: mark })) every.push(id);
    expect(every).toEqual([c, a, b]);
  });

  it("are fifty at most", async () => {
    await world.database.query(
      `insert into webhooks (id, url, description, events, enabled, sealed, sealed_version, created_at, created_by, updated_at)
       select gen_random_uuid(), 'https://9.9.9.9/', '', '{quota.alert}', false, '', 1, now(), 'seed', now()
       from generate_series(1, 50)`,
    );
    expectConflict(await create({ url: urlOf("one-more"), events: ["QUOTA_ALERT"] }), "url");
  });
});
