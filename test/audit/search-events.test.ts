import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { addUser, signIn } from "../support/accounts.js";
import { expectInvalid } from "../support/mutations.js";
import { FAR, seedClient, seedCollection, seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

type Filter = NonNullable<NonNullable<Parameters<Latchkey["audit"]["list"]>[0]>["filter"]>;

const EVENTS =
  "query ($filter: AuditEventFilter, $search: String) { auditEvents(filter: $filter, search: $search) { totalCount edges { node { id event } } } }";

describe("audit events", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const found = async (filter: Filter, search?: string): Promise<string[]> =>
    (await world.latchkey.audit.list({ first: 100, filter, ...(search !== undefined && { search }) })).nodes.map(
      ({ event, targetId }) => `${event} ${targetId}`,
    );

  it("are found by actor, target, kind, request id and reference, and by all of them together", async () => {
    const { id: actorId, name } = await addUser(world, "OPERATOR");
    const operator = new Latchkey({ url: world.url, credential: await signIn(world, name) });
    const transactionRef = unique("CHG");
    const region = await operator.regions.create({ code: unique("r"), name: "Region" }, { transactionRef });
    await operator.regions.update({ id: region.id, name: "Other" });
    const created = `region.created ${region.id}`;
    const updated = `region.updated ${region.id}`;
    expect((await found({ actorId })).slice(0, 2)).toEqual([updated, created]);
    expect(await found({ targetId: region.id })).toEqual([updated, created]);
    expect(await found({ actorId, event: "region.created" })).toEqual([created]);
    expect(await found({ transactionRef })).toEqual([created]);
    const [event] = (await world.latchkey.audit.list({ filter: { transactionRef } })).nodes;
    const requestId = String(event?.requestId);
    expect(await found({ requestId })).toEqual([created]);
    expect(await found({ actorId, targetId: region.id, event: "region.created", requestId, transactionRef })).toEqual([
      created,
    ]);
    expect(await found({ actorId, event: "region.deleted" })).toEqual([]);
    expect(event).toMatchObject({ actorName: name, actorRole: "OPERATOR", address: "127.0.0.1", transactionRef });
  });

  it("are counted: all of them, and those that are found", async () => {
    await seedClient(world);
    const counted = async (sql: string) => (await world.database.query(sql)).rows[0].events;
    const all = await world.latchkey.audit.list({ first: 1 });
    expect(all.totalCount).toBe(await counted("select count(*)::integer as events from audit_events"));
    const made = await world.latchkey.audit.list({ first: 1, filter: { event: "client.created" } });
    const clients = "select count(*)::integer as events from audit_events where event = 'client.created'";
    expect(made.totalCount).toBe(await counted(clients));
  });

  it("are found by any part of actor name, kind, target, reason, request id and reference, in any case", async () => {
    const { apiKey } = await seedKey(world);
    const reason = unique("Found on a Bench");
    await world.latchkey.keys.revoke({ id: apiKey.id, reason });
    const revoked = `apiKey.revoked ${apiKey.id}`;
    for (const search of [reason.slice(4).toUpperCase(), ` ${reason} `]) {
      expect(await found({}, search)).toEqual([revoked]);
    }
    for (const search of ["ADMIN", "key.revoked", "apikey"]) {
      expect(await found({ targetId: apiKey.id }, search)).toContain(revoked);
    }
    const [event] = (await world.latchkey.audit.list({ search: reason })).nodes;
    expect(await found({}, event?.requestId)).toEqual([revoked]);
  });

  it("are searched for wildcards as they are written", async () => {
    const { apiKey } = await seedKey(world);
    const reason = `100%_sure\\${unique("yes")}`;
    await world.latchkey.keys.revoke({ id: apiKey.id, reason });
    const revoked = [`apiKey.revoked ${apiKey.id}`];
    for (const search of ["100%_sure\\", "%_", reason]) expect(await found({}, search)).toEqual(revoked);
    for (const search of ["100_%", "%sure%", "a%n", "__", "\\\\"]) expect(await found({}, search)).toEqual([]);
  });

  it("are found by time: from an instant on, and before another", async () => {
    const ids: string[] = [];
    const times: Date[] = [];
    for (let each = 0; each < 4; each++) {
      world.moveClock(60_000);
      ids.push((await seedClient(world)).id);
      const [event] = (await world.latchkey.audit.list({ filter: { targetId: String(ids.at(-1)) } })).nodes;
      times.push(new Date(String(event?.at)));
    }
    const within = async (from?: Date, until?: Date): Promise<number[]> => {
      const range = { ...(from && { from: from.toISOString() }), ...(until && { until: until.toISOString() }) };
      const events = await found({ ...range, event: "client.created" });
      return ids.flatMap((id, index) => (events.includes(`client.created ${id}`) ? [index] : []));
    };
    const [, second, third] = times as [Date, Date, Date];
    expect(await within(second)).toEqual([1, 2, 3]);
    expect(await within(undefined, third)).toEqual([0, 1]);
    expect(await within(second, third)).toEqual([1]);
    expect(await within(new Date(second.getTime() + 1), third)).toEqual([]);
    expect(await within(new Date(0), new Date("9999-12-31T23:59:59.999Z"))).toEqual([0, 1, 2, 3]);
  });

  it("are paged without a gap while others are written, forwards and backwards", async () => {
    const { id } = await seedClient(world);
    for (let each = 0; each < 7; each++) await world.latchkey.clients.update({ id, note: `note ${each}` });
    const filter = { targetId: id };
    const all = (await world.latchkey.audit.list({ first: 100, filter })).nodes.map((event) => event.id);
    expect(all.length).toBe(8);
    const forwards: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<Latchkey["audit"]["list"]>> = await world.latchkey.audit.list({
        first: 3,
        after: cursor,
        filter,
      });
      forwards.push(...page.nodes.map((event) => event.id));
      cursor = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
      await world.latchkey.clients.update({ id, note: unique("meanwhile") });
    }
    expect(forwards).toEqual(all);
    const last = await world.latchkey.audit.list({ last: 2, filter });
    expect(last.nodes.map((event) => event.id)).toEqual(all.slice(-2));
  });

  it("are refused with a reversed or empty range, a bad id or a long text, by the field's name", async () => {
    const [from, until] = ["2027-02-01T00:00:00Z", "2027-01-01T00:00:00Z"];
    for (const [filter, path] of [
      [{ from, until }, "filter.until"],
      [{ from, until: from }, "filter.until"],
      [{ actorId: "x" }, "filter.actorId"],
      [{ targetId: "x" }, "filter.targetId"],
      [{ event: "" }, "filter.event"],
      [{ requestId: "x".repeat(129) }, "filter.requestId"],
      [{ transactionRef: "" }, "filter.transactionRef"],
    ] as const) {
      expectInvalid(await world.graphql(EVENTS, { filter }), path);
    }
    expectInvalid(await world.graphql(EVENTS, { search: "x".repeat(201) }), "search");
    expect((await world.graphql(EVENTS, { filter: { from: FAR } })).errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("answer an empty list when nothing is found", async () => {
    await seedCollection(world.latchkey);
    const { data } = await world.graphql(EVENTS, { search: unique("nobody") });
    expect(data.auditEvents).toEqual({ totalCount: 0, edges: [] });
  });
});
