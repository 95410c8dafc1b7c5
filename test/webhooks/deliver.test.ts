import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { keepWebhookSecrets } from "../../api/webhooks/keep-webhook-secrets.js";
import { postWebhook } from "../../api/webhooks/post-webhook.js";
import { Reachable } from "../../api/webhooks/public-address.js";
import { Webhook } from "../../api/webhooks/webhook.entity.js";
import { mintWebhookSecret, sealWebhookSecret, signedHeaders } from "../../api/webhooks/webhook-secret.js";
import { Timeline } from "../anomalies/timeline.js";
import { seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { seedLimitedKey } from "../verification/limited-key.js";
import { answers, openReceiver, type Receiver, verified } from "./receiver.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ENVIRONMENT = { WEBHOOK_PRIVATE_NETWORKS: "true" };

describe("webhooks", () => {
  let receiver: Receiver;
  let world: World;
  let slow: { readonly id: string };

  before(async () => {
    receiver = await openReceiver();
    world = await startWorld(ENVIRONMENT);
    receiver.answerWith("/slow", () => undefined);
    slow = await seed("/slow");
    await world.latchkey.webhooks.test(slow.id);
  });

  after(async () => {
    // First, so that nobody waits for the one that does not answer.
    await receiver.close();
    await world.stop();
  });

  async function seed(path: string, events: readonly ("ANOMALY_DETECTED" | "QUOTA_ALERT")[] = ["QUOTA_ALERT"]) {
    const input = { url: receiver.url + path, events: [...events] };
    const { webhook, secret } = await world.latchkey.webhooks.create(input);
    return { id: webhook.id, secret };
  }

  const deliveriesTo = async (webhookId: string) =>
    (await world.latchkey.webhooks.listDeliveries({ filter: { webhookId } })).nodes;

  /** The newest delivery, once it is so. */
  const deliveryTo = (webhookId: string, is: (delivery: Awaited<ReturnType<typeof deliveriesTo>>[0]) => boolean) =>
    until("the delivery", async () => {
      const [delivery] = await deliveriesTo(webhookId);
      return delivery && is(delivery) && delivery;
    });

  const retried = (attempts: number) => (each: { attempts: number; lastError: string | null }) =>
    each.attempts === attempts && each.lastError !== null;

  it("are told by a signed POST, which a receiver can check and know again", async () => {
    const { id, secret } = await seed("/hook?team=7");
    const test = await world.latchkey.webhooks.test(id);
    expect(test).toMatchObject({ webhookId: id, event: "webhook.test", status: "QUEUED", attempts: 0 });
    const delivery = await deliveryTo(id, ({ status }) => status === "DELIVERED");
    expect(delivery).toMatchObject({ id: test.id, attempts: 1, answerStatus: 204, lastError: null });
    const [received, ...others] = receiver.at("/hook?team=7");
    expect(others).toEqual([]);
    if (!received) throw new Error("Nothing was received.");
    expect(received.headers).toMatchObject({ "webhook-id": test.id, "content-type": "application/json" });
    expect(verified(received, secret)).toEqual({
      type: "webhook.test",
      timestamp: test.createdAt,
      data: { webhookId: id, askedBy: "admin" },
    });
    expect(received.body).toBe(test.body);
    expect(() => verified({ ...received, body: `${received.body} ` }, secret)).toThrow("No matching signature");
    const replayed = { ...received, headers: { ...received.headers, "webhook-id": unique("other") } };
    expect(() => verified(replayed, secret)).toThrow("No matching signature");
    expect(() => verified(received, mintWebhookSecret())).toThrow("No matching signature");
    for (const kept of [world.log.join("\n"), received.body]) expect(kept).not.toContain(secret.slice(6));
  });

  it("are signed with the secret before as well, until the grace of a rotation is over", async () => {
    const { id, secret } = await seed("/rotated");
    const { webhook, secret: next } = await world.latchkey.webhooks.rotateSecret({ id, graceSeconds: 3_600 });
    expect(Date.parse(webhook.previousEndsAt ?? "") - world.now().getTime()).toBeGreaterThan(3_500_000);
    await world.latchkey.webhooks.test(id);
    const [both] = await until("the delivery", () => receiver.at("/rotated").length > 0 && receiver.at("/rotated"));
    for (const each of [secret, next]) expect(verified(both as never, each)).toMatchObject({ type: "webhook.test" });
    await world.latchkey.webhooks.rotateSecret({ id, graceSeconds: 0 });
    await world.latchkey.webhooks.test(id);
    const [, one] = await until("the delivery", () => receiver.at("/rotated").length > 1 && receiver.at("/rotated"));
    for (const each of [secret, next]) expect(() => verified(one as never, each)).toThrow("No matching signature");
  });

  it("that fail are tried again, later and later, with the same id, until they are back", async () => {
    const { id, secret } = await seed("/fails");
    receiver.answerWith("/fails", answers(500));
    const { id: deliveryId } = await world.latchkey.webhooks.test(id);
    const waits: number[] = [];
    for (const attempts of [1, 2, 3]) {
      const failed = await deliveryTo(id, retried(attempts));
      expect(failed).toMatchObject({ status: "QUEUED", answerStatus: 500, lastError: "The receiver answered 500." });
      const waitMs = Date.parse(failed.nextAttemptAt) - Date.parse(failed.lastAttemptAt ?? "");
      waits.push(Math.round(waitMs / 1_000));
      if (attempts === 3) receiver.answerWith("/fails", answers(200));
      world.moveClock(waitMs);
    }
    await deliveryTo(id, ({ status, attempts }) => status === "DELIVERED" && attempts === 4);
    for (const [index, seconds] of [5, 10, 20].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds * 0.8 - 1);
      expect(waits[index]).toBeLessThanOrEqual(seconds * 1.2 + 3);
    }
    const received = receiver.at("/fails");
    expect(new Set(received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([deliveryId]));
    expect(verified(received[0] as never, secret)).toEqual(verified(received[3] as never, secret));
  });

  it("that redirect are not followed, and of an answer without end nothing is read", async () => {
    const { id } = await seed("/redirects");
    receiver.answerWith("/redirects", answers(307, { location: `${receiver.url}/elsewhere` }));
    await world.latchkey.webhooks.test(id);
    expect((await deliveryTo(id, retried(1))).lastError).toBe("The receiver answered 307.");
    expect(receiver.at("/elsewhere")).toEqual([]);

    const endless = await seed("/endless");
    let closed = false;
    receiver.answerWith("/endless", (response) => {
      response.on("close", () => {
        closed = true;
      });
      response.writeHead(200);
      const write = (): void => {
        while (!closed && response.write("x".repeat(65_536)));
      };
      response.on("drain", write);
      write();
    });
    await world.latchkey.webhooks.test(endless.id);
    await deliveryTo(endless.id, ({ status }) => status === "DELIVERED");
    await until("the connection to be closed", () => closed);
  });

  it("that are gone, or fail for a day, are given up", async () => {
    const gone = await seed("/gone");
    receiver.answerWith("/gone", answers(410));
    await world.latchkey.webhooks.test(gone.id);
    expect(await deliveryTo(gone.id, retried(1))).toMatchObject({ status: "FAILED", answerStatus: 410 });

    const { id } = await seed("/dead");
    receiver.answerWith("/dead", answers(503));
    const { id: deliveryId } = await world.latchkey.webhooks.test(id);
    await deliveryTo(id, retried(1));
    await world.database.query(
      "update webhook_deliveries set created_at = created_at - interval '25 hours', next_attempt_at = now() where id = $1",
      [deliveryId],
    );
    expect(await deliveryTo(id, retried(2))).toMatchObject({ status: "FAILED", answerStatus: 503 });
  });

  it("that are switched off are told when they are on again", async () => {
    const { id } = await seed("/off");
    await world.database.query("update webhooks set enabled = false where id = $1", [id]);
    await expect(world.latchkey.webhooks.test(id)).rejects.toMatchObject({
      code: "CONFLICT",
      fields: [{ path: "id" }],
    });
    await world.latchkey.webhooks.update({ id, enabled: true });
    await world.latchkey.webhooks.test(id);
    await deliveryTo(id, ({ status }) => status === "DELIVERED");
    expect(receiver.at("/off").length).toBe(1);
  });

  it("are told once by several nodes, and again with the same id when one died on the way", async () => {
    const { id } = await seed("/nodes");
    const other = await joinWorld(world, ENVIRONMENT);
    other.moveClock(world.now().getTime() - other.now().getTime());
    try {
      const made = await Promise.all(Array.from({ length: 12 }, () => world.latchkey.webhooks.test(id)));
      await until("all deliveries", async () => (await deliveriesTo(id)).every(({ status }) => status === "DELIVERED"));
      const ids = receiver.at("/nodes").map(({ headers }) => String(headers["webhook-id"]));
      expect([...ids].sort()).toEqual(made.map((each) => each.id).sort());

      // As a node leaves it that dies after it has sent it: taken, and not noted.
      const [lost] = ids;
      await world.database.query(
        `update webhook_deliveries set status = 'QUEUED', delivered_at = null, next_attempt_at = $2::timestamptz + interval '1 minute'
         where id = $1`,
        [lost, world.now()],
      );
      world.moveClock(2 * MINUTE_MS);
      await until("the lost one", async () => receiver.at("/nodes").length === 13);
      expect(receiver.at("/nodes").at(-1)?.headers["webhook-id"]).toBe(lost);
    } finally {
      await other.stop();
    }
  });

  it("are told of anomalies and of quotas that are used up, if they want to know", async () => {
    const dataSource = await createDataSource(world.databaseUrl).initialize();
    try {
      const anomalies = await seed("/anomalies", ["ANOMALY_DETECTED"]);
      const quotas = await seed("/quotas", ["QUOTA_ALERT"]);
      const { apiKey, client } = await seedKey(world);
      const timeline = new Timeline(dataSource, world.now());
      await timeline.begin();
      await timeline.count({ apiKeyId: apiKey.id, clientId: client.id }, [0, 0], 30, "EXPIRED");
      const [found] = await timeline.look(0, 1);
      // Found in a time to come: it is due now.
      await world.database.query(
        "update webhook_deliveries set next_attempt_at = now() - interval '1 hour' where webhook_id = $1",
        [anomalies.id],
      );
      const limited = await seedLimitedKey(world, { quota: { limit: 10, period: "TOTAL" } });
      await world.latchkey.verify({ credential: limited.secret, cost: 10 });
      await world.database.query(
        "update scheduled_jobs set next_run_at = now() - interval '1 hour' where name = 'alert-quotas'",
      );
      const [anomaly] = await until(
        "the anomaly",
        () => receiver.at("/anomalies").length > 0 && receiver.at("/anomalies"),
      );
      expect(verified(anomaly as never, anomalies.secret)).toMatchObject({
        type: "anomaly.detected",
        data: {
          id: found?.id,
          kind: "REFUSALS",
          seen: 30,
          calls: 30,
          apiKey: { id: apiKey.id, name: apiKey.name, lookupId: apiKey.lookupId },
          client: { id: client.id, clientId: client.clientId, displayName: client.displayName },
          user: null,
        },
      });
      const [quota] = await until("the quota", () => receiver.at("/quotas").length > 0 && receiver.at("/quotas"));
      expect(verified(quota as never, quotas.secret)).toMatchObject({
        type: "quota.alert",
        data: {
          quota: { limit: 10, used: 10, period: "TOTAL", percent: 100, resetsAt: null },
          apiKey: null,
          client: { id: limited.client.id },
        },
      });
      expect(receiver.at("/anomalies").length).toBe(1);
    } finally {
      await dataSource.destroy();
    }
  });

  it("lead nowhere else when a name, or a row, leads to where they must not", async () => {
    let address = "9.9.9.9";
    const lookup = async () => [{ address, family: 4 }];
    const reachable = new Reachable(lookup, false);
    const url = new URL(receiver.url.replace("http:", "https:").replace("127.0.0.1", "rebound.example"));
    expect(await reachable.addressesOf(url)).toEqual([{ address, family: 4 }]);
    address = "127.0.0.1";
    await expect(postWebhook(reachable, url, {}, "{}")).rejects.toThrow("must lead to public addresses only");

    const { id } = await seed("/rewritten");
    await world.database.query("update webhooks set url = 'http://169.254.169.254/latest' where id = $1", [id]);
    await world.latchkey.webhooks.test(id);
    expect((await deliveryTo(id, retried(1))).lastError).toMatch(/^must /);
  });

  it("keep their secrets encrypted, anew when the key ring has grown, and the one before no longer than its grace", async () => {
    const material = (byte: number) => Buffer.alloc(32, byte);
    const old = new KeyRing([{ version: 1, material: material(1) }]);
    const grown = new KeyRing([
      { version: 1, material: material(1) },
      { version: 2, material: material(2) },
    ]);
    const newest = new KeyRing([{ version: 2, material: material(2) }]);
    const { id } = await seed("/sealed");
    const secret = mintWebhookSecret();
    const { sealed } = sealWebhookSecret(old, id, secret);
    expect(sealed.includes(Buffer.from(secret.slice(6, 20)))).toBe(false);
    const dataSource = await createDataSource(world.databaseUrl).initialize();
    try {
      await dataSource.query("update webhooks set sealed_version = 2 where id <> $1", [id]);
      const now = world.now();
      const previousEndsAt = new Date(now.getTime() + HOUR_MS);
      const changes = { sealed, sealedVersion: 1, previousSealed: sealed, previousSealedVersion: 1, previousEndsAt };
      await dataSource.manager.update(Webhook, { id }, changes);
      await keepWebhookSecrets(dataSource, grown, now);
      const moved = await dataSource.manager.findOneByOrFail(Webhook, { id });
      expect([moved.sealedVersion, moved.previousSealedVersion]).toEqual([2, 2]);
      const headers = signedHeaders(newest, moved, { id: "1", body: "{}" }, now);
      expect(verified({ path: "", headers, body: "{}" }, secret)).toEqual({});
      expect(headers["webhook-signature"].split(" ").length).toBe(2);
      await keepWebhookSecrets(dataSource, grown, previousEndsAt);
      expect(await dataSource.manager.findOneBy(Webhook, { id })).toMatchObject({ previousSealed: null });
    } finally {
      await dataSource.query("delete from webhooks where id = $1", [id]);
      await dataSource.query("update webhooks set sealed_version = 1");
      await dataSource.destroy();
    }
  });

  it("that do not answer are left after ten seconds, and keep nobody else waiting", async () => {
    const late = await until("the end of an attempt", async () =>
      (await deliveriesTo(slow.id)).find(({ lastError }) => lastError !== null),
    );
    expect(late).toMatchObject({ lastError: "The receiver does not answer in time.", answerStatus: null });
    const metrics = await (await world.fetch("/metrics")).text();
    expect(metrics).toMatch(/latchkey_webhook_attempts_total\{outcome="delivered"\} \d/);
    expect(metrics).toMatch(/latchkey_webhook_attempts_total\{outcome="retried"\} \d/);
  });
});
