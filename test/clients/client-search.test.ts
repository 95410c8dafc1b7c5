import { after, before, describe, it } from "node:test";
import type { Client, ClientFilter } from "@latchkey/sdk";
import { expect } from "expect";
import type { DataSource } from "typeorm";
import { SYSTEM_ACTOR } from "../../api/access/actor.js";
import { selectClients } from "../../api/clients/list-clients.js";
import { createDataSource } from "../../api/database/data-source.js";
import { startWorld, type World } from "../support/world.js";
import { named, seedGroup } from "./seed-client.js";

const MANY = 5_000;

describe("the search for clients", () => {
  let world: World;
  let dataSource: DataSource;
  let shop: Client;
  let bank: Client;
  let regionId: string;
  let groupId: string;

  before(async () => {
    world = await startWorld();
    dataSource = await createDataSource(String(world.database.options.connectionString)).initialize();
    regionId = (await world.latchkey.regions.create({ code: "eu", name: "Europe" })).id;
    groupId = (await seedGroup(world, { name: "Ledger-Write", securityLevel: "B" })).id;
    const facts = { note: "seeded", applicationNumber: "APP-4711/x" } as const;
    shop = await world.latchkey.clients.create({
      ...facts,
      clientId: "w3bsh0p",
      name: "Storefront",
      displayName: "Köln 100%",
    });
    bank = await world.latchkey.clients.create({
      note: "seeded",
      clientId: "bank_1",
      name: "bank-one",
      displayName: "First Bank",
      securityLevel: "A",
      status: "DISABLED",
      audience: "INTERNAL",
      regionId,
      tags: ["partner", "pilot"],
      groupIds: [groupId],
    });
    await world.database.query(`insert into client_ids select 'bulk-' || i from generate_series(1, $1::int) i`, [MANY]);
    await world.database.query(
      `insert into clients (id, client_id, name, display_name, note, status, security_level, time_zone, priority,
         created_at, created_by, updated_at, application_number, tags)
       select gen_random_uuid(), 'bulk-' || i, 'bulk-name-' || i, 'Bulk ' || md5(i::text), 'seeded', 'ENABLED', 'C', 'UTC',
         5, now(), 'test', now(), 'N-' || i, array['bulk']
       from generate_series(1, $1::int) i`,
      [MANY],
    );
    await world.database.query(`vacuum analyze clients`);
  });

  after(async () => {
    await dataSource.destroy();
    await world.stop();
  });

  const find = async (search: string | null, filter?: ClientFilter) => {
    const page = await world.latchkey.clients.list({ search, ...(filter && { filter }) });
    expect(page.totalCount).toBe(page.nodes.length);
    return page.nodes.map(({ clientId }) => clientId);
  };

  it("finds client id, name, display name, application number and group name, in upper and lower case", async () => {
    for (const keyword of ["W3BSH0P", "3bsh", "STOREfront", "tore", "kÖLN", "100%", "app-4711", "4711/X"]) {
      expect([keyword, await find(keyword)]).toEqual([keyword, [shop.clientId]]);
    }
    for (const keyword of ["bank_", "BANK-ONE", "first b", "ledger-write", "LEDGER"]) {
      expect([keyword, await find(keyword)]).toEqual([keyword, [bank.clientId]]);
    }
  });

  it("takes wildcards as letters, and answers with an empty list where nothing is found", async () => {
    for (const keyword of [
      "nothing-like-this",
      "w3b%",
      "bank%",
      "_ank_1",
      "100%%",
      "\\",
      "'; drop table clients; --",
    ]) {
      expect([keyword, await find(keyword)]).toEqual([keyword, []]);
    }
  });

  it("filters by status, audience, security level, group, region and tag, all together with the keyword", async () => {
    const filters: ClientFilter[] = [
      { status: "DISABLED" },
      { audience: "INTERNAL" },
      { securityLevel: "A" },
      { groupId },
      { regionId },
      { tag: "partner" },
    ];
    for (const filter of filters) {
      expect([filter, await find(null, filter)]).toEqual([filter, [bank.clientId]]);
      expect(await find("first", filter)).toEqual([bank.clientId]);
      expect(await find("storefront", filter)).toEqual([]);
    }
    expect(await find(null, Object.assign({}, ...filters))).toEqual([bank.clientId]);
    expect(await find(null, { tag: "part" })).toEqual([]);
    expect(await find(null, { regionId: groupId })).toEqual([]);
  });

  it("shows every status unless one is asked for", async () => {
    const page = await world.latchkey.clients.list({ first: 1 });
    expect(page.totalCount).toBe(MANY + 2);
  });

  it("pages through what is found", async () => {
    const found: string[] = [];
    const query = {
      search: "bulk-name-49",
      first: 50,
      orderBy: { field: "CLIENT_ID" as const, direction: "ASC" as const },
    };
    for await (const { clientId } of world.latchkey.clients.all(query)) found.push(clientId);
    expect(found.length).toBe(111);
    expect(found).toEqual(found.toSorted());
  });

  it("lets a client find itself only", async () => {
    const password = "a pass phrase of its own";
    const self = await world.latchkey.clients.create(named({ password, passwordConfirmation: password }));
    const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;
    const { data } = await world.graphql(signIn, { input: { name: self.clientId, password } });
    const clients = `query ($search: String) { clients(search: $search) { totalCount edges { node { clientId } } } }`;
    const seen = async (search: string) => (await world.graphql(clients, { search }, data.signIn.token)).data.clients;
    expect(await seen("bank")).toEqual({ totalCount: 0, edges: [] });
    expect(await seen("client-")).toEqual({ totalCount: 1, edges: [{ node: { clientId: self.clientId } }] });
  });

  const call = { actor: SYSTEM_ACTOR, requestId: "test", transactionRef: null, address: null, now: new Date() };

  for (const keyword of ["bulk-name-4999", "c4ca4238a0", "N-4711", "ledger-write"]) {
    it(`looks for ${keyword} among ${MANY} clients by index`, async () => {
      const query = selectClients(dataSource, call, { search: keyword });
      const plan = await explain(...query.getQueryAndParameters());
      expect(plan).toMatch(/Bitmap Index Scan on clients_search\b/);
      expect(plan).not.toMatch(/Seq Scan on clients\b/);
    });
  }

  it("looks for a tag and a region by index", async () => {
    for (const [filter, index] of [
      [{ tag: "partner" }, "clients_tags"],
      [{ regionId }, "clients_region"],
    ] as const) {
      const query = selectClients(dataSource, call, { filter });
      expect(await explain(...query.getQueryAndParameters())).toMatch(new RegExp(`Scan (?:on|using) ${index}\\b`));
    }
  });

  async function explain(sql: string, parameters: unknown[]): Promise<string> {
    const { rows } = await world.database.query<{ "QUERY PLAN": string }>(`explain ${sql}`, parameters);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  }
});
