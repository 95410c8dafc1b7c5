import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Latchkey, SdkError } from "@latchkey/sdk";
import { expect } from "expect";
import { createClient } from "graphql-sse";
import { FAR, seedClient, seedGroup, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { openWay } from "../support/way.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const nextTurn = () => delay(50, undefined);

const KEYS = "subscription { apiKeyChanged { id name status } }";

describe("subscriptions", () => {
  let world: World;
  let other: World;

  before(async () => {
    world = await startWorld();
    other = await joinWorld(world);
  });

  after(async () => {
    await other.stop();
    await world.stop();
  });

  const as = (credential: string | null) => (credential === null ? {} : { authorization: `Bearer ${credential}` });

  function post(query: string, credential: string | null = world.token, headers: Record<string, string> = {}) {
    return world.fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        "x-request-id": unique("request"),
        ...as(credential),
        ...headers,
      },
      body: JSON.stringify({ query }),
    });
  }

  /** Collects what is told until it is stopped. */
  function gather<T>(follow: (options: { readonly signal: AbortSignal }) => AsyncGenerator<T>) {
    const stop = new AbortController();
    const told: T[] = [];
    let failure: unknown;
    const ended = (async () => {
      for await (const event of follow(stop)) told.push(event);
    })().catch((error: unknown) => {
      failure = error;
    });
    return { told, ended, failure: () => failure, stop: () => stop.abort() };
  }

  type Seen = { readonly id: string; readonly status: string };

  /** Until the stream has begun: what happens before is not told. */
  async function following(latchkey: Latchkey) {
    const gathered = gather<Seen>((options) => latchkey.keys.changes(options));
    const probe = await seedProbe(latchkey);
    await until("the stream to begin", async () => {
      if (gathered.failure()) throw gathered.failure();
      await probe.touch();
      return gathered.told.some(({ id }) => id === probe.id);
    });
    const seen = (id: string) => gathered.told.filter((key) => key.id === id).map(({ status }) => status);
    return { ...gathered, seen };
  }

  /** A key of one's own, or of a client that one sees, which can be changed again and again. */
  async function seedProbe(latchkey: Latchkey) {
    const owner = (await latchkey.me()).kind === "CLIENT" ? await keyOfClient(latchkey) : undefined;
    const id = owner ?? (await latchkey.keys.create({ name: unique("probe") })).apiKey.id;
    let number = 0;
    return { id, touch: () => world.latchkey.keys.update({ id, description: `${number++}` }) };
  }

  async function keyOfClient(latchkey: Latchkey): Promise<string> {
    const [key] = (await latchkey.keys.list()).nodes;
    return key?.id ?? "";
  }

  it("tell of keys that are created and changed on any node, as they are then, and of no use", async () => {
    const { seen, stop, ended } = await following(world.latchkey);
    const elsewhere = new Latchkey({ url: other.url, credential: world.token });
    const { apiKey, secret } = await elsewhere.keys.create({ name: unique("live") });
    await until("the new key", () => seen(apiKey.id).length === 1);
    await verdictOf(other, { credential: secret });
    await elsewhere.keys.disable(apiKey.id);
    await until("the disabled key", () => seen(apiKey.id).length === 2);
    await world.database.query("update api_keys set revoked_at = now() where id = $1", [apiKey.id]);
    await until("the revoked key", () => seen(apiKey.id).length === 3);
    expect(seen(apiKey.id)).toEqual(["ACTIVE", "DISABLED", "REVOKED"]);
    stop();
    await ended;
  });

  it("tell a member of own keys, a client of its own, and nobody of others'", async () => {
    const member = await seedUser(world, "MEMBER");
    const client = await seedSignedInClient(world);
    const group = await seedGroup(world);
    await world.latchkey.clients.addGroups({ clientId: client.client.id, groupIds: [group.id] });
    const key = { clientId: client.client.id, name: unique("own"), expiresAt: FAR, groupIds: [group.id] };
    const own = await world.latchkey.keys.create(key);
    const [ofMember, ofClient] = [await following(member.latchkey), await following(client.latchkey)];
    const foreign = await seedKey(world);
    const mine = await member.latchkey.keys.create({ name: unique("mine") });
    await world.latchkey.keys.disable(own.apiKey.id);
    await until("the member's key", () => ofMember.seen(mine.apiKey.id).length > 0);
    await until("the client's key", () => ofClient.seen(own.apiKey.id).includes("DISABLED"));
    for (const { told } of [ofMember, ofClient]) expect(told.map(({ id }) => id)).not.toContain(foreign.apiKey.id);
    expect(ofClient.seen(mine.apiKey.id)).toEqual([]);
    for (const { stop } of [ofMember, ofClient]) stop();
  });

  it("end when the session does, and when the key that follows is revoked", async () => {
    const { latchkey, user } = await seedUser(world, "OPERATOR");
    const { secret, apiKey } = await latchkey.keys.create({ name: unique("follower") });
    const bySession = await following(latchkey);
    const byKey = await following(new Latchkey({ url: world.url, credential: secret }));
    await latchkey.signOut();
    await world.latchkey.keys.revoke({ id: apiKey.id });
    for (const { ended, failure } of [bySession, byKey]) {
      await world.latchkey.keys.create({ name: unique("later"), userId: user.id });
      await ended;
      expect(failure()).toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  it("tell a client's calls as they are counted, allowed and refused, on any node", async () => {
    const { secret, client } = await seedKey(world);
    const updates = gather((options) => world.latchkey.usage.updates(client.clientId, options));
    const total = (of: "allowed" | "refused") =>
      [...new Map(updates.told.map((each) => [each.minute, each[of]])).values()].reduce((one, next) => one + next, 0);
    // What was counted before the stream has begun is no news, so it goes on until some is told.
    let asked = 0;
    await until("a first update", async () => {
      await verdictOf(world, { credential: secret });
      asked++;
      return updates.told.length > 0;
    });
    await verdictOf(other, { credential: secret, groups: ["none"] });
    await until("the refused call", () => total("refused") === 1);
    await until("all allowed ones", () => total("allowed") === asked);
    updates.stop();
  });

  it("tell nobody of a client that they may not see, as if there were none", async () => {
    const { latchkey } = await seedUser(world, "MEMBER");
    const client = await seedClient(world);
    for (const id of [client.id, client.clientId, unique("nobody")]) {
      const { ended, failure, told } = gather((options) => latchkey.usage.updates(id, options));
      await ended;
      expect([told, failure()]).toEqual([
        [],
        expect.objectContaining({ code: "NOT_FOUND", message: "No such client." }),
      ]);
    }
  });

  it("speak the protocol of GraphQL over Server-Sent Events, as its published client does", async () => {
    const client = createClient({ url: `${world.url}/graphql`, headers: as(world.token), retryAttempts: 0 });
    const events = client.iterate<{ apiKeyChanged: Seen }>({ query: KEYS });
    const first = events.next();
    const { apiKey } = await until("an event", async () => {
      const made = await world.latchkey.keys.create({ name: unique("standard") });
      return (await Promise.race([first, nextTurn()])) && made;
    });
    expect((await first).value?.data?.apiKeyChanged).toMatchObject({ status: "ACTIVE" });
    expect(apiKey.status).toBe("ACTIVE");
    client.dispose();
  });

  it("refuse what is no subscription, no GraphQL, or nobody's, before they begin", async () => {
    const codeOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, errors[0]?.extensions.code];
    };
    expect(await codeOf(await post("{ me { name } }"))).toEqual([400, "INVALID_INPUT"]);
    expect(await codeOf(await post("subscription {"))).toEqual([400, "INVALID_INPUT"]);
    expect(await codeOf(await post("subscription { apiKeyChanged { nothing } }"))).toEqual([400, "INVALID_INPUT"]);
    expect(await codeOf(await post(`subscription { ${"a:apiKeyChanged{id} ".repeat(40)} }`))).toEqual([
      400,
      "INVALID_INPUT",
    ]);
    expect(await codeOf(await post(KEYS, null))).toEqual([401, "UNAUTHENTICATED"]);
    expect(await codeOf(await post(KEYS, world.token, { accept: "application/json" }))).toEqual([400, "INVALID_INPUT"]);
    const narrowed = await world.latchkey.keys.create({ name: unique("narrow"), scopes: ["clients:read"] });
    const refused = await post(KEYS, narrowed.secret);
    expect([refused.status, await refused.text()]).toEqual([200, expect.stringContaining('"code":"FORBIDDEN"')]);
  });

  it("are twenty at most for one follower, each of which gives its place back", async () => {
    const { token } = await seedUser(world, "MEMBER");
    const open: ClientRequest[] = [];
    const openOne = async (): Promise<number | undefined> => {
      const one = request(`${world.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream", ...as(token) },
      });
      open.push(one);
      one.on("error", () => undefined);
      one.end(JSON.stringify({ query: KEYS }));
      const [response] = (await once(one, "response")) as [IncomingMessage];
      return response.statusCode;
    };
    const statuses = await Promise.all(Array.from({ length: 20 }, openOne));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await openOne()).toBe(429);
    open[0]?.destroy();
    await until("its place", async () => (await openOne()) === 200);
    for (const one of open) one.destroy();
  });

  it("hold back what a slow reader does not take, and tell it the latest once it does", async () => {
    const one = request(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...as(world.token) },
    });
    one.end(JSON.stringify({ query: "subscription { apiKeyChanged { id description } }" }));
    const [response] = (await once(one, "response")) as [IncomingMessage];
    const { apiKey } = await world.latchkey.keys.create({ name: unique("busy") });
    response.pause();
    const texts = Array.from({ length: 60 }, (_, number) => `${number} ${"x".repeat(1_900)}`);
    for (const description of texts) await world.latchkey.keys.update({ id: apiKey.id, description });
    let text = "";
    response.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    response.resume();
    await until("the latest", () => text.includes('"description":"59 x'));
    one.destroy();
  });

  it("end with UNAVAILABLE once their node was cut off from the database, which may have changed meanwhile", async () => {
    const way = await openWay();
    const node = await joinWorld(world, {}, (url) => way.urlTo(url));
    try {
      const { seen, ended, failure } = await following(new Latchkey({ url: node.url, credential: world.token }));
      way.cut();
      await until("the lease to end", async () => (await node.fetch("/health/ready")).status === 503);
      const { apiKey } = await world.latchkey.keys.create({ name: unique("unseen") });
      way.mend();
      await ended;
      expect([seen(apiKey.id), failure()]).toEqual([[], expect.objectContaining({ code: "UNAVAILABLE" })]);
    } finally {
      await node.stop();
      way.close();
    }
  });

  it("end when their node stops, and do not hold it up", async () => {
    const node = await joinWorld(world);
    const events = gather((options) => new Latchkey({ url: node.url, credential: world.token }).keys.changes(options));
    await until("an event", async () => {
      await world.latchkey.keys.create({ name: unique("last") });
      return events.told.length > 0;
    });
    await node.stop();
    await events.ended;
    expect(events.failure()).toBeInstanceOf(SdkError);
    expect(events.failure()).toMatchObject({ code: "UNAVAILABLE" });
  });
});
