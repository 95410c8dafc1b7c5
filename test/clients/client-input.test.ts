import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";
import { named } from "./seed-client.js";

const CREATE = `mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }`;
const UPDATE = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) { id } }`;
const DELETE = `mutation ($input: DeleteClientInput!) { deleteClient(input: $input) { id } }`;

const mondays = (opens: string, closes: string, days = ["MONDAY"]) => ({ days, opens, closes });
const during = (...windows: object[]) => ({ serviceTime: { timeZone: "Europe/Berlin", windows } });
const boundTo = (...matches: string[]) => ({
  hostBindings: matches.map((match, index) => ({ name: `binding ${index}`, match })),
});
const ABSENT = "0193f1a2-0000-7000-8000-000000000000";
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `ops${index}@example.com`);
const [first, second, third, ...others] = addresses(10);

/** What is refused, with the fields that are named. */
const REFUSED: readonly (readonly [string, object, readonly string[]])[] = [
  [
    "overlapping windows",
    during(mondays("08:00", "12:00"), mondays("11:59", "13:00")),
    ["serviceTime.windows.1.opens"],
  ],
  [
    "an overnight window that reaches into the next day's",
    during(mondays("22:00", "02:00"), mondays("01:59", "03:00", ["TUESDAY"])),
    ["serviceTime.windows.1.opens"],
  ],
  [
    "windows that overlap across the week's edge",
    during(mondays("00:00", "06:00"), mondays("09:00", "10:00"), mondays("22:00", "00:01", ["SUNDAY"])),
    ["serviceTime.windows.2.opens"],
  ],
  [
    "the same window twice",
    during(mondays("08:00", "12:00"), mondays("08:00", "12:00")),
    ["serviceTime.windows.1.opens"],
  ],
  ["an empty window", during(mondays("08:00", "12:00"), mondays("13:00", "13:00")), ["serviceTime.windows.1.closes"]],
  ["a service time without a window", during(), ["serviceTime.windows"]],
  ["a window without a day", during(mondays("08:00", "12:00", [])), ["serviceTime.windows.0.days"]],
  ["a day twice in a window", during(mondays("08:00", "12:00", ["MONDAY", "MONDAY"])), ["serviceTime.windows.0.days"]],
  ["a day that is none", during(mondays("08:00", "12:00", ["MON"])), ["serviceTime.windows.0.days.0"]],
  ["51 windows", during(...Array.from({ length: 51 }, () => mondays("08:00", "12:00"))), ["serviceTime.windows"]],
  ...["8:00", "24:00", "25:00", "12:60", "noon", "12:00:00", " 12:00", "", "٠٨:٠٠"].map(
    (time) =>
      [
        `the opening time "${time}"`,
        during(mondays("01:00", "02:00"), mondays(time, "23:00")),
        ["serviceTime.windows.1.opens"],
      ] as const,
  ),
  ...["24:01", "2:00", "x"].map(
    (time) => [`the closing time "${time}"`, during(mondays("01:00", time)), ["serviceTime.windows.0.closes"]] as const,
  ),
  ...["Mars/Olympus", "+02:00", "Europe", "../etc/passwd"].map(
    (timeZone) =>
      [
        `the zone ${timeZone}`,
        { serviceTime: { timeZone, windows: [mondays("08:00", "12:00")] } },
        ["serviceTime.timeZone"],
      ] as const,
  ),
  ["an unknown zone of the client", { timeZone: "Nowhere/City" }, ["timeZone"]],
  ...[
    "10.0.0.1/8",
    "2001:db8::1/32",
    "::ffff:10.0.0.1/104",
    "10.0.0.0/33",
    "2001:db8::/129",
    "10.0.0.0/08",
    "10.0.0.0/",
    "010.0.0.1",
    "10.0.0",
    "10.0.0.256",
    "0x7f.0.0.1",
    "203.0.113.9:443",
    "[2001:db8::1]",
    "fe80::1%eth0",
    "https://example.com",
    "*.example.com",
    "exa mple.com",
    "example.com.",
    "-a.example.com",
    "münchen.example",
    "a..example.com",
  ].map((match) => [`the binding ${match}`, boundTo("192.0.2.1", match), ["hostBindings.1.match"]] as const),
  [
    "binding names that differ in upper and lower case only",
    {
      hostBindings: [
        { name: "Office", match: "192.0.2.1" },
        { name: "office", match: "192.0.2.2" },
      ],
    },
    ["hostBindings.1.name"],
  ],
  ["a binding without a name", { hostBindings: [{ name: " ", match: "192.0.2.1" }] }, ["hostBindings.0.name"]],
  ["101 bindings", boundTo(...Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`)), ["hostBindings"]],
  ["an expiry before the start", { startsAt: "2027-06-01", expiresAt: "2027-05-31" }, ["expiresAt"]],
  ["an expiry at the start", { startsAt: "2027-06-01T00:00:00Z", expiresAt: "2027-06-01T00:00:00Z" }, ["expiresAt"]],
  ["a start that is no date", { startsAt: "2027-02-30" }, ["startsAt"]],
  ["priority 10", { priority: 10 }, ["priority"]],
  ["priority -1", { priority: -1 }, ["priority"]],
  ...["priority", "tpsPerNode", "status", "audience", "timeZone", "displayName", "note"].map(
    (field) => [`null as ${field}`, { [field]: null }, [field]] as const,
  ),
  ["TPS -1", { tpsPerNode: -1 }, ["tpsPerNode"]],
  ["a TPS of a half", { tpsPerNode: 0.5 }, ["tpsPerNode"]],
  ["TPS beyond a million", { tpsPerNode: 1_000_001 }, ["tpsPerNode"]],
  ["a quota of 0", { quota: { limit: 0, period: "DAY" } }, ["quota.limit"]],
  ["a quota without a limit", { quota: { period: "DAY" } }, ["quota.limit"]],
  ["a quota by year", { quota: { limit: 1, period: "YEAR" } }, ["quota.period"]],
  ["201 e-mails", { emails: addresses(201) }, ["emails"]],
  ["a malformed e-mail among good ones", { emails: [first, second, third, "ops@", ...others] }, ["emails.3"]],
  ["each malformed e-mail", { emails: ["a@b", first, "Ops <ops@example.com>"] }, ["emails.0", "emails.2"]],
  ["an e-mail with a line break", { emails: ["ops@example.com\r\nBcc: all@example.com"] }, ["emails.0"]],
  ["an e-mail with a control character", { emails: ['"\u0001"@example.com'] }, ["emails.0"]],
  ["an e-mail twice", { emails: [first, second, "OPS0@example.com"] }, ["emails.2"]],
  ["an unknown status", { status: "GONE" }, ["status"]],
  ["an unknown audience", { audience: "ALL" }, ["audience"]],
  ["an unknown region", { regionId: ABSENT }, ["regionId"]],
  ["a region that is no id", { regionId: "eu" }, ["regionId"]],
  ["an application number of 51 characters", { applicationNumber: "1".repeat(51) }, ["applicationNumber"]],
  ["a blank remark", { remark: " " }, ["remark"]],
  ["a remark of 2001 characters", { remark: "x".repeat(2_001) }, ["remark"]],
  ["21 tags", { tags: Array.from({ length: 21 }, (_, index) => `tag ${index}`) }, ["tags"]],
  ["metadata that is no object", { metadata: [1] }, ["metadata"]],
  ["metadata of more than 4096 characters", { metadata: { text: "x".repeat(4_096) } }, ["metadata"]],
  ["metadata with the character NUL", { metadata: { text: "a\u0000b" } }, ["metadata.text"]],
  ["metadata with half a surrogate pair", { metadata: { text: "\ud800" } }, ["metadata.text"]],
];

describe("the input of a client", () => {
  let world: World;
  let id: string;

  before(async () => {
    world = await startWorld();
    id = (await world.latchkey.clients.create(named())).id;
  });

  after(() => world.stop());

  const pathsOf = async (document: string, input: object) => {
    const { code, fields = [] } = refusalIn(await world.graphql(document, { input }));
    return { code, paths: fields.map(({ path }) => path) };
  };

  for (const [what, fields, paths] of REFUSED) {
    it(`refuses ${what}, both new and as a change`, async () => {
      expect(await pathsOf(CREATE, named(fields))).toEqual({ code: "INVALID_INPUT", paths });
      expect(await pathsOf(UPDATE, { id, ...fields })).toEqual({ code: "INVALID_INPUT", paths });
    });
  }

  it("changes nothing and records nothing when it is refused", async () => {
    const events = async () => (await world.database.query(`select count(*) from audit_events`)).rows;
    const [clients, recorded] = [await world.latchkey.clients.list(), await events()];
    await pathsOf(UPDATE, { id, priority: 3, emails: ["no address"] });
    await pathsOf(CREATE, named({ regionId: ABSENT }));
    expect(await world.latchkey.clients.list()).toEqual(clients);
    expect(await events()).toEqual(recorded);
  });

  it("says which network was meant where bits are set beyond the prefix", async () => {
    const messageOf = async (match: string) => {
      const { errors } = await world.graphql(CREATE, { input: named(boundTo(match)) });
      return errors[0]?.message;
    };
    expect(await messageOf("10.1.2.3/8")).toContain("the network is 10.0.0.0/8, the one address 10.1.2.3");
    expect(await messageOf("2001:db8::1/32")).toContain("the network is 2001:db8::/32, the one address 2001:db8::1");
  });

  it("takes what is at the limit", async () => {
    const atLimits = {
      ...boundTo(
        "0.0.0.0/0",
        "::/0",
        "255.255.255.255/32",
        "::1/128",
        "::ffff:192.0.2.1",
        "localhost",
        "xn--mnchen-3ya.example",
      ),
      ...during(
        mondays("00:00", "24:00"),
        mondays("00:00", "22:00", ["TUESDAY"]),
        mondays("22:00", "00:00", ["TUESDAY", "SUNDAY"]),
      ),
      emails: addresses(200),
      priority: 9,
      tpsPerNode: 1_000_000,
      quota: { limit: 2_000_000_000, period: "TOTAL" },
      metadata: { text: "\\u0000 is no NUL, 🔑 is a pair" },
      startsAt: "2027-06-01",
      expiresAt: "2027-06-01",
    };
    const { data, errors } = await world.graphql(CREATE, { input: named(atLimits as object) });
    expect(errors).toEqual([]);
    expect(data.createClient.id).toBeDefined();
  });

  it("judges a new expiry by the start that is kept", async () => {
    const client = await world.latchkey.clients.create(named({ startsAt: "2027-06-01" }));
    expect(await pathsOf(UPDATE, { id: client.id, expiresAt: "2027-01-01" })).toMatchObject({ paths: ["expiresAt"] });
  });

  it("gives the same answer for a client that is absent and changes none for whom may only read", async () => {
    expect(refusalIn(await world.graphql(UPDATE, { input: { id: ABSENT, priority: 1 } }))).toEqual({
      code: "NOT_FOUND",
    });
    await world.latchkey.users.create({ userName: "aud", password: "a pass phrase to read", role: "AUDITOR" });
    const { data } = await world.graphql(
      `mutation { signIn(input: { name: "aud", password: "a pass phrase to read" }) { token } }`,
    );
    const answer = await world.graphql(UPDATE, { input: { id, priority: 1 } }, data.signIn.token);
    expect(refusalIn(answer)).toEqual({ code: "FORBIDDEN" });
  });

  it("never deletes without confirmation, and says what would go", async () => {
    const { errors } = await world.graphql(DELETE, { input: { id } });
    expect(errors[0]?.extensions).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "confirm" }] });
    expect(errors[0]?.message).toMatch(/deleting \S+ takes 0 keys, 0 tokens and 0 sessions with it/);
    expect(refusalIn(await world.graphql(DELETE, { input: { id, confirm: false } })).code).toBe("INVALID_INPUT");
  });

  it("never deletes a system client", async () => {
    const system = await world.latchkey.clients.create(named());
    await world.database.query(`update clients set system = true where id = $1`, [system.id]);
    const answer = await world.graphql(DELETE, { input: { id: system.id, confirm: true } });
    expect(refusalIn(answer)).toMatchObject({ code: "CONFLICT", fields: [{ path: "id" }] });
    expect(await world.latchkey.clients.get({ id: system.id })).toMatchObject({ system: true });
  });
});
