import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import type { DataSource } from "typeorm";
import { createDataSource } from "../../api/database/data-source.js";
import { eventsAbout } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectKeptOut, expectNotFound, type Mutation, mutationOf } from "../support/mutations.js";
import { FAR, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { forgeSecret } from "../verification/forged-secret.js";
import { MINUTE_MS, Timeline } from "./timeline.js";

const ABSENT = "01a1fbc0-8a5e-724f-a37c-e27228f405b0";

describe("anomalies that were found", () => {
  let world: World;
  let database: DataSource;
  let timeline: Timeline;
  let acknowledge: Mutation;

  before(async () => {
    world = await startWorld({ ANOMALY_REFUSALS_CALLS: "3" });
    database = await createDataSource(world.databaseUrl).initialize();
    timeline = new Timeline(database, world.now());
    acknowledge = mutationOf(
      world,
      "acknowledgeAnomaly",
      "AcknowledgeAnomalyInput",
      "{ id acknowledgedAt acknowledgedBy note }",
    );
  });

  after(async () => {
    await database.destroy();
    await world.stop();
  });

  type Query = Parameters<World["latchkey"]["anomalies"]["list"]>[0];
  const listed = async (query: Query, { latchkey }: Pick<World, "latchkey"> = world) =>
    (await latchkey.anomalies.list(query)).nodes;

  /** Half of a hundred calls were refused. */
  async function seedAnomaly(subject: { readonly apiKeyId?: string; readonly clientId?: string }): Promise<string> {
    await timeline.begin();
    await timeline.count(subject, [0, 0], 50);
    await timeline.count(subject, [0, 0], 50, "EXPIRED");
    const [found] = await timeline.look(0, 1);
    return found?.id as string;
  }

  it("come by themselves from calls with the right secret, and from none with a wrong one", async () => {
    const { secret, apiKey, client } = await seedKey(world);
    for (const credential of [secret, forgeSecret()]) {
      for (let call = 0; call < 3; call++) {
        await world.latchkey.verify({ credential, api: { method: "GET", path: "/nowhere" }, address: "192.0.2.1" });
      }
    }
    await until("the calls to be counted", async () => {
      const sql = "select sum(calls)::integer as calls from usage_minutes where api_key_id = $1";
      return (await world.database.query(sql, [apiKey.id])).rows[0].calls === 3;
    });
    world.moveClock(2 * MINUTE_MS);
    const [anomaly, ...others] = await until("the job to find them", async () => {
      await world.database.query("update scheduled_jobs set next_run_at = now() where name = 'watch-anomalies'");
      const found = await listed({ filter: { kind: "REFUSALS" } });
      return found.length > 0 && found;
    });
    expect(others).toEqual([]);
    expect(anomaly).toMatchObject({
      kind: "REFUSALS",
      seen: 3,
      expected: 3,
      calls: 3,
      addresses: [],
      lastUsedAt: null,
      acknowledgedAt: null,
      client: { id: client.id, clientId: client.clientId },
      apiKey: { id: apiKey.id, lookupId: apiKey.lookupId },
    });
    const metrics = await (await world.fetch("/metrics")).text();
    expect(metrics).toContain('latchkey_anomalies_total{kind="REFUSALS"} 1');
  });

  it("are searched, filtered, ordered and paged", async () => {
    const { apiKey, client } = await seedKey(world, { name: unique("needle") });
    const subject = { apiKeyId: apiKey.id, clientId: client.id };
    const refusals = await seedAnomaly(subject);
    await timeline.call(subject, [1, 0], "192.0.2.1");
    await timeline.look(1, 1);
    await timeline.call(subject, [9, 0], "203.0.113.77");
    const [address] = await timeline.look(9, 1);
    const tokens = await seedAnomaly({ clientId: client.id });
    const of = { clientId: client.id };
    const ids = async (query: Query) => (await listed(query)).map(({ id }) => id);
    expect(await ids({ filter: of })).toEqual([tokens, address?.id, refusals]);
    expect(await ids({ filter: { clientId: client.clientId } })).toEqual([tokens, address?.id, refusals]);
    expect(await ids({ filter: { apiKeyId: apiKey.id } })).toEqual([address?.id, refusals]);
    expect(await ids({ filter: { ...of, kind: "FIRST_SEEN_ADDRESS" } })).toEqual([address?.id]);
    expect(await ids({ filter: { ...of, from: timeline.at(-1).toISOString() } })).toEqual([tokens]);
    expect(await ids({ filter: { ...of, until: timeline.at(-1).toISOString() } })).toEqual([address?.id, refusals]);
    expect(await ids({ search: "203.0.113.77" })).toEqual([address?.id]);
    expect(await ids({ search: apiKey.name })).toEqual([address?.id, refusals]);
    expect(await ids({ search: client.displayName.toUpperCase() })).toEqual([tokens, address?.id, refusals]);
    expect(await ids({ search: unique("none") })).toEqual([]);
    for (const field of ["DETECTED_AT", "KIND"] as const) {
      const query = { filter: of, orderBy: { field, direction: "ASC" } } as const;
      const first = await world.latchkey.anomalies.list({ ...query, first: 2 });
      const second = await world.latchkey.anomalies.list({ ...query, first: 2, after: first.pageInfo.endCursor });
      expect(first.totalCount).toBe(3);
      expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(await ids(query));
    }
    const every: string[] = [];
    for await (const { id } of world.latchkey.anomalies.all({ filter: of })) every.push(id);
    expect(every).toEqual([tokens, address?.id, refusals]);
  });

  it("are acknowledged once, with who, when and what it was", async () => {
    const { apiKey, client } = await seedKey(world);
    const id = await seedAnomaly({ apiKeyId: apiKey.id, clientId: client.id });
    const of = { apiKeyId: apiKey.id };
    expect(await listed({ filter: { ...of, acknowledged: false } })).toHaveLength(1);
    const note = unique("A release went wrong");
    const acknowledged = await world.latchkey.anomalies.acknowledge({ id, note });
    expect(acknowledged).toMatchObject({ id, acknowledgedBy: "admin", note, acknowledgedAt: expect.any(String) });
    expect((await acknowledge({ id, note: "Second" })).data.acknowledgeAnomaly).toEqual({
      id,
      note,
      acknowledgedBy: "admin",
      acknowledgedAt: acknowledged.acknowledgedAt,
    });
    expect(await listed({ filter: { ...of, acknowledged: false } })).toEqual([]);
    expect(await listed({ filter: { ...of, acknowledged: true }, search: note })).toHaveLength(1);
    expect(await eventsAbout(world, id)).toMatchObject([
      {
        event: "anomaly.acknowledged",
        targetKind: "Anomaly",
        actorName: "admin",
        reason: note,
        before: { acknowledgedAt: null },
        after: { acknowledgedAt: acknowledged.acknowledgedAt, kind: "REFUSALS", apiKeyId: apiKey.id },
      },
    ]);
  });

  it("are seen, and seen to, by each as far as its reach goes", async () => {
    const mine = await seedSignedInClient(world);
    const { apiKey, client, group } = await seedKey(world);
    await world.latchkey.clients.addGroups({ clientId: mine.client.id, groupIds: [group.id] });
    const input = { clientId: mine.client.id, name: "own", expiresAt: FAR, groupIds: [group.id] };
    const { apiKey: own } = await world.latchkey.keys.create(input);
    const member = await seedUser(world, "MEMBER");
    const operator = await seedUser(world, "OPERATOR");
    const auditor = await seedUser(world, "AUDITOR");
    const script = await member.latchkey.keys.create({ name: "script" });
    const ofOwn = await seedAnomaly({ apiKeyId: own.id, clientId: mine.client.id });
    const ofForeign = await seedAnomaly({ apiKeyId: apiKey.id, clientId: client.id });
    const ofScript = await seedAnomaly({ apiKeyId: script.apiKey.id });
    const all = [ofScript, ofForeign, ofOwn];
    const seenBy = async (who: Pick<World, "latchkey">) =>
      (await listed({ first: 100 }, who)).map(({ id }) => id).filter((id) => all.includes(id));
    expect(await seenBy(world)).toEqual(all);
    expect(await seenBy(auditor)).toEqual(all);
    expect(await seenBy(operator)).toEqual([ofForeign, ofOwn]);
    expect(await seenBy(mine)).toEqual([ofOwn]);
    expect(await seenBy(member)).toEqual([ofScript]);
    expect((await listed({ filter: { apiKeyId: own.id } }, mine))[0]).toMatchObject({ apiKey: { name: "own" } });
    expect(refusalIn(await world.graphql("{ anomalies { totalCount } }", {}, null)).code).toBe("UNAUTHENTICATED");

    await expectKeptOut(world, acknowledge, { id: ofOwn }, ["AUDITOR"]);
    expect(refusalIn(await acknowledge({ id: ofOwn }, mine.token)).code).toBe("FORBIDDEN");
    expectNotFound(
      await acknowledge({ id: ABSENT }, member.token),
      await acknowledge({ id: ofOwn }, member.token),
      await acknowledge({ id: ofScript }, operator.token),
    );
    for (const [id, { token }] of [
      [ofScript, member],
      [ofForeign, operator],
    ] as const) {
      expect((await acknowledge({ id }, token)).data.acknowledgeAnomaly.acknowledgedAt).not.toBeNull();
    }
  });

  it("are refused where the question is wrong, with the field that is", async () => {
    expectInvalid(await acknowledge({ id: "7" }), "id");
    expectInvalid(await acknowledge({ id: ABSENT, note: "x".repeat(501) }), "note");
    expectInvalid(await acknowledge({ id: ABSENT, note: null }), "note");
    for (const [args, path] of [
      [`filter: { from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }`, "filter.until"],
      [`filter: { apiKeyId: "7" }`, "filter.apiKeyId"],
      [`filter: { clientId: "" }`, "filter.clientId"],
      [`search: "${"x".repeat(201)}"`, "search"],
      ["first: 101", "first"],
    ] as const) {
      expectInvalid(await world.graphql(`{ anomalies(${args}) { totalCount } }`), path);
    }
  });
});
