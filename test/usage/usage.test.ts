import { after, afterEach, before, describe, it } from "node:test";
import { SdkError, type UsageReport } from "@latchkey/sdk";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { dropOldUsage, foldUsage } from "../../api/usage/tend-usage.js";
import { refusalIn } from "../support/graphql.js";
import { untilRolledUp } from "../support/rolled-up.js";
import { seedApi, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { forgeSecret } from "../verification/forged-secret.js";
import { holdClock } from "../verification/held-clock.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TOPS = { topClients: true, topApiKeys: true, topApis: true, topCollections: true, topRegions: true } as const;

describe("usage", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  afterEach(async () => {
    world.moveClock(Date.now() - world.now().getTime());
    await world.latchkey.signIn(world.admin);
  });

  /** Until as many calls as that are counted in the minute. */
  const counted = (calls: number, minuteMs: number) =>
    until(`${calls} calls to be counted`, async () => {
      const { rows } = await world.database.query<{ calls: string }>(
        "select sum(calls) as calls from usage_minutes where minute = $1",
        [instant(minuteMs)],
      );
      return Number(rows[0]?.calls) === calls;
    });
  const rolledUp = () => untilRolledUp(async (sql) => (await world.database.query(sql)).rows[0]);

  /** What the scheduled job does, for a time of the test's own. */
  async function withDataSource(
    work: (dataSource: ReturnType<typeof createDataSource>) => Promise<void>,
  ): Promise<void> {
    const dataSource = await createDataSource(world.databaseUrl).initialize();
    try {
      await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  const instant = (ms: number): string => new Date(ms).toISOString();

  /** Ones with a call, with what was counted of each code. */
  const pointsOf = ({ series = [] }: UsageReport) =>
    series
      .filter(({ calls }) => calls > 0)
      .map(({ at, byCode }) => [at, Object.fromEntries(byCode.map(({ code, calls }) => [code, calls]))]);

  it("tells exactly the calls that were made, in every view, before and after they are folded", async () => {
    const { secret, apiKey, client, api, call } = await seedKey(world);
    const other = await world.latchkey.keys.create({
      clientId: client.id,
      name: unique("other"),
      expiresAt: "2099-12-31",
      groupIds: (await world.latchkey.clients.get({ id: client.id })).groups.map(({ id }) => id),
    });
    const second = await seedApi(world);
    // Begins shortly before an hour ends which ends a day.
    const start = (Math.floor(world.now().getTime() / DAY_MS) + 2) * DAY_MS - MINUTE_MS;
    const clock = holdClock(world, start);
    // The session is over by then.
    await world.latchkey.signIn(world.admin);
    const ask = (credential: string, path: string, times: number, groups: string[] = []) =>
      world.latchkey.verifyBatch(
        Array.from({ length: times }, () => ({ credential, api: { method: "GET", path }, groups })),
      );
    await ask(secret, call.path, 40);
    await ask(other.secret, call.path, 7);
    await ask(secret, call.path, 3, ["nobody's"]);
    clock.pass(MINUTE_MS);
    await ask(secret, call.path, 20);
    await ask(secret, (second.path as string).replace("{id}", "7"), 5);
    await counted(25, start + MINUTE_MS);

    const expected = {
      totals: {
        calls: 75,
        allowed: 67,
        refused: 8,
        byCode: [
          { code: "VALID", calls: 67 },
          { code: "GROUP_DENIED", calls: 8 },
        ],
      },
      topClients: [
        { dimension: "CLIENT", id: client.id, name: client.displayName, calls: 75, allowed: 67, refused: 8 },
      ],
      topApiKeys: [
        { id: apiKey.id, name: apiKey.name, calls: 68, allowed: 60, refused: 8 },
        { id: other.apiKey.id, name: other.apiKey.name, calls: 7, allowed: 7, refused: 0 },
      ],
      topApis: [
        { id: api.id, name: api.name, calls: 70, allowed: 67 },
        { id: second.id, name: second.name, calls: 5, allowed: 0 },
      ],
      topCollections: [
        { id: api.collectionId, calls: 70 },
        { id: second.collectionId, calls: 5 },
      ],
      topRegions: [{ calls: 70 }, { calls: 5 }],
    };
    const points = [
      [start, { VALID: 47, GROUP_DENIED: 3 }],
      [start + MINUTE_MS, { VALID: 20, GROUP_DENIED: 5 }],
    ] as const;
    const atStartOf = (ms: number) => points.map(([atMs, codes]) => [instant(Math.floor(atMs / ms) * ms), codes]);
    const filter = { clientId: client.clientId };
    const view = (step: "MINUTE" | "HOUR" | "DAY", extra = {}) =>
      world.latchkey.usage.read({
        input: {
          from: instant(start - HOUR_MS),
          until: instant(start + HOUR_MS),
          step,
          filter: { ...filter, ...extra },
        },
        ...TOPS,
      });
    async function expectAllViews(): Promise<void> {
      for (const [step, ms, length] of [
        ["MINUTE", MINUTE_MS, 120],
        ["HOUR", HOUR_MS, 3],
        ["DAY", DAY_MS, 2],
      ] as const) {
        const report = await view(step);
        expect(report).toMatchObject(expected);
        expect(report.series?.length).toBe(length);
        expect(report.series?.map(({ at }) => Date.parse(at) - Date.parse(report.from))).toEqual(
          Array.from({ length }, (_, index) => index * ms),
        );
        expect(pointsOf(report)).toEqual(atStartOf(ms));
      }
      const of = async (extra: object) => (await view("HOUR", extra)).totals.calls;
      expect(await of({ apiKeyId: other.apiKey.id })).toBe(7);
      expect(await of({ apiId: second.id })).toBe(5);
      expect(await of({ collectionId: api.collectionId, codes: ["GROUP_DENIED"] })).toBe(3);
      expect(await of({ codes: ["EXPIRED"] })).toBe(0);
    }
    await expectAllViews();
    await withDataSource(async (dataSource) => {
      await foldUsage(dataSource, new Date(start + MINUTE_MS + 15_000));
      await expectAllViews();
      await foldUsage(dataSource, new Date(start + 5 * MINUTE_MS));
      await foldUsage(dataSource, new Date(start + 5 * MINUTE_MS));
      await expectAllViews();
    });
    // One more of a minute that was folded.
    await world.database.query("select note_usage($1, $2, $3, $4, '{VALID}', '{10}')", [
      [instant(start)],
      [client.id],
      [apiKey.id],
      [api.id],
    ]);
    await rolledUp();
    for (const step of ["MINUTE", "HOUR", "DAY"] as const) expect((await view(step)).totals.allowed).toBe(77);

    // What was counted stays where it was.
    await world.latchkey.apis.delete({ id: api.id, confirm: true });
    for (const step of ["MINUTE", "HOUR", "DAY"] as const) {
      const report = await view(step, { apiId: api.id });
      expect(report.totals.calls).toBe(80);
      expect(report.topApis).toMatchObject([{ id: api.id, name: null, calls: 80 }]);
      expect(report.topCollections).toMatchObject([{ id: api.collectionId, calls: 80 }]);
    }
  });

  it("is counted once, whoever rolls up and folds at the same time", async () => {
    const { apiKey, client, api } = await seedKey(world);
    const from = Date.now() - 3 * DAY_MS;
    const fromMinute = from - (from % MINUTE_MS);
    const note = (index: number) =>
      world.database.query("select note_usage($1, $2, $3, $4, '{VALID}', '{1}')", [
        [instant(fromMinute + (index % 90) * MINUTE_MS)],
        [client.id],
        [apiKey.id],
        [api.id],
      ]);
    await world.database.query("update usage_folding set folded_until = $1", [instant(fromMinute)]);
    await withDataSource(async (dataSource) => {
      for (let index = 0; index < 90; index += 1) {
        await Promise.all([
          note(index),
          note(index + 45),
          dataSource.query("select roll_up_usage(2)"),
          dataSource.query("select roll_up_usage(2)"),
          dataSource.query("select fold_usage($1)", [instant(fromMinute + index * MINUTE_MS)]),
        ]);
      }
      await rolledUp();
      for (const [table, step] of [
        ["usage_minutes", "minute"],
        ["usage_hours", "hour"],
        ["usage_days", "day"],
      ]) {
        if (table !== "usage_minutes") await foldUsage(dataSource, new Date(fromMinute + 3 * HOUR_MS));
        const [row] = await dataSource.query(
          `select sum(calls)::int as calls, count(distinct ${step}) as steps from ${table} where api_key_id = $1`,
          [apiKey.id],
        );
        expect({ table, calls: row.calls }).toEqual({ table, calls: 180 });
      }
    });
  });

  it("is seen by each as far as its reach goes, and nothing tells what is foreign from what is absent", async () => {
    const mine = await seedSignedInClient(world);
    const { secret, apiKey, client: foreign, call, api, group } = await seedKey(world);
    const { secret: own } = await world.latchkey.keys.create({
      clientId: (await world.latchkey.clients.addGroups({ clientId: mine.client.id, groupIds: [group.id] })).id,
      name: "own",
      expiresAt: "2099-12-31",
      groupIds: [group.id],
    });
    const member = await seedUser(world, "MEMBER");
    const operator = await seedUser(world, "OPERATOR");
    const users = await member.latchkey.keys.create({ name: "script" });
    const start = (Math.floor(world.now().getTime() / HOUR_MS) + 2) * HOUR_MS;
    holdClock(world, start);
    const ask = (credential: string, times: number) =>
      world.latchkey.verifyBatch(Array.from({ length: times }, () => ({ credential, api: call })));
    await Promise.all([ask(own, 4), ask(secret, 9), ask(users.secret, 2), ask(forgeSecret(), 5)]);
    await counted(20, start);

    const input = { from: instant(start), until: instant(start + MINUTE_MS), step: "MINUTE" } as const;
    const seenBy = async ({ latchkey }: Pick<World, "latchkey">) =>
      latchkey.usage.read({ input, topApiKeys: true, topApis: true });
    const clients = await seenBy(mine);
    expect(clients.totals.calls).toBe(4);
    expect(clients.topApis).toMatchObject([{ id: api.id, name: api.name, calls: 4 }]);
    const members = await seenBy(member);
    expect(members.topApiKeys).toMatchObject([{ id: users.apiKey.id, name: "script", calls: 2 }]);
    expect((await seenBy(operator)).totals.calls).toBe(18);
    const all = await seenBy(world);
    expect(all.totals.calls).toBe(20);
    expect(all.topApiKeys?.map(({ id, calls }) => [id, calls])).toContainEqual([null, 5]);

    const absent = "01a2157e-7c43-7d94-935a-de8f5581fce9";
    const refusal = async (latchkey: World["latchkey"], filter: object) => {
      const error = await latchkey.usage.read({ input: { ...input, filter } }).catch((thrown: unknown) => thrown);
      if (!(error instanceof SdkError)) return undefined;
      return { code: error.code, fields: error.fields };
    };
    const nothing = (path: string) => ({
      code: "INVALID_INPUT",
      fields: [{ path, message: "there is no such thing" }],
    });
    for (const id of [foreign.id, foreign.clientId, absent, "absent"]) {
      expect(await refusal(mine.latchkey, { clientId: id })).toEqual(nothing("filter.clientId"));
      expect(await refusal(member.latchkey, { clientId: id })).toEqual(nothing("filter.clientId"));
    }
    for (const id of [apiKey.id, absent]) {
      expect(await refusal(mine.latchkey, { apiKeyId: id })).toEqual(nothing("filter.apiKeyId"));
    }
    expect(await refusal(operator.latchkey, { apiKeyId: users.apiKey.id })).toEqual(nothing("filter.apiKeyId"));
    for (const field of ["apiId", "collectionId", "regionId"]) {
      expect(await refusal(world.latchkey, { [field]: absent })).toEqual(nothing(`filter.${field}`));
    }
    expect(
      refusalIn(await world.graphql('{ usage(input: {from: "2026-01-01T00:00:00Z", step: DAY}) { step } }', {}, null))
        .code,
    ).toBe("UNAUTHENTICATED");
    const { secret: narrowed } = await world.latchkey.keys.create({ name: unique("narrow"), scopes: ["keys:read"] });
    const narrow = await world.graphql(
      "query ($input: UsageInput!) { usage(input: $input) { step } }",
      { input },
      narrowed,
    );
    expect(refusalIn(narrow).code).toBe("FORBIDDEN");
  });

  for (const [what, input, path] of [
    ["a range that ends before it begins", { from: "2026-02-01T00:00:00Z", until: "2026-01-31T00:00:00Z" }, "until"],
    ["an empty range", { from: "2026-02-01T00:00:00Z", until: "2026-02-01T00:00:00Z" }, "until"],
    ["a range of the future without an end", { from: "2096-02-01T00:00:00Z" }, "from"],
    ["a time before there were any", { from: "0001-02-01T00:00:00Z", until: "2026-02-01T00:00:00Z" }, "from"],
    [
      "more minutes than a day has",
      { from: "2026-02-01T00:00:00Z", until: "2026-02-02T00:01:00Z", step: "MINUTE" },
      "from",
    ],
    ["more hours than a month has", { from: "2026-01-01T00:00:00Z", until: "2026-02-01T01:00:00Z" }, "from"],
    [
      "more days than three years have",
      { from: "2020-01-01T00:00:00Z", until: "2024-01-01T01:00:00Z", step: "DAY" },
      "from",
    ],
    ["null for the end", { from: "2026-01-01T00:00:00Z", until: null }, "until"],
    ["an id that is none", { from: "2026-01-01T00:00:00Z", filter: { apiId: "7" } }, "filter.apiId"],
    [
      "no codes",
      { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", filter: { codes: [] } },
      "filter.codes",
    ],
  ] as const) {
    it(`is not told of ${what}`, async () => {
      const document = "query ($input: UsageInput!) { usage(input: $input) { totals { calls } } }";
      const answer = await world.graphql(document, { input: { step: "HOUR", ...input } });
      expect(refusalIn(answer)).toMatchObject({ code: "INVALID_INPUT", fields: [{ path }] });
    });
  }

  it("has a list of 1 to 100 at the top", async () => {
    for (const first of [0, 101, -1]) {
      const document = `{ usage(input: {from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", step: DAY}) { top(dimension: API, first: ${first}) { id } } }`;
      expect(refusalIn(await world.graphql(document))).toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ path: "first" }],
      });
    }
  });

  it("is kept by minute, hour and day for as long as each is wanted", async () => {
    const { apiKey, client, api } = await seedKey(world);
    const now = Date.now();
    const days = [1, 9, 500, 5_000];
    for (const age of days) {
      await world.database.query("select note_usage($1, $2, $3, $4, '{VALID}', '{1}')", [
        [instant(now - age * DAY_MS)],
        [client.id],
        [apiKey.id],
        [api.id],
      ]);
    }
    await rolledUp();
    await withDataSource(async (dataSource) => {
      await foldUsage(dataSource, new Date(now));
      await dropOldUsage(dataSource, { minutesDays: 8, hoursDays: 400, daysDays: 3_650 }, new Date(now));
      const left = async (table: string) =>
        Number((await dataSource.query(`select count(*) from ${table} where api_key_id = $1`, [apiKey.id]))[0].count);
      expect([await left("usage_minutes"), await left("usage_hours"), await left("usage_days")]).toEqual([1, 2, 3]);
    });
  });
});
