import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { after, before, describe, it } from "node:test";
import type { AuditRecord } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { addUser, signIn } from "../support/accounts.js";
import { seedClient, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const PATH = "/v1/audit/events.ndjson";
/** With four thousand bytes each, more than the network's buffers hold. */
const MANY = 10_000;

describe("the audit's export", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
    await seedKey(world);
  });

  after(() => world.stop());

  const exported = async (query: Parameters<World["latchkey"]["audit"]["export"]>[0] = {}) => {
    const records: AuditRecord[] = [];
    for await (const record of world.latchkey.audit.export(query)) records.push(record);
    return records;
  };

  const ask = (query: string, credential: string | null = world.token): Promise<Response> =>
    world.fetch(PATH + query, { headers: credential === null ? {} : { authorization: `Bearer ${credential}` } });

  it("has every event that was committed before it was asked for, one a line, in canonical JSON", async () => {
    const { id } = await seedClient(world);
    const answer = await ask("");
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    expect(text.endsWith("}\n")).toBe(true);
    const lines = text.trimEnd().split("\n");
    const last = JSON.parse(String(lines.at(-1))) as AuditRecord;
    expect(last).toMatchObject({ event: "client.created", targetId: id, number: lines.length });
    expect(Object.keys(last)).toEqual(Object.keys(last).sort());
    const { nodes } = await world.latchkey.audit.list({ filter: { targetId: id } });
    expect(last).toEqual(nodes[0]);
  });

  it("takes the filters of the list, and goes on after a number", async () => {
    const { id: actorId, name } = await addUser(world, "OPERATOR");
    await signIn(world, name);
    const client = await seedClient(world);
    const all = await exported();
    const [own] = all.filter((record) => record.actorId === actorId);
    const events = (records: readonly AuditRecord[]) => records.map(({ event }) => event);
    expect(await exported({ actorId })).toEqual([own]);
    expect(events(await exported({ targetId: client.id, event: "client.created" }))).toEqual(["client.created"]);
    expect(await exported({ requestId: own?.requestId })).toEqual([own]);
    expect(await exported({ search: name.toUpperCase(), event: "session.started" })).toEqual([own]);
    expect(await exported({ search: "%" })).toEqual([]);
    expect(await exported({ transactionRef: unique("none") })).toEqual([]);
    expect(await exported({ after: 10 })).toEqual(all.slice(10));
    expect(await exported({ after: 10, actorId })).toEqual([own]);
    expect(await exported({ after: own?.number, actorId })).toEqual([]);
    expect(await exported({ after: 1e12 })).toEqual([]);
    const from = String(own?.at);
    expect(await exported({ from })).toEqual(all.filter(({ at }) => at >= from));
    expect(await exported({ until: from })).toEqual(all.filter(({ at }) => at < from));
  });

  it("is for holders of audit:read alone, by session or by key", async () => {
    const auditor = await seedUser(world, "AUDITOR");
    const key = await auditor.latchkey.keys
      .create({ name: unique("key"), scopes: ["audit:read"] })
      .catch(() => undefined);
    const { secret } = key ?? (await world.latchkey.keys.create({ name: unique("key"), scopes: ["audit:read"] }));
    expect((await ask("", auditor.token)).status).toBe(200);
    expect((await world.fetch(PATH, { headers: { "x-api-key": secret } })).status).toBe(200);
    const narrowed = await world.latchkey.keys.create({ name: unique("key"), scopes: ["keys:read"] });
    const operator = await seedUser(world, "OPERATOR");
    const client = await seedSignedInClient(world);
    for (const credential of [narrowed.secret, operator.token, client.token]) {
      const refused = await ask("", credential);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: "FORBIDDEN", status: 403 });
    }
    for (const refused of [await ask("", null), await ask("", "lk_ss_nonsense")]) {
      expect(refused.status).toBe(401);
      expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="latchkey"');
      expect(refused.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    }
    await expect(operator.latchkey.audit.export().next()).rejects.toMatchObject({ code: "FORBIDDEN", status: 403 });
  });

  it("refuses bad parameters by their names", async () => {
    for (const [query, ...paths] of [
      ["?from=2027-02-01T00:00:00Z&until=2027-01-01T00:00:00Z", "until"],
      ["?actorId=x&targetId=7", "actorId", "targetId"],
      ["?from=yesterday", "from"],
      ["?event=", "event"],
      ["?event=a&event=b", "event"],
      ["?after=-1", "after"],
      [`?search=${"x".repeat(201)}`, "search"],
      ["?search=%00", "search"],
      ["?colour=red", "colour"],
      ["?toString=1", "toString"],
    ] as const) {
      const answer = await ask(query);
      const problem = (await answer.json()) as { code: string; errors: { path: string; message: string }[] };
      expect({
        query,
        status: answer.status,
        code: problem.code,
        paths: problem.errors.map(({ path }) => path),
      }).toEqual({
        query,
        status: 400,
        code: "INVALID_INPUT",
        paths,
      });
    }
    await expect(exported({ actorId: "x" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ path: "actorId" }],
    });
  });

  describe("of many events", () => {
    before(async () => {
      await world.database.query(
        `insert into audit_events (id, at, event, actor_kind, actor_id, actor_name, request_id, target_kind, target_id, after)
         select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '2024-06-01', 'test.happened', 'SYSTEM',
           '00000000-0000-0000-0000-000000000000', 'latchkey', n::text, 'Test', '00000000-0000-0000-0000-000000000000',
           jsonb_build_object('text', repeat('x', 4000))
         from generate_series(1, ${MANY}) n`,
      );
      await until("all links", async () => (await world.latchkey.audit.chain({ events: 1 })).waiting === 0);
    });

    /** How many windows of numbers the server reads meanwhile. */
    async function whileCounting(work: (count: () => number) => Promise<void>): Promise<void> {
      const query: (...args: never[]) => unknown = Reflect.get(pg.Client.prototype, "query");
      let count = 0;
      function counted(this: pg.Client, ...args: unknown[]): unknown {
        if (String(args[0]).includes('"link"."number" <=')) count++;
        return Reflect.apply(query, this, args);
      }
      Reflect.set(pg.Client.prototype, "query", counted);
      try {
        await work(() => count);
      } finally {
        Reflect.set(pg.Client.prototype, "query", query);
      }
    }

    /** Whether the server reads no further, and holds no connection. */
    async function rests(count: () => number): Promise<void> {
      let before = -1;
      let same = 0;
      await until("the export to rest", () => {
        same = count() === before ? same + 1 : 0;
        before = count();
        return same > 10;
      });
      const { rows } = await world.database.query(
        `select state, query from pg_stat_activity
         where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid() and query like '%audit_links%'`,
      );
      expect(rows).toEqual([]);
    }

    /** An answer that nobody reads yet. */
    async function open(url: string): Promise<IncomingMessage> {
      const request = get(url + PATH, { headers: { authorization: `Bearer ${world.token}` } });
      const [answer] = (await once(request, "response")) as [IncomingMessage];
      return answer;
    }

    /** Whether all of it came. */
    async function drain(answer: IncomingMessage): Promise<boolean> {
      answer.on("error", () => undefined);
      answer.resume();
      await new Promise((resolve) => answer.once("close", resolve));
      return answer.complete;
    }

    const windows = MANY / 500;

    it("is read no faster than its reader takes it, and comes whole", async () => {
      await whileCounting(async (count) => {
        const answer = await open(world.url);
        await rests(count);
        expect(count()).toBeLessThan(windows / 2);
        expect(await drain(answer)).toBe(true);
        expect(count()).toBeGreaterThanOrEqual(windows);
      });
    });

    it("leaves nothing open when its reader goes away", async () => {
      await whileCounting(async (count) => {
        for await (const { number } of world.latchkey.audit.export()) if (number === 3) break;
        await rests(count);
        expect(count()).toBeLessThan(windows / 2);
        const answer = await open(world.url);
        answer.destroy();
        await rests(count);
        expect(count()).toBeLessThan(windows);
        expect(world.log.join("\n")).not.toContain("export broken off");
      });
      const giving = new AbortController();
      const reading = world.latchkey.audit.export({}, { signal: giving.signal });
      await reading.next();
      giving.abort(new Error("enough"));
      await expect(
        (async () => {
          for await (const _ of reading);
        })(),
      ).rejects.toThrow("enough");
    });

    it("is seen to be incomplete when it fails midway", async () => {
      const answer = await open(world.url);
      const reading = world.latchkey.audit.export();
      await reading.next();
      await world.database.query("alter table audit_links rename to lost_links");
      try {
        expect(await drain(answer)).toBe(false);
        await expect(
          (async () => {
            for await (const _ of reading);
          })(),
        ).rejects.toMatchObject({ code: "NETWORK" });
      } finally {
        await world.database.query("alter table lost_links rename to audit_links");
      }
      expect(world.log.join("\n")).toContain("export broken off");
    });

    it("does not keep a server from stopping, and is seen to be incomplete then", async () => {
      const node = await joinWorld(world);
      const answer = await open(node.url);
      await node.stop();
      expect(await drain(answer)).toBe(false);
    });
  });
});
