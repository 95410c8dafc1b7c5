import { after, before, describe, it } from "node:test";
import type { RecentCall } from "@latchkey/sdk";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { tendRecentCalls } from "../../api/usage/tend-recent-calls.js";
import { refusalIn } from "../support/graphql.js";
import { FAR, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { openWay } from "../support/way.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { forgeSecret } from "../verification/forged-secret.js";

const DAY_MS = 86_400_000;

describe("recent calls", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  type Query = Parameters<World["latchkey"]["usage"]["listCalls"]>[0];

  /** As soon as there are so many. */
  const listed = (count: number, query: Query, { latchkey }: Pick<World, "latchkey"> = world) =>
    until(`${count} calls to be kept`, async () => {
      const { nodes } = await latchkey.usage.listCalls(query);
      return nodes.length >= count && nodes;
    });

  const facts = ({ code, method, path, soapAction, transactionRef, address }: RecentCall) => ({
    code,
    method,
    path,
    soapAction,
    transactionRef,
    address,
  });

  it("are kept from every way to ask, with what was called, by whom, and how it was judged", async () => {
    const { secret, apiKey, client, api, call } = await seedKey(world);
    const ref = unique("CASE");
    const verdict = await world.latchkey.verify({
      credential: secret,
      api: call,
      address: "192.0.2.1",
      transactionRef: ref,
    });
    await world.latchkey.verifyBatch([
      { credential: secret, api: { method: "PUT", path: "/nowhere" } },
      { credential: secret, api: { soapAction: "urn:none" } },
    ]);
    await world.latchkey.verifyCredential({ credential: secret });
    const headers = { "x-api-key": secret, "x-forwarded-uri": `${call.path}?page=2`, "x-transaction-ref": ref };
    await world.fetch("/v1/authorize", { headers: { ...headers, "x-request-id": ref } });
    const calls = await listed(5, { filter: { apiKeyId: apiKey.id } });
    const none = { method: null, path: null, soapAction: null, transactionRef: null, address: null };
    expect(calls.map(facts)).toEqual([
      { code: "VALID", method: "GET", path: call.path, soapAction: null, transactionRef: ref, address: "127.0.0.1" },
      { ...none, code: "VALID" },
      { ...none, code: "API_UNKNOWN", soapAction: "urn:none" },
      { ...none, code: "API_UNKNOWN", method: "PUT", path: "/nowhere" },
      { code: "VALID", ...call, soapAction: null, transactionRef: ref, address: "192.0.2.1" },
    ]);
    for (const each of calls) {
      expect(each.client?.id).toBe(client.id);
      expect(each.apiKey).toEqual({ id: apiKey.id, name: apiKey.name, lookupId: apiKey.lookupId });
    }
    expect(calls.map((each) => each.api?.id)).toEqual([api.id, undefined, undefined, undefined, api.id]);
    expect(calls.at(-1)?.requestId).toBe(verdict.requestId);

    const ids = async (query: Query) => (await world.latchkey.usage.listCalls(query)).nodes.map(({ id }) => id);
    const [authorized, , , , verified] = calls.map(({ id }) => id);
    expect(await ids({ search: ref })).toEqual([authorized, verified]);
    expect(await ids({ search: ` ${verdict.requestId} ` })).toEqual([verified]);
    expect(await ids({ search: verdict.requestId, filter: { code: "EXPIRED" } })).toEqual([]);
    expect(await ids({ filter: { clientId: client.clientId, code: "API_UNKNOWN" } })).toHaveLength(2);
    expect(await ids({ filter: { apiId: api.id, from: calls.at(-1)?.at as string } })).toEqual([authorized, verified]);
    expect(await ids({ filter: { apiId: api.id, until: calls.at(-1)?.at as string } })).toEqual([]);
    const page = await world.latchkey.usage.listCalls({ filter: { apiKeyId: apiKey.id }, first: 2 });
    expect({ count: page.totalCount, next: page.pageInfo.hasNextPage }).toEqual({ count: 5, next: true });
    const all: string[] = [];
    for await (const each of world.latchkey.usage.allCalls({ filter: { clientId: client.id } })) all.push(each.id);
    expect(all).toEqual(calls.map(({ id }) => id));

    // The operations screen finds the key by what was done with it.
    for (const search of [ref, verdict.requestId]) {
      const records = await world.latchkey.records.list({ search });
      expect(records.nodes.map(({ id }) => id)).toEqual([apiKey.id]);
    }
    expect((await world.latchkey.records.list({ search: unique("CASE") })).nodes).toEqual([]);
  });

  it("hold no secret, no query and nothing that cannot be stored, whatever was called", async () => {
    const { secret, apiKey } = await seedKey(world);
    const forged = forgeSecret();
    const { secret: imported } = await world.latchkey.keys.create({ name: unique("key") });
    const paths = [
      `/hooks/${secret}/x`,
      `/hooks/${forged.replaceAll("_", "%5F")}?token=geheim#geheim`,
      `/${imported}`,
      `/a\u0000b\ud800"\\{}`,
      `/${"x".repeat(8_000)}`,
    ];
    for (const path of paths) {
      const body = {
        credential: secret,
        api: { method: `GET"`, path },
        transactionRef: `${secret.slice(0, 100)}\u0007`,
      };
      await world.fetch("/v1/verify", {
        method: "POST",
        headers: { "content-type": "application/json", "x-request-id": secret },
        body: JSON.stringify(body),
      });
    }
    const calls = await listed(5, { filter: { apiKeyId: apiKey.id } });
    const text = JSON.stringify(calls);
    for (const hidden of [secret, forged, imported]) {
      for (const part of [hidden.slice(25), hidden.slice(-12)]) expect(text).not.toContain(part);
    }
    expect(text).not.toContain("geheim");
    expect(calls.map(({ path }) => path?.slice(0, 12))).toEqual([
      "/xxxxxxxxxxx",
      '/a\ufffdb\ufffd"\\{}',
      expect.stringMatching(/^\/lk_key_/),
      expect.stringMatching(/^\/hooks\/lk/),
      "/hooks/…/x",
    ]);
    expect(calls[0]?.path?.length).toBe(500);
  });

  it("are seen by each as far as its reach goes", async () => {
    const mine = await seedSignedInClient(world);
    const { secret, apiKey, client: foreign, group } = await seedKey(world);
    await world.latchkey.clients.addGroups({ clientId: mine.client.id, groupIds: [group.id] });
    const own = { clientId: mine.client.id, name: "own", expiresAt: FAR, groupIds: [group.id] };
    const { secret: ownSecret, apiKey: ownKey } = await world.latchkey.keys.create(own);
    const member = await seedUser(world, "MEMBER");
    const operator = await seedUser(world, "OPERATOR");
    const users = await member.latchkey.keys.create({ name: "script" });
    const transactionRef = unique("reach");
    for (const credential of [secret, ownSecret, users.secret, forgeSecret()]) {
      await world.latchkey.verify({ credential, transactionRef });
    }
    const codesOf = async (who: Pick<World, "latchkey">, count: number) =>
      (await listed(count, { search: transactionRef }, who)).map((each) => each.apiKey?.id ?? each.code);
    expect(await codesOf(world, 4)).toEqual(["NOT_FOUND", users.apiKey.id, ownKey.id, apiKey.id]);
    expect(await codesOf(mine, 1)).toEqual([ownKey.id]);
    expect(await codesOf(member, 1)).toEqual([users.apiKey.id]);
    expect(await codesOf(operator, 3)).toEqual(["NOT_FOUND", ownKey.id, apiKey.id]);
    expect((await mine.latchkey.usage.listCalls({ filter: { clientId: foreign.id } })).nodes).toEqual([]);
    expect((await mine.latchkey.records.list({ search: transactionRef })).nodes.map(({ id }) => id)).toEqual([
      ownKey.id,
    ]);
    expect(refusalIn(await world.graphql("{ recentCalls { totalCount } }", {}, null)).code).toBe("UNAUTHENTICATED");
  });

  for (const [what, args, path] of [
    [
      "a range that ends before it begins",
      `filter: { from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }`,
      "filter.until",
    ],
    ["an id that is none", `filter: { apiKeyId: "7" }`, "filter.apiKeyId"],
    ["a search that is too long", `search: "${"x".repeat(129)}"`, "search"],
    ["too large a page", "first: 101", "first"],
  ] as const) {
    it(`refuse ${what}`, async () => {
      const answer = await world.graphql(`{ recentCalls(${args}) { totalCount } }`);
      expect(refusalIn(answer)).toMatchObject({ code: "INVALID_INPUT", fields: [{ path }] });
    });
  }

  it("are dropped by the day when they were kept long enough, and have room made ahead", async () => {
    const { secret } = await seedKey(world);
    const transactionRef = unique("old");
    await world.latchkey.verify({ credential: secret, transactionRef });
    const [kept] = await listed(1, { search: transactionRef });
    const nowMs = Date.parse(kept?.at ?? "");
    const dataSource = await createDataSource(world.databaseUrl).initialize();
    try {
      const parts = async (): Promise<string[]> =>
        (
          await dataSource.query(
            `select relname from pg_class where relkind = 'r' and relname like 'recent\\_calls\\_%' order by 1`,
          )
        ).map(({ relname }: { relname: string }) => relname);
      const names = (from: number, days: number) =>
        Array.from(
          { length: days },
          (_, index) =>
            `recent_calls_${new Date(nowMs + (from + index) * DAY_MS).toISOString().slice(0, 10).replaceAll("-", "")}`,
        );
      await tendRecentCalls(dataSource, 7, new Date(nowMs));
      expect(await parts()).toEqual(names(0, 3));
      await tendRecentCalls(dataSource, 7, new Date(nowMs + 7 * DAY_MS));
      expect(await listed(1, { search: transactionRef })).toHaveLength(1);
      await tendRecentCalls(dataSource, 7, new Date(nowMs + 8 * DAY_MS));
      expect(await parts()).toEqual([...names(1, 2), ...names(7, 4)]);
      expect((await world.latchkey.usage.listCalls({ search: transactionRef })).nodes).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
    // Today's is gone with it, and made anew by whoever has a call to keep.
    await world.latchkey.verify({ credential: secret, transactionRef });
    expect(await listed(1, { search: transactionRef })).toHaveLength(1);
  });

  it("wait in memory while the database is away, up to a bound, and what comes beyond is told of", async () => {
    const way = await openWay();
    let node: Awaited<ReturnType<typeof joinWorld>> | undefined;
    try {
      node = await joinWorld(world, { RECENT_CALLS_PER_SECOND: "2000" }, (url) => way.urlTo(url));
      const asked = node;
      const ref = unique("outage");
      way.cut();
      await until("the lease to end", async () => (await verdictOf(asked, { credential: "any" })).code === "UNDECIDED");
      const requests = Array.from({ length: 100 }, () => ({ credential: "any", transactionRef: ref }));
      const init = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requests }),
      };
      for (let batch = 0; batch < 13; batch++) await (await asked.fetch("/v1/verify/batch", init)).text();
      way.mend();
      const kept = async (): Promise<number> => {
        const sql = "select count(*) from recent_calls where transaction_ref = $1 and code = 'UNDECIDED'";
        return Number((await world.database.query(sql, [ref])).rows[0].count);
      };
      const dropped = async (): Promise<number> => {
        const metrics = await (await asked.fetch("/metrics")).text();
        return Number(/^latchkey_recent_calls_dropped_total (\d+)/m.exec(metrics)?.[1]);
      };
      await until("the calls to be written", async () => (await kept()) + (await dropped()) >= 1_300);
      expect(await kept()).toBeLessThanOrEqual(1_000);
      expect(await kept()).toBeGreaterThan(900);
    } finally {
      await node?.stop();
      way.close();
    }
  });

  it("are not kept where nobody wants them, but counted", async () => {
    const other = await startWorld({ RECENT_CALLS_DAYS: "0" });
    try {
      const { secret, apiKey } = await seedKey(other);
      await other.latchkey.verify({ credential: secret });
      const input = {
        from: new Date(other.now().getTime() - 60_000).toISOString(),
        step: "MINUTE",
        filter: { apiKeyId: apiKey.id },
      } as const;
      await until(
        "the call to be counted",
        async () => (await other.latchkey.usage.read({ input })).totals.calls === 1,
      );
      expect((await other.latchkey.usage.listCalls()).nodes).toEqual([]);
    } finally {
      await other.stop();
    }
  });
});
