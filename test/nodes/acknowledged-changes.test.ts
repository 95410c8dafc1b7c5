import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { killLeftovers, type LatchkeyProcess, runLatchkey } from "../process/latchkey-process.js";
import { unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { hammer, verdictOf } from "../support/verdicts.js";
import { startWorld, type World } from "../support/world.js";
import {
  type Holder,
  MUTATIONS,
  type RightTaking,
  type RightTakingStatement,
  STATEMENTS,
  seedHolder,
  subjectOf,
} from "./right-taking.js";

/** 6.7, of changes that no node was asked for. */
const BINDS_WITHIN_MS = 1_000;
const ASKED_AFTERWARDS = 12;

describe("a change that takes a right", () => {
  let world: World;
  let process: LatchkeyProcess;
  let other: { readonly url: string };

  before(async () => {
    world = await startWorld();
    process = runLatchkey({ DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir });
    other = { url: await process.url() };
  });

  after(async () => {
    await process.stop();
    killLeftovers();
    await world.stop();
  });

  /** Asks the other node all the time, and nothing that is asked after the change has returned may be allowed. */
  async function expectRefusedFromThenOn(holder: Holder, code: string, change: () => Promise<unknown>): Promise<void> {
    const codeNow = async () => (await verdictOf(other, holder.request)).code;
    await until("the call to be allowed", async () => (await codeNow()) === "VALID");
    const hammering = hammer(codeNow);
    try {
      await change();
      const returnedAtMs = performance.now();
      const refused = () => hammering.codes.get(code) ?? 0;
      const before = refused();
      await until(`refusals as ${code}`, () => refused() > before + ASKED_AFTERWARDS);
      await hammering.stop();
      expect(hammering.lastAllowedMs - returnedAtMs).toBeLessThan(0);
      expect([...hammering.codes.keys()].sort()).toEqual([code, "VALID"].sort());
    } finally {
      await hammering.stop();
    }
  }

  async function expectMutationBinds({ give, take, code }: RightTaking, seeded?: Holder): Promise<void> {
    const holder = seeded ?? (await seedHolder(world, give));
    await expectRefusedFromThenOn(holder, code, () => take(world, holder));
  }

  for (const mutation of MUTATIONS) {
    it(`binds the other node when the mutation has returned: ${mutation.name}`, () => expectMutationBinds(mutation));
  }

  it("binds the other node when the mutation has returned: a gateway key is revoked", async () => {
    const outside = runLatchkey({
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.dataDir,
      VERIFY_NETWORKS: "10.0.0.0/8",
    });
    try {
      const url = await outside.url();
      const { gatewayKey, secret } = await world.latchkey.gatewayKeys.create({ name: unique("gateway") });
      const ask = async () => {
        const headers = { "x-latchkey-gateway-key": secret };
        const { status } = await fetch(`${url}/v1/authorize`, { headers });
        return status === 403 ? "FORBIDDEN" : "VALID";
      };
      await until("the gateway to be let in", async () => (await ask()) === "VALID");
      const hammering = hammer(ask);
      await world.latchkey.gatewayKeys.revoke({ id: gatewayKey.id });
      const returnedAtMs = performance.now();
      const refused = () => hammering.codes.get("FORBIDDEN") ?? 0;
      const before = refused();
      await until("refusals", () => refused() > before + ASKED_AFTERWARDS);
      await hammering.stop();
      expect(hammering.lastAllowedMs - returnedAtMs).toBeLessThan(0);
    } finally {
      await outside.stop();
    }
  });

  async function expectStatementBinds({ sql, of, code, give }: RightTakingStatement, seeded?: Holder): Promise<void> {
    const holder = seeded ?? (await seedHolder(world, give));
    const subjectId = await subjectOf(world, holder, of);
    const nodes = [world, other];
    const ask = (node: { readonly url: string }) => async () => (await verdictOf(node, holder.request)).code;
    for (const node of nodes) await until("the call to be allowed", async () => (await ask(node)()) === "VALID");
    const hammerings = nodes.map((node) => hammer(ask(node), 2));
    try {
      await world.database.query(sql, [subjectId]);
      const changedAtMs = performance.now();
      for (const { codes } of hammerings) await until(`refusals as ${code}`, () => (codes.get(code) ?? 0) > 5);
      for (const hammering of hammerings) {
        await hammering.stop();
        expect(hammering.lastAllowedMs - changedAtMs).toBeLessThan(BINDS_WITHIN_MS);
        expect([...hammering.codes.keys()].sort()).toEqual([code, "VALID"].sort());
      }
    } finally {
      for (const hammering of hammerings) await hammering.stop();
    }
  }

  for (const statement of STATEMENTS) {
    const [change] = statement.sql.replace(/\s+/g, " ").split(" where ");
    it(`binds all nodes within a second, written past them: ${change}`, () => expectStatementBinds(statement));
  }

  it("gives a right as soon as it takes one", async () => {
    const { apiKey, request } = await seedHolder(world);
    for (let round = 0; round < 5; round++) {
      await world.latchkey.keys.disable(apiKey.id);
      expect((await verdictOf(other, request)).code).toBe("DISABLED");
      await world.latchkey.keys.enable(apiKey.id);
      expect((await verdictOf(other, request)).code).toBe("VALID");
    }
  });

  describe("while no node is woken by notifications", () => {
    const mutations = MUTATIONS.filter(({ code }) => ["REVOKED", "OWNER_LOCKED", "API_UNKNOWN"].includes(code));
    const statements = STATEMENTS.filter(({ sql }) => sql.startsWith("delete"));
    const holders = new Map<object, Holder>();

    before(async () => {
      for (const mutation of mutations) holders.set(mutation, await seedHolder(world, mutation.give));
      for (const statement of statements) holders.set(statement, await seedHolder(world, statement.give));
      await world.database.query(`
        create or replace function announce_change(kind text, ids uuid[]) returns void language plpgsql as $$
        begin
          insert into credential_changes (kind, ids) values (kind, ids);
        end $$`);
    });

    for (const mutation of mutations) {
      it(`binds the other node when the mutation has returned: ${mutation.name}`, () =>
        expectMutationBinds(mutation, holders.get(mutation)));
    }

    for (const statement of statements) {
      it(`binds all nodes within a second, written past them: ${statement.sql}`, () =>
        expectStatementBinds(statement, holders.get(statement)));
    }
  });
});
