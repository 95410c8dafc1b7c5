import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { addUser, eventsAbout, isInForce, signIn, trySignIn } from "../support/accounts.js";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectKeptOut, expectNotFound, mutationOf } from "../support/mutations.js";
import { PASSWORD, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const ABSENT = "01890000-0000-7000-8000-000000000000";
const OTHERS = ["OPERATOR", "AUDITOR", "MEMBER"] as const;

describe("managing users", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const create = (input: object) => mutationOf(world, "createUser", "CreateUserInput", "{ email }")(input);
  const update = () => mutationOf(world, "updateUser", "UpdateUserInput", "{ id role email }");
  const remove = () => mutationOf(world, "deleteUser", "DeleteUserInput", "{ id }");

  it("keeps an e-mail address, found by the search", async () => {
    const userName = unique("ada");
    const email = `${unique("ada")}@example.com`;
    expect((await create({ userName, password: PASSWORD, role: "MEMBER", email })).data.createUser).toEqual({ email });
    const { nodes } = await world.latchkey.users.list({ search: email.toUpperCase() });
    expect(nodes.map((user) => user.userName)).toEqual([userName]);
  });

  for (const email of ["no-address", "a@b", "two@example.com, three@example.com", "a\n@example.com", ""]) {
    it(`refuses ${JSON.stringify(email)} as an e-mail address`, async () => {
      expectInvalid(await create({ userName: unique("ada"), password: PASSWORD, role: "MEMBER", email }), "email");
    });
  }

  it("changes role, time zone and e-mail, each of which may be left out, and records what was new", async () => {
    const { id } = await addUser(world);
    const changed = await world.latchkey.users.update({ id, role: "AUDITOR", email: "ada@example.com" });
    expect(changed).toMatchObject({ role: "AUDITOR", email: "ada@example.com", timeZone: "UTC" });
    expect(await world.latchkey.users.update({ id, timeZone: "Europe/Berlin", email: null })).toMatchObject({
      role: "AUDITOR",
      email: null,
      timeZone: "Europe/Berlin",
    });
    expect(await eventsAbout(world, id, "user.updated")).toMatchObject([
      { before: { role: "MEMBER", email: null }, after: { role: "AUDITOR", email: "ada@example.com" } },
      { before: { timeZone: "UTC", email: "ada@example.com" }, after: { timeZone: "Europe/Berlin", email: null } },
    ]);
  });

  it("records nothing when nothing is new", async () => {
    const { id } = await addUser(world);
    await world.latchkey.users.update({ id, role: "MEMBER" });
    expect(await eventsAbout(world, id, "user.updated")).toEqual([]);
  });

  it("lets a new role count at once, also for sessions in force", async () => {
    const { id, name } = await addUser(world, "AUDITOR");
    const token = await signIn(world, name);
    expect((await world.graphql("{ users { totalCount } }", {}, token)).errors).toEqual([]);
    await world.latchkey.users.update({ id, role: "MEMBER" });
    expect(refusalIn(await world.graphql("{ users { totalCount } }", {}, token)).code).toBe("FORBIDDEN");
  });

  for (const [what, change, path] of [
    ["a time zone that is not known", { timeZone: "Mars/Olympus" }, "timeZone"],
    ["a role of null", { role: null }, "role"],
    ["an e-mail address that is none", { email: "nowhere" }, "email"],
  ] as const) {
    it(`refuses ${what}, naming the field`, async () => {
      const { id } = await addUser(world);
      expectInvalid(await update()({ id, ...change }), path);
    });
  }

  it("deletes a user with keys and sessions once it is confirmed, and says before what would go", async () => {
    const { id, name } = await addUser(world);
    const token = await signIn(world, name);
    const { secret } = await new Latchkey({ url: world.url, credential: token }).keys.create({ name: "script" });
    for (const input of [{ id }, { id, confirm: false }]) {
      expect(refusalIn(await remove()(input)).fields).toEqual([
        {
          path: "confirm",
          message: `must be true: deleting ${name} takes 1 keys, 0 tokens that clients hold by consent, and 1 sessions with it`,
        },
      ]);
    }
    expect(await isInForce(world, token)).toBe(true);

    expect((await world.latchkey.users.delete({ id, confirm: true })).userName).toBe(name);

    expect(await isInForce(world, token)).toBe(false);
    expect(await isInForce(world, secret)).toBe(false);
    expect(refusalIn(await trySignIn(world, name, PASSWORD)).code).toBe("UNAUTHENTICATED");
    expect(await eventsAbout(world, id, "user.deleted")).toMatchObject([
      { actorName: "admin", before: { userName: name, keys: 1, sessions: 1 } },
    ]);
  });

  it("of what is absent is NOT_FOUND", async () => {
    expectNotFound(await update()({ id: ABSENT, role: "MEMBER" }), await remove()({ id: ABSENT, confirm: true }));
  });

  it("is a system administrator's alone", async () => {
    const { id } = await addUser(world);
    await expectKeptOut(world, update(), { id, role: "SYSTEM_ADMIN" }, OTHERS);
    await expectKeptOut(world, remove(), { id, confirm: true }, OTHERS);
    expect((await world.latchkey.users.get(id)).role).toBe("MEMBER");
  });
});

describe("the last system administrator", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("keeps the role and the account", async () => {
    const { id } = await world.latchkey.me();
    expectInvalid(await mutationOf(world, "updateUser", "UpdateUserInput", "{ id }")({ id, role: "OPERATOR" }), "role");
    const remove = mutationOf(world, "deleteUser", "DeleteUserInput", "{ id }");
    expectInvalid(await remove({ id, confirm: true }), "id");
    expect(await world.latchkey.users.update({ id, email: "admin@example.com" })).toMatchObject({
      role: "SYSTEM_ADMIN",
    });
  });

  it("is left over when all of them remove one another at once", async () => {
    const admins = [{ id: (await world.latchkey.me()).id, token: world.token }];
    for (let count = 0; count < 3; count++) {
      const { id, name } = await addUser(world, "SYSTEM_ADMIN");
      admins.push({ id, token: await signIn(world, name) });
    }
    const remove = mutationOf(world, "deleteUser", "DeleteUserInput", "{ id }");
    const update = mutationOf(world, "updateUser", "UpdateUserInput", "{ id }");
    const attempts = admins.flatMap(({ id }, index) => {
      const other = admins[(index + 1) % admins.length]?.token as string;
      return index % 2 === 0 ? [remove({ id, confirm: true }, other)] : [update({ id, role: "MEMBER" }, other)];
    });
    const answers = await Promise.all(attempts);
    expect(answers.some(({ errors }) => errors.length === 0)).toBe(true);

    const { rows } = await world.database.query("select count(*)::int as left from users where role = 'SYSTEM_ADMIN'");
    expect(rows[0].left).toBe(1);
  });
});
