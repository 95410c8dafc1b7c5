import { after, before, describe, it } from "node:test";
import { type AuditRecord, verifyAuditChain } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { type ChainedEvent, hashOf } from "../../api/audit/chained-event.js";
import { verifyChain } from "../../api/audit/verify-chain.js";
import { type Random, randomOf } from "../support/random.js";
import { seedCollection, seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

const MINUTE = 60_000;

type Records = AuditRecord[];

describe("the audit's chain", () => {
  let world: World;
  let owner: pg.Client;
  let records: Records;

  before(async () => {
    world = await startWorld();
    for (let each = 0; each < 8; each++) await seedKey(world);
    records = await exported();
    owner = new pg.Client(world.databaseUrl);
    await owner.connect();
  });

  after(async () => {
    await owner.end();
    await world.stop();
  });

  const exported = async (): Promise<Records> => {
    const all: Records = [];
    for await (const record of world.latchkey.audit.export()) all.push(record);
    return all;
  };

  /** Does in SQL what the database refuses to everybody who has not switched its protection off, and takes it back. */
  async function tamper(statements: readonly string[], look: () => Promise<void>): Promise<void> {
    const tables = ["audit_events", "audit_links", "audit_checkpoints", "audit_pending"];
    const run = (...texts: string[]) =>
      owner.query(["begin", "set local session_replication_role = replica", ...texts, "commit"].join(";"));
    await run(...tables.map((table) => `create table kept_${table} as table ${table}`));
    try {
      await run(...statements);
      await look();
    } finally {
      await run(
        ...tables.flatMap((table) => [
          `delete from ${table}`,
          `insert into ${table} overriding system value table kept_${table}`,
          `drop table kept_${table}`,
        ]),
      );
    }
  }

  /** A checkpoint at the very end of the chain. */
  const checkpointed = () =>
    until("a checkpoint", async () => {
      world.moveClock(MINUTE);
      const { checkpoint, verifiedTo, waiting } = await world.latchkey.audit.verify();
      return waiting === 0 && checkpoint?.number === verifiedTo.number ? checkpoint : undefined;
    });

  it("holds every event, numbered without a gap, and each can be computed anew from the export alone", async () => {
    expect(records.map(({ number }) => number)).toEqual(records.map((_, index) => index + 1));
    const { rows } = await world.database.query<{ id: string }>("select id from audit_events");
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
    expect(records.every((record) => hashOf(record as ChainedEvent) === record.hash)).toBe(true);
    expect(await verifyAuditChain(records)).toMatchObject({ firstBreak: null });
    expect(verifyChain(records as ChainedEvent[])).toBeUndefined();
    expect(await world.latchkey.audit.verify()).toMatchObject({ valid: true, complete: true, firstBreak: null });
  });

  it("gives a change its place within a second, and shows it with the event", async () => {
    const { id } = await seedCollection(world.latchkey);
    const event = await until("the link", async () => {
      const { nodes } = await world.latchkey.audit.list({ filter: { targetId: id } });
      return nodes[0]?.number == null ? undefined : nodes[0];
    });
    const linked = (await exported()).find((record) => record.id === event.id);
    const { number, hash, previousHash } = event;
    expect({ number, hash, previousHash }).toEqual({
      number: linked?.number,
      hash: linked?.hash,
      previousHash: linked?.previousHash,
    });
  });

  it("finds a thousand random edits, deletions, swaps, cuts and rewritings of a dump", async () => {
    const random = randomOf();
    const dumped = records.slice(0, 40);
    const end = dumped.at(-1) as AuditRecord;
    const known = [{ number: end.number, hash: end.hash }];
    for (let each = 0; each < 1_000; each++) {
      const { done, dump } = spoil(random, dumped);
      const found = verifyChain(dump as ChainedEvent[], { known });
      expect({ seed: random.seed, each, done, found: found !== undefined }).toMatchObject({ found: true });
      if (each % 10 > 0) continue;
      // The one that integrators have says the same.
      const { firstBreak } = await verifyAuditChain(dump, { known });
      expect({ done, number: firstBreak?.number, eventId: firstBreak?.eventId }).toEqual({
        done,
        number: found?.number,
        eventId: found?.eventId,
      });
    }
  });

  it("finds what was done in SQL, and names the first broken link", async () => {
    const random = randomOf();
    const verify = () => world.latchkey.audit.verify();
    await checkpointed();
    const columns = ["actor_name", "event", "reason", "address", "request_id", "target_kind", "actor_role"];
    for (let each = 0; each < 24; each++) {
      const { number, id } = random.pick(records.slice(0, -1));
      const other = random.pick(records.filter((record) => record.number > number));
      const column = random.pick(columns);
      const ways: [string, string, string][] = [
        ["EVENT_CHANGED", id, `update audit_events set ${column} = coalesce(${column}, '') || '!' where id = '${id}'`],
        ["EVENT_CHANGED", id, `update audit_events set after = '{"forged": ${each}}' where id = '${id}'`],
        ["EVENT_MISSING", id, `delete from audit_events where id = '${id}'`],
        [
          "EVENT_CHANGED",
          other.id,
          `update audit_links set event_id = '${FORGED}' where number = ${number};
           update audit_links set event_id = '${id}' where number = ${other.number};
           update audit_links set event_id = '${other.id}' where number = ${number}`,
        ],
      ];
      const [problem, eventId, statement] = ways[each % ways.length] as (typeof ways)[number];
      await tamper([statement], async () => {
        const { valid, firstBreak } = await verify();
        expect({ seed: random.seed, statement, valid, ...firstBreak }).toMatchObject({
          valid: false,
          problem,
          number,
          eventId,
        });
      });
    }
    const hidden = records[7] as AuditRecord;
    await tamper([`delete from audit_links where number = ${hidden.number}`], async () => {
      expect((await verify()).firstBreak).toMatchObject({ problem: "LINK_MISSING", number: hidden.number + 1 });
    });
    await tamper(
      [
        `insert into audit_events select (jsonb_populate_record(e, '{"id": "${FORGED}"}')).* from audit_events e limit 1`,
      ],
      async () => {
        expect((await verify()).firstBreak).toMatchObject({ problem: "LINK_MISSING", number: null, eventId: FORGED });
      },
    );
    expect(await verify()).toMatchObject({ valid: true, complete: true });
  });

  it("finds a chain that was written anew, by its checkpoints, which nobody can sign without the key ring", async () => {
    const checkpoint = await checkpointed();
    const dump = (await exported()).filter(({ number }) => number <= checkpoint.number);
    const forged = rewrite(dump, 3, (record) => ({ ...record, actorName: "nobody" }));
    const links = forged.map(
      ({ number, hash, previousHash }) =>
        `update audit_links set hash = decode('${hash}', 'hex'), previous_hash = decode('${previousHash}', 'hex')
         where number = ${number}`,
    );
    const changed = [`update audit_events set actor_name = 'nobody' where id = '${forged[3]?.id}'`, ...links];
    await tamper([...changed, `delete from audit_links where number > ${checkpoint.number}`], async () => {
      expect((await world.latchkey.audit.verify()).firstBreak).toMatchObject({ problem: "CHECKPOINT_DIFFERS" });
    });
    const head = forged.at(-1) as AuditRecord;
    const followed = `update audit_checkpoints set hash = decode('${head.hash}', 'hex') where number = ${head.number}`;
    await tamper([...changed, followed], async () => {
      expect((await world.latchkey.audit.verify()).firstBreak).toMatchObject({ problem: "CHECKPOINT_FORGED" });
    });
  });

  it("needs the newest checkpoint to be signed by a version of the ring, which answers for older ones", async () => {
    await checkpointed();
    await seedCollection(world.latchkey);
    const { number } = await checkpointed();
    const lost = (which: string) => `update audit_checkpoints set key_version = 99 where number ${which} ${number}`;
    await tamper([lost("<")], async () => {
      expect(await world.latchkey.audit.verify()).toMatchObject({ valid: true, complete: true });
    });
    await tamper([lost("=")], async () => {
      expect((await world.latchkey.audit.verify()).firstBreak).toMatchObject({ problem: "CHECKPOINT_FORGED" });
    });
  });

  it("tells by a kept checkpoint that the end was cut off together with its checkpoints, and each is in the log", async () => {
    const kept = await checkpointed();
    expect(world.log.join("\n")).toContain(`"number":${kept.number},"hash":"${kept.hash}"`);
    const { number } = kept;
    const cut = [
      "events where id in (select event_id from audit_links where number",
      "links where (number",
      "checkpoints where (number",
    ];
    await tamper(
      [...cut.map((rest) => `delete from audit_${rest} > ${number - 5})`), "delete from audit_pending"],
      async () => {
        expect(await world.latchkey.audit.verify()).toMatchObject({ valid: true, complete: true });
        expect((await world.latchkey.audit.verify({ known: [kept] })).firstBreak).toMatchObject({
          problem: "CUT_OFF",
          number: number - 4,
        });
        const after = { number, hash: kept.hash };
        expect((await world.latchkey.audit.verify({ after, known: [kept] })).firstBreak).toMatchObject({ number });
      },
    );
    expect(await world.latchkey.audit.verify({ known: [kept] })).toMatchObject({ valid: true, firstBreak: null });
  });

  it("goes on in parts, and from a checkpoint on where what was before it has been taken away", async () => {
    const kept = await checkpointed();
    const first = await world.latchkey.audit.chain({ events: 10 });
    expect(first).toMatchObject({ valid: true, complete: false, verified: 10, verifiedTo: { number: 10 } });
    const second = await world.latchkey.audit.chain({ events: 7, after: first.verifiedTo });
    expect(second).toMatchObject({ valid: true, verified: 7, verifiedTo: { number: 17 } });
    const { number, hash } = kept;
    await seedCollection(world.latchkey);
    await exported();
    const old = `delete from audit_events where id in (select event_id from audit_links where number <= ${number})`;
    await tamper([old, `delete from audit_links where number <= ${number}`], async () => {
      expect((await world.latchkey.audit.verify()).firstBreak).toMatchObject({
        problem: "LINK_MISSING",
        number: number + 1,
      });
      expect(await world.latchkey.audit.verify({ after: { number, hash } })).toMatchObject({
        valid: true,
        complete: true,
      });
    });
  });

  it("stays one chain, without a gap, when nodes link at once and changes commit late or not at all", async () => {
    const insert = (id: string) =>
      `insert into audit_events select (jsonb_populate_record(e, '{"id": "${id}"}')).* from audit_events e limit 1`;
    const numberOf = async (id: string) => (await exported()).find((record) => record.id === id)?.number;
    const node = await joinWorld(world);
    const [late, lost] = [new pg.Client(world.databaseUrl), new pg.Client(world.databaseUrl)];
    try {
      await Promise.all([late.connect(), lost.connect()]);
      await late.query(`begin; ${insert(FORGED)}`);
      await lost.query(`begin; ${insert(LOST)}`);
      for (let each = 0; each < 5; each++) await Promise.all([world, node].map((one) => seedCollection(one.latchkey)));
      expect(await numberOf(FORGED)).toBeUndefined();
      await lost.query("rollback");
      await late.query("commit");
      const all = await exported();
      expect(await numberOf(FORGED)).toBe(all.length);
      expect(await verifyAuditChain(all)).toMatchObject({ firstBreak: null });
      const { rows } = await world.database.query("select count(*)::integer as events from audit_events");
      expect(all.length).toBe(rows[0].events);
    } finally {
      await Promise.all([late.end(), lost.end()]);
      await node.stop();
    }
  });

  it("refuses bad arguments by their names", async () => {
    const hash = "0".repeat(64);
    for (const [query, path] of [
      [{ after: { number: -1, hash } }, "after.number"],
      [{ after: { number: 1, hash: "00" } }, "after.hash"],
      [{ known: [{ number: 1, hash: "x".repeat(64) }] }, "known.0.hash"],
      [{ events: 0 }, "events"],
      [{ events: 50_001 }, "events"],
    ] as const) {
      await expect(world.latchkey.audit.chain(query)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ path }],
      });
    }
  });
});

const FORGED = "01a00000-0000-7000-8000-000000000000";
const LOST = "01a00000-0000-7000-8000-000000000001";

/** What somebody could do to a dump. Every way leaves something else than there was. */
function spoil(random: Random, records: Records): { done: string; dump: Records } {
  const dump = records.map((each) => ({ ...each }));
  const at = random.below(dump.length - 1);
  const record = dump[at] as { -readonly [Key in keyof AuditRecord]: AuditRecord[Key] };
  const way = random.below(6);
  switch (way) {
    case 0: {
      const field = random.pick(["actorName", "event", "requestId", "at", "targetId", "hash", "previousHash"] as const);
      const text = record[field];
      const index = random.below(text.length);
      record[field] = `${text.slice(0, index)}${text[index] === "7" ? "8" : "7"}${text.slice(index + 1)}`;
      return { done: `${field} of ${at} edited`, dump };
    }
    case 1: {
      const side = random.pick(["before", "after"] as const);
      record[side] = random.below(2) > 0 || record[side] === null ? { forged: at } : null;
      return { done: `${side} of ${at} edited`, dump };
    }
    case 2:
      dump.splice(at, 1 + random.below(3));
      return { done: `${at} deleted`, dump };
    case 3: {
      const other = at + 1 + random.below(dump.length - at - 1);
      dump[at] = dump[other] as AuditRecord;
      dump[other] = record;
      if (random.below(2) > 0) {
        dump[at] = { ...(dump[at] as AuditRecord), number: at + 1 };
        dump[other] = { ...record, number: other + 1 };
      }
      return { done: `${at} and ${other} swapped`, dump };
    }
    case 4:
      dump.splice(at + 1);
      return { done: `cut off after ${at}`, dump };
    default: {
      const actorName = `${record.actorName}!`;
      return { done: `written anew from ${at}`, dump: rewrite(dump, at, (each) => ({ ...each, actorName })) };
    }
  }
}

/** Changes one record and computes everything after it anew, as whoever can write to the database could. */
function rewrite(dump: Records, at: number, change: (record: AuditRecord) => AuditRecord): Records {
  let previousHash = dump[0]?.previousHash ?? "";
  return dump.map((record, index) => {
    const changed = { ...(index === at ? change(record) : record), previousHash };
    previousHash = hashOf(changed as ChainedEvent);
    return { ...changed, hash: previousHash };
  });
}
