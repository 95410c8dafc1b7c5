import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { expectInvalid, expectNotFound, lastEventAbout } from "../support/mutations.js";
import { FAR, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const DOCUMENT = `query ($secret: String!) {
  lookupSecret(secret: $secret) { kind status apiKey { id } client { clientId } user { userName } }
}`;

describe("looking up a secret", () => {
  let world: World;

  before(async () => {
    world = await startWorld({ LOG_LEVEL: "trace" });
  });

  after(() => world.stop());

  const ask = (secret: unknown, token?: string | null) =>
    token === undefined ? world.graphql(DOCUMENT, { secret }) : world.graphql(DOCUMENT, { secret }, token);
  const body = (secret: string): string => secret.slice(-38);
  const statusOf = async (secret: string) => (await world.latchkey.keys.lookup(secret)).status;

  it("tells whose it is and what it may do, and that somebody has asked", async () => {
    const { client, apiKey, api, group, secret } = await seedKey(world);
    const found = await world.latchkey.keys.lookup(secret);
    expect(found).toMatchObject({
      kind: "API_KEY",
      status: "ACTIVE",
      apiKey,
      client: { id: client.id, clientId: client.clientId, displayName: client.displayName, status: "ENABLED" },
      user: null,
      permissions: { totalCount: 1, nodes: [{ api, grantedBy: [{ kind: "GROUP", name: group.name }] }] },
    });
    expect(await lastEventAbout(world, apiKey.id)).toMatchObject({
      event: "secret.lookedUp",
      targetKind: "ApiKey",
      actorName: world.admin.name,
      before: null,
      after: { lookupId: apiKey.lookupId },
    });
    expect((await world.latchkey.keys.get(apiKey.id)).lastAccessedAt).toBe(apiKey.lastAccessedAt);
  });

  it("tells what has become of it: disabled, revoked, rotating and rotated out", async () => {
    const { apiKey, secret } = await seedKey(world);
    await world.latchkey.keys.disable(apiKey.id);
    expect(await statusOf(secret)).toBe("DISABLED");
    await world.latchkey.keys.enable(apiKey.id);
    const { secret: next } = await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 600 });
    expect([await statusOf(secret), await statusOf(next)]).toEqual(["ROTATING", "ROTATING"]);
    await world.latchkey.keys.finishRotation(apiKey.id);
    expect([await statusOf(secret), await statusOf(next)]).toEqual(["ROTATED_OUT", "ACTIVE"]);
    expect((await world.latchkey.keys.lookup(secret)).apiKey?.id).toBe(apiKey.id);
    await world.latchkey.keys.revoke({ id: apiKey.id });
    expect(await statusOf(next)).toBe("REVOKED");
  });

  it("refuses what is no whole secret, and says what one looks like", async () => {
    const { secret } = await seedKey(world);
    const mistyped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
    for (const text of ["nonsense", secret.slice(0, -1), `${secret}0`, mistyped, secret.replace("lk_", "xy_")]) {
      const answer = await ask(text);
      expectInvalid(answer, "secret");
      expect(answer.errors[0]?.message).toContain("lk_key_");
    }
    for (const text of ["", " ", "x".repeat(201), `${secret}\n`, null, 5, [secret]])
      expectInvalid(await ask(text), "secret");
  });

  it("tells an unknown secret from none that is somebody else's", async () => {
    const { apiKey, secret } = await seedKey(world);
    const member = await seedUser(world, "MEMBER");
    const operator = await seedUser(world, "OPERATOR");
    const { token: partner } = await seedSignedInClient(world);
    const { apiKey: mine, secret: own } = await member.latchkey.keys.create({ name: "own" });
    const { apiKey: gone, secret: deleted } = await seedKey(world);
    await world.database.query("delete from api_keys where id = $1", [gone.id]);
    expectNotFound(
      await ask(deleted),
      await ask(world.token),
      await ask(secret, member.token),
      await ask(secret, partner),
      await ask(own, operator.token),
      await ask(own, partner),
    );
    await world.database.query("update api_key_secrets set digest = $2 where api_key_id = $1", [
      apiKey.id,
      Buffer.alloc(32),
    ]);
    expectNotFound(await ask(deleted), await ask(secret));
    const events = await world.latchkey.audit.list({ filter: { targetId: mine.id, event: "secret.lookedUp" } });
    expect(events.totalCount).toBe(0);
  });

  it("serves members and clients for their own, operators for clients', administrators and auditors for all", async () => {
    const { secret } = await seedKey(world);
    const member = await seedUser(world, "MEMBER");
    const { secret: own } = await member.latchkey.keys.create({ name: "own" });
    const auditor = await seedUser(world, "AUDITOR");
    const operator = await seedUser(world, "OPERATOR");
    for (const latchkey of [member.latchkey, auditor.latchkey, world.latchkey]) {
      const found = await latchkey.keys.lookup(own);
      expect(found).toMatchObject({ client: null, user: { userName: member.user.userName } });
    }
    for (const latchkey of [operator.latchkey, auditor.latchkey, world.latchkey])
      expect((await latchkey.keys.lookup(secret)).user).toBeNull();

    const { client, latchkey: partner } = await seedSignedInClient(world);
    const { groups } = await world.latchkey.clients.addGroups({
      clientId: client.id,
      groupIds: [(await seedKey(world)).group.id],
    });
    const input = { clientId: client.id, name: "one", expiresAt: FAR, groupIds: groups.map(({ id }) => id) };
    const { secret: theirs } = await world.latchkey.keys.create(input);
    expect((await partner.keys.lookup(theirs)).client?.id).toBe(client.id);

    expect(refusalIn(await ask(secret, null)).code).toBe("UNAUTHENTICATED");
    const narrowed = async (...scopes: string[]) =>
      (await world.latchkey.keys.create({ name: unique("script"), scopes })).secret;
    expect(refusalIn(await ask(secret, await narrowed("clients:read"))).code).toBe("FORBIDDEN");
    const keysOnly = await narrowed("keys:read");
    expect(refusalIn(await ask(secret, keysOnly)).code).toBe("FORBIDDEN");
    expect(refusalIn(await ask(own, keysOnly)).code).toBe("FORBIDDEN");
    const facts = `query ($secret: String!) { lookupSecret(secret: $secret) { apiKey { owner { name } } } }`;
    const script = new Latchkey({ url: world.url, credential: keysOnly });
    expect(await script.request(facts, { secret: own })).toEqual({
      lookupSecret: { apiKey: { owner: { name: member.user.userName } } },
    });
  });

  it("leaves no trace of the secret: not in an answer, the log, the audit or the metrics", async () => {
    const { secret } = await seedKey(world);
    const { secret: foreign } = await seedUser(world, "MEMBER").then(({ latchkey }) =>
      latchkey.keys.create({ name: "x" }),
    );
    const operator = await seedUser(world, "OPERATOR");
    const cut = secret.slice(0, -1);
    const answers = [
      await ask(secret),
      await ask(cut),
      await ask(`${secret}x`),
      await ask([secret]),
      await ask(foreign, operator.token),
      await ask(secret, null),
      await world.graphql(`{ lookupSecret(secret: "${secret}") { status } }`),
      await world.graphql(`{ lookupSecret(secret: "${cut}") { status } }`),
      await world.graphql(`{ lookupSecret(secret: ${secret}) { status } }`),
      await world.graphql(`{ lookupSecret(secret: ${cut}) { status } }`),
      await world.graphql(`{ lookupSecret(secret: ["${secret}"]) { status } }`),
      await world.graphql(`{ lookupSecret(${secret}: 1) { status } }`),
      await world.graphql(`{ lookupSecret(secret: "a") { ${secret} } }`),
      await world.graphql(`{ lookupSecret(secret ${secret}) { status } }`),
      await world.graphql(`query ($${secret}: String!) { lookupSecret(secret: $${secret}) { status } }`),
      await world.graphql(`query ${secret} { lookupSecret(secret: "a") { status } }`),
    ];
    expect(answers.filter(({ errors }) => errors.length > 0).length).toBe(14);
    const traces = [
      JSON.stringify(answers),
      world.log.join(""),
      await (await world.fetch("/metrics")).text(),
      JSON.stringify((await world.database.query("select * from audit_events")).rows),
    ];
    for (const trace of traces) {
      expect(trace.length).toBeGreaterThan(100);
      for (const each of [secret, foreign]) expect(trace).not.toContain(body(each).slice(0, 30));
    }
  });
});
