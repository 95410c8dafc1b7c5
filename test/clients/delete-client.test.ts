import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";
import { named, seedClientWithKey } from "./seed-client.js";

const CREATE = `mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }`;
const DELETE = `mutation ($input: DeleteClientInput!) { deleteClient(input: $input) { id clientId } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;
const ABSENT = "0193f1a2-0000-7000-8000-000000000000";

describe("deleting a client", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const signIn = async (name: string, password: string): Promise<string> =>
    (await world.graphql(SIGN_IN, { input: { name, password } })).data.signIn.token;

  it("takes its keys and sessions with it, once confirmed, and says before what would go", async () => {
    const password = "a pass phrase of its own";
    const { client, secret } = await seedClientWithKey(world, { password, passwordConfirmation: password });
    const token = await signIn(client.clientId, password);
    const { errors } = await world.graphql(DELETE, { input: { id: client.id } });
    expect(errors[0]?.message).toContain(`deleting ${client.clientId} takes 1 keys, 0 tokens and 1 sessions with it`);
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("VALID");

    await world.latchkey.clients.delete({ id: client.clientId, confirm: true });
    expect((await world.latchkey.verify({ credential: secret })).code).toBe("NOT_FOUND");
    expect(refusalIn(await world.graphql("{ me { id } }", {}, token)).code).toBe("UNAUTHENTICATED");
    await expect(world.latchkey.clients.get({ id: client.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves an event that says what went, and the client id taken for good", async () => {
    const { client } = await seedClientWithKey(world);
    await world.latchkey.clients.delete({ id: client.id, confirm: true });
    const { rows } = await world.database.query(
      `select actor_name, before from audit_events where event = 'client.deleted' and target_id = $1`,
      [client.id],
    );
    const { clientId, name, displayName } = client;
    expect(rows).toEqual([
      { actor_name: "admin", before: { clientId, name, displayName, keys: 1, tokens: 0, sessions: 0 } },
    ]);
    const again = await world.graphql(CREATE, { input: named({ clientId }) });
    expect(refusalIn(again)).toMatchObject({ code: "CONFLICT", fields: [{ path: "clientId" }] });
  });

  it("answers the same for one that is absent, with confirmation and without", async () => {
    for (const input of [{ id: ABSENT, confirm: true }, { id: ABSENT }, { id: "no-such-client", confirm: true }]) {
      expect(refusalIn(await world.graphql(DELETE, { input }))).toEqual({ code: "NOT_FOUND" });
    }
  });

  it("is for holders of clients:write only; others see no more than they may", async () => {
    const password = "a pass phrase of its own";
    const self = await world.latchkey.clients.create(named({ password, passwordConfirmation: password }));
    const other = await world.latchkey.clients.create(named());
    await world.latchkey.users.create({ userName: "aud", password, role: "AUDITOR" });
    for (const token of [await signIn(self.clientId, password), await signIn("aud", password)]) {
      const input = { id: self.id, confirm: true };
      expect(refusalIn(await world.graphql(DELETE, { input }, token))).toEqual({ code: "FORBIDDEN" });
      expect(refusalIn(await world.graphql(CREATE, { input: named() }, token))).toEqual({ code: "FORBIDDEN" });
    }
    const own = await signIn(self.clientId, password);
    const client = `query ($id: ID!) { client(id: $id) { id hostBindings { name } } }`;
    expect((await world.graphql(client, { id: self.id }, own)).data.client.id).toBe(self.id);
    expect(refusalIn(await world.graphql(client, { id: other.id }, own))).toEqual({ code: "NOT_FOUND" });
    expect(refusalIn(await world.graphql(client, { id: ABSENT }, own))).toEqual({ code: "NOT_FOUND" });
  });
});
