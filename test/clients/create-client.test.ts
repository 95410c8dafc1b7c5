import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import {
  expectConflict,
  expectInvalid,
  expectKeptOut,
  lastEventAbout,
  type Mutation,
  mutationOf,
} from "../support/mutations.js";
import { PASSWORD, seedClient, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("createClient", () => {
  let world: World;
  let create: Mutation;

  before(async () => {
    world = await startWorld();
    create = mutationOf(
      world,
      "createClient",
      "CreateClientInput",
      "{ id clientId name displayName note status securityLevel timeZone priority createdBy groups { id } }",
    );
  });

  after(() => world.stop());

  const good = (changes: object = {}) => {
    const name = unique("client");
    return { clientId: name, name, displayName: name, note: "For a test", ...changes };
  };

  it("keeps what it is given, and fills in the documented defaults", async () => {
    const group = await seedGroup(world);
    const input = good({ groupIds: [group.id] });
    const { data, errors } = await create(input);
    expect(errors).toEqual([]);
    const { groupIds: _, ...given } = input as typeof input & { groupIds: string[] };
    const defaults = { status: "ENABLED", securityLevel: "C", timeZone: "UTC", priority: 5, createdBy: "admin" };
    expect(data.createClient).toMatchObject({ ...given, ...defaults, groups: [{ id: group.id }] });
    expect(await world.latchkey.clients.get({ clientId: input.clientId })).toMatchObject(given);
  });

  it("makes up a client id when none is given", async () => {
    const { clientId: _, ...input } = good();
    const { data } = await create(input);
    expect(data.createClient.clientId).toMatch(/^[A-Za-z0-9_-]{1,50}$/);
  });

  it("leaves an audit event with who, what and from which request, and no password", async () => {
    const { data } = await create(good({ password: PASSWORD, passwordConfirmation: PASSWORD }));
    const event = await lastEventAbout(world, data.createClient.id);
    expect(event).toMatchObject({
      event: "client.created",
      actorName: "admin",
      actorRole: "SYSTEM_ADMIN",
      targetKind: "Client",
      address: "127.0.0.1",
      before: null,
    });
    expect(event?.after).toMatchObject({ clientId: data.createClient.clientId, priority: 5 });
    expect(JSON.stringify(event)).not.toMatch(/password|argon2/i);
  });

  it("is for operators and administrators", async () => {
    await expectKeptOut(world, create, good(), ["MEMBER", "AUDITOR"]);
  });

  const BAD: readonly (readonly [what: string, changes: object, path: string])[] = [
    ["a client id with a space", { clientId: "a b" }, "clientId"],
    ["a client id of 51 characters", { clientId: "x".repeat(51) }, "clientId"],
    ["an empty client id", { clientId: "" }, "clientId"],
    ["a client id that looks like an id", { clientId: "01a1fbc0-8a5e-724f-a37c-e27228f405b0" }, "clientId"],
    ["a null client id", { clientId: null }, "clientId"],
    ["a name with an umlaut", { name: "büro" }, "name"],
    ["a name of 51 characters", { name: "x".repeat(51) }, "name"],
    ["a blank display name", { displayName: "  " }, "displayName"],
    ["a display name of 101 characters", { displayName: "x".repeat(101) }, "displayName"],
    ["a display name with a line break", { displayName: "a\nb" }, "displayName"],
    ["no note", { note: "" }, "note"],
    ["a note of 2001 characters", { note: "x".repeat(2_001) }, "note"],
    ["priority 10", { priority: 10 }, "priority"],
    ["priority -1", { priority: -1 }, "priority"],
    ["an unknown time zone", { timeZone: "Mars/Olympus" }, "timeZone"],
    ["an unknown status", { status: "ON" }, "status"],
    ["a password without its confirmation", { password: PASSWORD }, "passwordConfirmation"],
    ["a confirmation that differs", { password: PASSWORD, passwordConfirmation: "another" }, "passwordConfirmation"],
    ["a short password", { password: "short", passwordConfirmation: "short" }, "password"],
    ["a monotonous password", { password: "aaaaaaaaaaaa", passwordConfirmation: "aaaaaaaaaaaa" }, "password"],
    ["a password of 129 characters", { password: "x".repeat(129), passwordConfirmation: "x".repeat(129) }, "password"],
    ["an unknown group", { groupIds: ["01a1fbc0-8a5e-724f-a37c-e27228f405b0"] }, "groupIds.0"],
    ["a malformed group id", { groupIds: ["nonsense"] }, "groupIds"],
  ];

  for (const [what, changes, path] of BAD) {
    it(`refuses ${what}, and makes nothing`, async () => {
      const input = good(changes);
      const answer = await create(input);
      const problems = answer.errors[0]?.extensions.fields?.map((field) => field.path);
      expect({ code: answer.errors[0]?.extensions.code, first: problems?.[0] }).toEqual({
        code: "INVALID_INPUT",
        first: path,
      });
      expect((await world.latchkey.clients.list({ search: good().note, filter: {} })).totalCount).toBe(0);
      expect(
        (await world.database.query("select 1 from clients where display_name = $1", [input.displayName])).rows,
      ).toEqual([]);
    });
  }

  it("takes every text at its limit", async () => {
    const longest = good({
      clientId: "x".repeat(50),
      name: "x".repeat(50),
      displayName: "x".repeat(100),
      note: "é\n".repeat(1_000),
      priority: 9,
    });
    expect((await create(longest)).errors).toEqual([]);
  });

  it("refuses a password that holds the client's name", async () => {
    const input = good();
    const password = `my-${input.clientId}-1`;
    expectInvalid(await create({ ...input, password, passwordConfirmation: password }), "password");
  });

  it("refuses a group above the client's level, and one that comes twice", async () => {
    const high = await seedGroup(world, { securityLevel: "B" });
    expectInvalid(await create(good({ groupIds: [high.id] })), "groupIds.0");
    expectInvalid(await create(good({ groupIds: [high.id, high.id.toUpperCase()], securityLevel: "A" })), "groupIds");
    expect((await create(good({ groupIds: [high.id], securityLevel: "B" }))).errors).toEqual([]);
  });

  it("refuses a client id, name or display name that another client has", async () => {
    const { clientId, name, displayName } = await seedClient(world);
    expectConflict(await create(good({ clientId })), "clientId");
    expectConflict(await create(good({ name })), "name");
    expectConflict(await create(good({ displayName })), "displayName");
  });

  it("gives a client id only once, also after its client was deleted", async () => {
    const { id, clientId } = await seedClient(world);
    await world.latchkey.clients.delete({ id, confirm: true });
    expectConflict(await create(good({ clientId })), "clientId");
  });

  it("of two that ask at once for one client id makes one", async () => {
    const clientId = unique("once");
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(good({ clientId }))));
    expect(answers.filter(({ errors }) => errors.length === 0).length).toBe(1);
    for (const answer of answers.filter(({ errors }) => errors.length > 0)) expectConflict(answer, "clientId");
  });
});
