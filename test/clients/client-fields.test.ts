import { after, before, describe, it } from "node:test";
import type { CreateClientInput } from "@latchkey/sdk";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { named } from "./seed-client.js";

const DEFAULTS = {
  applicationNumber: null,
  hostBindings: [],
  startsAt: null,
  expiresAt: null,
  serviceTime: null,
  quota: null,
  tpsPerNode: 10,
  priority: 5,
  status: "ENABLED",
  audience: "INTERNAL_AND_EXTERNAL",
  emails: [],
  remark: null,
  region: null,
  tags: [],
  metadata: {},
  system: false,
  timeZone: "UTC",
  securityLevel: "C",
};

describe("the fields of a client", () => {
  let world: World;
  let regionId: string;
  let region: object;

  before(async () => {
    world = await startWorld();
    const { id, code, name } = await world.latchkey.regions.create({ code: "eu", name: "Europe" });
    regionId = id;
    region = { id, code, name };
  });

  after(() => world.stop());

  const facts = () =>
    ({
      applicationNumber: "A-2027/113",
      hostBindings: [
        { name: "office", match: "203.0.113.0/24" },
        { name: "gateway", match: "gw.example.com" },
        { name: "v6", match: "2001:db8::/32" },
      ],
      serviceTime: {
        timeZone: "America/New_York",
        windows: [{ days: ["MONDAY", "FRIDAY"], opens: "22:00", closes: "02:00" }],
      },
      quota: { limit: 5_000, period: "MONTH" },
      tpsPerNode: 0,
      priority: 0,
      status: "DISABLED",
      audience: "EXTERNAL",
      emails: ["ops@example.com", "Jane.Doe+keys@mail.example.org"],
      remark: "First line\nand the second",
      tags: ["partner", "pilot"],
      metadata: { crm: { id: 7 }, vip: true },
      timeZone: "Europe/Berlin",
    }) satisfies Partial<CreateClientInput>;

  it("are kept as they were given, and shown again", async () => {
    const input = named({
      ...facts(),
      securityLevel: "B",
      regionId,
      startsAt: "2027-01-01",
      expiresAt: "2027-12-31T12:00:00Z",
    });
    const client = await world.latchkey.clients.create(input);
    const { clientId, name, displayName, note } = input;
    const expected = {
      clientId,
      name,
      displayName,
      note,
      securityLevel: "B",
      ...facts(),
      region,
      startsAt: "2026-12-31T23:00:00.000Z",
      expiresAt: "2027-12-31T12:00:00.000Z",
    };
    expect(client).toMatchObject(expected);
    expect(await world.latchkey.clients.get({ id: client.id })).toMatchObject(expected);
  });

  it("have defaults", async () => {
    const client = await world.latchkey.clients.create(named());
    expect(client).toMatchObject(DEFAULTS);
    expect(await world.latchkey.clients.get({ clientId: client.clientId })).toMatchObject(DEFAULTS);
  });

  it("count a quota by day unless told otherwise", async () => {
    const client = await world.latchkey.clients.create(named({ quota: { limit: 1 } }));
    expect(client.quota).toEqual({ limit: 1, period: "DAY" });
  });

  it("can be changed, each on its own, and stay where they are left out", async () => {
    const { id } = await world.latchkey.clients.create(named());
    let expected: object = DEFAULTS;
    const { timeZone, ...changeable } = facts();
    for (const [field, value] of Object.entries({ ...changeable, note: "changed", timeZone })) {
      expected = { ...expected, [field]: value };
      expect(await world.latchkey.clients.update({ id, [field]: value })).toMatchObject(expected);
    }
    expect(await world.latchkey.clients.update({ id, regionId })).toMatchObject({ ...expected, region });
  });

  it("are cleared with null, where they can be", async () => {
    const dates = { startsAt: "2027-01-01", expiresAt: "2027-12-31" };
    const { id } = await world.latchkey.clients.create(named({ ...facts(), ...dates, regionId }));
    const cleared = { applicationNumber: null, startsAt: null, expiresAt: null, serviceTime: null, quota: null };
    const lists = { hostBindings: null, emails: null, remark: null, regionId: null, tags: null, metadata: null };
    const { priority, tpsPerNode, status, audience, timeZone } = facts();
    expect(await world.latchkey.clients.update({ id, ...cleared, ...lists })).toMatchObject({
      ...DEFAULTS,
      priority,
      tpsPerNode,
      status,
      audience,
      timeZone,
    });
  });

  it("read a day as the whole day in the client's zone, also on days of 23 and 25 hours", async () => {
    const inBerlin = named({ timeZone: "Europe/Berlin", startsAt: "2027-03-28", expiresAt: "2027-10-31" });
    const client = await world.latchkey.clients.create(inBerlin);
    expect(client).toMatchObject({ startsAt: "2027-03-27T23:00:00.000Z", expiresAt: "2027-10-31T23:00:00.000Z" });

    const { id } = client;
    const update = { id, timeZone: "America/Santiago", startsAt: "2027-09-05" };
    // Midnight does not come on that day: it begins at 01:00.
    expect((await world.latchkey.clients.update(update)).startsAt).toBe("2027-09-05T04:00:00.000Z");
  });

  it("take the client's zone from the service time, and the service time's from the client", async () => {
    const windows = [{ days: ["MONDAY" as const], opens: "08:00", closes: "18:00" }];
    const one = named({ serviceTime: { timeZone: "Asia/Tokyo", windows }, expiresAt: "2027-01-01" });
    const other = named({ timeZone: "Asia/Kolkata", serviceTime: { windows } });
    expect(await world.latchkey.clients.create(one)).toMatchObject({
      timeZone: "Asia/Tokyo",
      expiresAt: "2027-01-01T15:00:00.000Z",
    });
    expect((await world.latchkey.clients.create(other)).serviceTime?.timeZone).toBe("Asia/Kolkata");
  });

  it("leave an event of each change, with what was and what is, and none where nothing changes", async () => {
    const { id } = await world.latchkey.clients.create(named({ ...facts(), regionId }));
    await world.latchkey.clients.update({ id, ...facts(), regionId });
    await world.latchkey.clients.update({ id, quota: { limit: 9, period: "DAY" }, remark: null, status: "ENABLED" });

    const { rows } = await world.database.query(
      `select event, before, after from audit_events where target_id = $1 order by event`,
      [id],
    );
    expect(rows).toEqual([
      { event: "client.created", before: null, after: expect.objectContaining({ emails: facts().emails, regionId }) },
      { event: "client.statusChanged", before: { status: "DISABLED" }, after: { status: "ENABLED" } },
      {
        event: "client.updated",
        before: { quotaLimit: 5_000, quotaPeriod: "MONTH", remark: facts().remark },
        after: { quotaLimit: 9, quotaPeriod: "DAY", remark: null },
      },
    ]);
  });
});
