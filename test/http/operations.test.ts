import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedKey, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("operating a node", () => {
  let world: World;

  before(async () => {
    world = await startWorld({ LOG_LEVEL: "trace" });
  });

  after(() => world.stop());

  const metrics = async () => (await world.fetch("/metrics")).text();

  it("verdicts are counted by code, and answers timed by route, for Prometheus", async () => {
    const { secret } = await seedKey(world);
    const count = async (code: string) =>
      Number(new RegExp(`^latchkey_verdicts_total\\{code="${code}"\\} (\\d+)$`, "m").exec(await metrics())?.[1] ?? 0);
    const before = [await count("VALID"), await count("MALFORMED")];
    await world.latchkey.verify({ credential: secret });
    await world.latchkey.verify({ credential: "nonsense" });
    expect([await count("VALID"), await count("MALFORMED")]).toEqual(before.map((each) => each + 1));
    const text = await metrics();
    expect(text).toContain(
      'latchkey_http_request_duration_seconds_count{method="POST",route="/v1/verify",status="200"}',
    );
    expect(text).not.toContain(secret.slice(19, 51));
  });

  it("paths that nobody declared make no labels of their own", async () => {
    for (let number = 0; number < 5; number++) await world.fetch(`/${unique("nothing")}`);
    await world.fetch(`/v1/authorize/orders/${unique("nothing")}`);
    const text = await metrics();
    expect(text).not.toContain("nothing-");
  });

  it("a well-formed request id is kept, any other is made; the answer, the verdict and the audit tell it", async () => {
    const { secret, apiKey } = await seedKey(world);
    const given = unique("request");
    const headers = { "content-type": "application/json", "x-request-id": given };
    const verified = await world.fetch("/v1/verify", {
      method: "POST",
      headers,
      body: JSON.stringify({ credential: secret }),
    });
    expect([
      verified.headers.get("x-request-id"),
      ((await verified.json()) as { requestId: string }).requestId,
    ]).toEqual([given, given]);
    for (const bad of ["a b", "x".repeat(129), "<script>"]) {
      const response = await world.fetch("/health/live", { headers: { "x-request-id": bad } });
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
    const document = JSON.stringify({ query: `mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { id } }` });
    const init = {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${world.token}`, "x-transaction-ref": "case-7" },
      body: document,
    };
    await world.fetch("/graphql", init);
    const { nodes } = await world.latchkey.audit.list({ first: 1, filter: { targetId: apiKey.id } });
    expect(nodes[0]).toMatchObject({ requestId: given, transactionRef: "case-7", address: "127.0.0.1" });
  });

  it("a malformed transaction reference is refused by name", async () => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", "x-transaction-ref": "a b" },
      body: '{"query": "{ __typename }"}',
    };
    const response = await world.fetch("/graphql", init);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("X-Transaction-Ref")]);
  });

  it("no secret and no password reaches the log, wherever a caller puts it", async () => {
    const { secret } = await seedKey(world);
    const password = `pass-${unique("word")}`;
    const json = { "content-type": "application/json" };
    const attempts: [string, RequestInit][] = [
      [`/graphql?api_key=${secret}&password=${password}`, {}],
      [`/${secret}`, {}],
      [`/v1/authorize/orders?api_key=${secret}`, { headers: { authorization: `Basic ${secret}` } }],
      ["/v1/authorize", { headers: { "x-forwarded-uri": `/orders?api_key=${secret}`, "x-api-key": secret } }],
      ["/v1/verify", { method: "POST", headers: json, body: `{"credential": "${secret}"` }],
      ["/v1/verify", { method: "POST", headers: json, body: `{"${secret}": "${password}"}` }],
      ["/graphql", { method: "POST", headers: json, body: `{"query": "{ ${secret} }"}` }],
      [
        "/graphql",
        {
          method: "POST",
          headers: json,
          body: JSON.stringify({
            query: `mutation { signIn(input: { name: "admin", password: "${password}" }) { token } }`,
          }),
        },
      ],
      [
        "/graphql",
        {
          method: "POST",
          headers: json,
          body: JSON.stringify({
            query: `mutation { signIn(input: { name: "admin", password: ["${password}"] }) { token } }`,
          }),
        },
      ],
      [
        "/graphql",
        {
          method: "POST",
          headers: json,
          body: JSON.stringify({
            query: "mutation ($i: SignInInput!) { signIn(input: $i) { token } }",
            variables: { i: { name: 1, password } },
          }),
        },
      ],
      [
        "/graphql",
        {
          method: "POST",
          headers: { ...json, authorization: `Bearer ${secret}` },
          body: '{"query": "{ me { name } }"}',
        },
      ],
      ["/health/live", { headers: { "x-request-id": secret } }],
    ];
    for (const [path, init] of attempts) await world.fetch(path, init);
    const lines = world.log.join("");
    expect(lines).not.toContain(secret.slice(19, 51));
    expect(lines).not.toContain(password);
    expect(lines).not.toContain(world.token.slice(18, 50));
    expect(world.log.length).toBeGreaterThan(attempts.length);
  });

  it("what does not exist is told as a problem, and nothing is sniffed", async () => {
    const response = await world.fetch("/nothing");
    expect(await response.json()).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      requestId: response.headers.get("x-request-id"),
    });
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await world.fetch("/%")).status).toBe(400);
  });
});
