import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, request as send } from "node:http";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { purge } from "../../api/hygiene/purge.js";
import { FAR, PASSWORD, seedKey, seedSignedInClient, seedUser, unique } from "../support/seed.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

interface Sent {
  readonly replayed: string | null;
  readonly text: string;
  readonly answer: {
    readonly data?: Record<string, { readonly id?: string; readonly secret?: string } | null> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions: { readonly code: string; readonly fields?: readonly { path: string }[] };
    }[];
  };
}

const CREATE_REGION = "mutation ($input: CreateRegionInput!) { createRegion(input: $input) { id code } }";
const CREATE_KEY = "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } secret } }";

describe("an Idempotency-Key", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function post(
    key: string,
    query: string,
    variables: object,
    token = world.token,
    url = world.url,
  ): Promise<Sent> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": key },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    return { replayed: response.headers.get("idempotency-replayed"), text, answer: JSON.parse(text) as Sent["answer"] };
  }

  const newRegion = () => ({ input: { code: unique("r"), name: unique("Region") } });
  const newKey = () => ({ input: { name: unique("key"), expiresAt: FAR } });
  const codeOf = ({ answer }: Sent) => answer.errors?.[0]?.extensions.code;
  const eventsAbout = async (targetId: string) =>
    (await world.latchkey.audit.list({ filter: { targetId } })).totalCount;

  it("has a create done once, and answers again as then, secret included", async () => {
    const key = unique("key");
    const variables = newKey();
    const first = await post(key, CREATE_KEY, variables);
    const second = await post(key, CREATE_KEY, variables);

    expect(first.replayed).toBe(null);
    expect(second).toMatchObject({ replayed: "true", text: first.text });
    expect(first.answer.data?.["createApiKey"]?.secret).toMatch(/^lk_key_/);
    const { totalCount } = await world.latchkey.keys.list({ search: variables.input.name });
    expect(totalCount).toBe(1);
  });

  it("writes one audit event for both", async () => {
    const key = unique("key");
    const variables = newRegion();
    const { answer } = await post(key, CREATE_REGION, variables);
    await post(key, CREATE_REGION, variables);
    expect(await eventsAbout(answer.data?.["createRegion"]?.id ?? "")).toBe(1);
  });

  it("lets one of many at once do it, and all get its answer, on whichever node", async () => {
    const other = await joinWorld(world);
    try {
      const key = unique("key");
      const variables = newKey();
      const asked = Array.from({ length: 8 }, (_, index) =>
        post(key, CREATE_KEY, variables, world.token, index % 2 ? other.url : world.url),
      );
      const sent = await Promise.all(asked);
      expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
      expect(sent.filter(({ replayed }) => replayed === null).length).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it("is refused for something else", async () => {
    const key = unique("key");
    await post(key, CREATE_REGION, newRegion());
    const other = await post(key, CREATE_REGION, newRegion());
    expect(codeOf(other)).toBe("CONFLICT");
    expect(other.answer.errors?.[0]?.extensions.fields?.[0]?.path).toBe("Idempotency-Key");
  });

  it("of somebody else is another key", async () => {
    const operator = await seedUser(world, "OPERATOR");
    const key = unique("key");
    const first = await post(key, CREATE_REGION, newRegion());
    const second = await post(key, CREATE_REGION, newRegion(), operator.token);
    expect(second.replayed).toBe(null);
    expect(second.answer.data?.["createRegion"]?.id).not.toBe(first.answer.data?.["createRegion"]?.id);
  });

  it("keeps no refusal: what stood in the way may be gone", async () => {
    const key = unique("key");
    const { token } = await seedUser(world, "AUDITOR");
    const variables = newRegion();
    expect(codeOf(await post(key, CREATE_REGION, variables, token))).toBe("FORBIDDEN");
    const taken = await world.latchkey.regions.create(variables.input);
    expect(codeOf(await post(key, CREATE_REGION, variables))).toBe("CONFLICT");
    await world.latchkey.regions.delete({ id: taken.id, confirm: true });
    expect((await post(key, CREATE_REGION, variables)).replayed).toBe(null);
  });

  it("keeps no refusal that has counted a failed sign-in", async () => {
    const { client } = await seedSignedInClient(world);
    const generate = "mutation ($input: GenerateTokenInput!) { generateToken(input: $input) { secret } }";
    const input = (clientSecret: string) => ({ input: { clientId: client.clientId, clientSecret } });
    const key = unique("key");
    expect(codeOf(await post(key, generate, input("wrong")))).toBe("INVALID_INPUT");
    const first = await post(key, generate, input(PASSWORD));
    const second = await post(key, generate, input(PASSWORD));
    expect(first.answer.data?.["generateToken"]?.secret).toMatch(/^lk_at_/);
    expect(second).toMatchObject({ replayed: "true", text: first.text });
  });

  it("says that something was done whose answer was lost, and what to do", async () => {
    const key = unique("key");
    const variables = newKey();
    await post(key, CREATE_KEY, variables);
    // As after the death of a node between the change and its answer.
    await world.database.query("update idempotency_claims set sealed = null, sealed_version = null");
    const again = await post(key, CREATE_KEY, variables);
    expect(codeOf(again)).toBe("CONFLICT");
    expect(again.answer.errors?.[0]?.message).toMatch(/rotate/);
    expect((await world.latchkey.keys.list({ search: variables.input.name })).totalCount).toBe(1);
  });

  it("leaves nothing to read in the database", async () => {
    const key = unique("key");
    const { answer } = await post(key, CREATE_KEY, newKey());
    const { secret = "" } = answer.data?.["createApiKey"] ?? {};
    const { rows } = await world.database.query<{ row: string }>(
      "select encode(sealed, 'escape') || encode(id, 'escape') as row from idempotency_claims where sealed is not null",
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) {
      expect(row).not.toContain(secret.slice(7));
      expect(row).not.toContain(key);
    }
    expect(world.log.join("\n")).not.toContain(secret);
  });

  it("is over after a day, and gone from the database", async (t) => {
    const later = await startWorld();
    t.after(() => later.stop());
    const key = unique("key");
    const ask = () =>
      post(
        key,
        "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { id } }",
        input,
        later.token,
        later.url,
      );
    const { id } = await later.latchkey.me();
    const input = { input: { id, email: `${unique("a")}@example.com` } };
    await ask();
    expect((await ask()).replayed).toBe("true");
    await later.database.query("update idempotency_claims set created_at = created_at - interval '25 hours'");
    expect((await ask()).replayed).toBe(null);

    const database = await createDataSource(later.databaseUrl).initialize();
    t.after(() => database.destroy());
    await later.database.query("update idempotency_claims set created_at = created_at - interval '25 hours'");
    await purge(database, new Date());
    const { rows } = await later.database.query(
      "select count(*)::int as count from idempotency_claims where created_at < now() - interval '1 day'",
    );
    expect(rows).toEqual([{ count: 0 }]);
  });

  it("is refused where it is none, and where it would be for two mutations; queries ignore it", async () => {
    for (const key of ['"', "a b", "x".repeat(256), '"unfinished']) {
      const sent = await post(key, CREATE_REGION, newRegion());
      expect([key, codeOf(sent)]).toEqual([key, "INVALID_INPUT"]);
    }
    const two = `mutation ($input: CreateRegionInput!) { a: createRegion(input: $input) { id } b: createRegion(input: $input) { id } }`;
    expect(codeOf(await post(unique("key"), two, newRegion()))).toBe("INVALID_INPUT");
    const key = unique("key");
    for (let time = 0; time < 2; time++) {
      expect(await post(key, "{ me { name } }", {})).toMatchObject({ replayed: null });
    }
    const quoted = newRegion();
    await post(`"${key}"`, CREATE_REGION, quoted);
    expect((await post(key, CREATE_REGION, quoted)).replayed).toBe("true");
  });

  describe("with the SDK", () => {
    /** A proxy that loses the first answer after the server has done its work. */
    async function losingOne(): Promise<{ readonly server: Server; readonly url: string; readonly keys: unknown[] }> {
      const keys: unknown[] = [];
      let lost = false;
      const server = createServer((incoming, outgoing) => {
        const { hostname, port } = new URL(world.url);
        const { method, headers, url: path } = incoming;
        keys.push(headers["idempotency-key"]);
        const onward = send({ hostname, port, method, path, headers }, (answer: IncomingMessage) => {
          if (lost) {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
          } else {
            lost = true;
            answer.resume().on("end", () => outgoing.destroy());
          }
        });
        incoming.pipe(onward);
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      return { server, url: `http://127.0.0.1:${port}`, keys };
    }

    it("makes one key though the answer of its creation was lost on the way", async (t) => {
      const { server, url, keys } = await losingOne();
      t.after(() => server.close());
      const latchkey = new Latchkey({ url, credential: world.token });
      const { input } = newKey();
      const { apiKey, secret } = await latchkey.keys.create(input);

      expect(keys.length).toBe(2);
      expect(new Set(keys).size).toBe(1);
      const { nodes } = await world.latchkey.keys.list({ search: input.name });
      expect(nodes.map(({ id }) => id)).toEqual([apiKey.id]);
      expect(await world.latchkey.verify({ credential: secret })).toMatchObject({ valid: true });
    });

    it("sends a change again later by a key of your own", async () => {
      const { apiKey } = await seedKey(world);
      const idempotencyKey = unique("rotation");
      const first = await world.latchkey.keys.rotate({ id: apiKey.id }, { idempotencyKey });
      const second = await world.latchkey.keys.rotate({ id: apiKey.id }, { idempotencyKey });
      expect(second.secret).toBe(first.secret);
    });
  });
});
