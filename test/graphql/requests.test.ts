import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import type { GraphqlAnswerError } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";

const CREATE_KEY = "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }";
const SEARCH = "query ($search: String) { clients(search: $search) { totalCount } }";
const FIRST = "query ($first: Int) { clients(first: $first) { totalCount } }";
const key = (metadata: string): string => body(CREATE_KEY, `{"input": {"name": "k", "metadata": ${metadata}}}`);

/** A request body whose variables are written out, so that they can hold what JSON.stringify never writes. */
function body(query: string, variables = "{}"): string {
  return `{"query": ${JSON.stringify(query)}, "variables": ${variables}}`;
}

function nested(levels: number): string {
  return levels === 0 ? "id" : `client { apiKeys { edges { node { ${nested(levels - 1)} } } } }`;
}

/** Requests that are refused as a whole, by everybody's fault but the server's. */
const REFUSED: readonly (readonly [what: string, body: string, status: number])[] = [
  ["a subscription", body("subscription { a }"), 400],
  ["an unknown operation name", '{"query": "query A { me { name } }", "operationName": "B"}', 400],
  ["two operations and no name", body("query A { me { name } } query B { me { name } }"), 400],
  ["an operation name that is no text", '{"query": "{ me { name } }", "operationName": 5}', 400],
  ["bad JSON", '{"query": ', 400],
  ["an empty body", "", 400],
  ["a body that is no object", "null", 400],
  ["a batch", '[{"query": "{ me { name } }"}]', 400],
  ["no query", "{}", 400],
  ["an empty query", body(" "), 400],
  ["variables that are no object", '{"query": "{ me { name } }", "variables": [1]}', 400],
  ["a persisted query", '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}', 400],
  ["a query to persist", '{"query": "{ me { name } }", "extensions": {"persistedQuery": {"version": 1}}}', 400],
  ["a document that is no GraphQL", body("{ me { "), 400],
  ["an unknown field", body("{ clientz { totalCount } }"), 400],
  ["fragments that go round", body("{ me { ...A } } fragment A on SignedInActor { ...A }"), 400],
  ["NUL in a variable", body(SEARCH, '{"search": "a\\u0000b"}'), 400],
  ["NUL in a literal", body('{ clients(search: "a\\u0000b") { totalCount } }'), 400],
  ["NUL in the name of a JSON field", key('{"a\\u0000": 1}'), 400],
  ["half a surrogate pair in a variable", body(SEARCH, '{"search": "\\ud800"}'), 400],
  ["half a surrogate pair in a literal", body('{ clients(search: "\\uD800") { totalCount } }'), 400],
  ["half a surrogate pair in the document", '{"query": "{ clients(search: \\"\\ud800\\") { totalCount } }"}', 400],
  ["an infinite number in a variable", body(FIRST, '{"first": 1e999}'), 400],
  ["an infinite number in a literal", body("{ clients(first: 1e999) { totalCount } }"), 400],
  ["an infinite number inside JSON", key('{"deep": [{"a": 1e999}]}'), 400],
  [
    "an infinite number inside a JSON literal",
    body('mutation { createApiKey(input: {name: "k", metadata: {a: 1e999}}) { secret } }'),
    400,
  ],
  ["a number beyond 32 bits in a variable", body(FIRST, '{"first": 99999999999}'), 400],
  ["a number beyond 32 bits in a literal", body("{ clients(first: 99999999999) { totalCount } }"), 400],
  ["a variable of another type", body(FIRST, '{"first": "ten"}'), 400],
  ["a variable that is missing", body("query ($first: Int!) { clients(first: $first) { totalCount } }"), 400],
  ["a document that is too deep", body(`{ apiKeys { edges { node { ${nested(4)} } } } }`), 400],
  [
    "a document that is too deep by its fragments",
    body(`{ apiKeys(first: 1) { edges { node { ...A } } } }
      fragment A on ApiKey { client { apiKeys(first: 1) { edges { node { ...B } } } } }
      fragment B on ApiKey { client { apiKeys(first: 1) { edges { node { client { id } } } } } }`),
    400,
  ],
  ["too many aliases", body(`{ ${Array.from({ length: 101 }, (_, n) => `a${n}: me { name }`).join(" ")} }`), 400],
  ["too many directives", body(`{ me { name ${"@skip(if: false) ".repeat(30)} } }`), 400],
  ["too many tokens", body(`{ me { ${"name ".repeat(3_000)} } }`), 400],
  [
    "pages within pages within pages",
    body(
      "{ clients(first: 100) { edges { node { apiKeys(first: 100) { edges { node { client { apiKeys(first: 100) { totalCount } } } } } } } } }",
    ),
    400,
  ],
  ["an operation over 100,000 characters", body(`{ me { name } } # ${"x".repeat(100_000)}`), 400],
  [
    "long lists in each row of a page",
    body("{ authorityGroups(first: 100) { edges { node { apis(first: 1000) { name } } } } }"),
    400,
  ],
  ["a body over 24 MiB", body(`{ me { name } } # ${"x".repeat(25_200_000)}`), 413],
];

const CODES = ["INVALID_INPUT", "UNAUTHENTICATED"];

describe("a request that cannot be served", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function post(text: string, headers: Record<string, string> = {}) {
    const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text };
    const response = await world.fetch("/graphql", init);
    const answer = await response.text();
    return { status: response.status, answer, errors: JSON.parse(answer).errors as GraphqlAnswerError[] };
  }

  /** Nothing in the answer that tells how the inside looks. */
  function expectClean(answer: string): void {
    expect(answer).not.toMatch(/did you mean|node_modules|\.js:|\.ts:|stacktrace|select |insert |INTERNAL/i);
  }

  for (const [what, text, status] of REFUSED) {
    it(`is refused clearly, whoever asks: ${what}`, async () => {
      for (const headers of [{}, { authorization: `Bearer ${world.token}` }]) {
        const refused = await post(text, headers);
        expect(refused.status).toBe(status);
        expect(refused.errors.length).toBeGreaterThan(0);
        for (const { extensions } of refused.errors) expect(CODES).toContain(extensions.code);
        expectClean(refused.answer);
      }
    });
  }

  it("is refused for its content type or charset", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=utf-7",
      "text/html",
    ]) {
      const refused = await post(body("{ me { name } }"), { "content-type": type });
      expect({ type, status: refused.status, code: refused.errors[0]?.extensions.code }).toEqual({
        type,
        status: 415,
        code: "INVALID_INPUT",
      });
    }
    expect((await post(body("{ __typename }"), { "content-type": 'application/json; charset="UTF-8"' })).status).toBe(
      200,
    );
  });

  it("is refused for its method, naming the one to use", async () => {
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const response = await world.fetch("/graphql?query={me{name}}", { method });
      expect({ method, status: response.status, allow: response.headers.get("allow") }).toEqual({
        method,
        status: 405,
        allow: "POST",
      });
    }
  });

  it("is refused for its credential: unknown, joined of two, or one of two", async () => {
    const attempts: Record<string, string>[] = [
      { authorization: "Bearer nonsense" },
      { authorization: "Bearer" },
      { "x-api-key": `${world.token}, ${world.token}` },
      { "x-api-key": "another", authorization: `Bearer ${world.token}` },
      { authorization: `Bearer ${world.token.slice(0, -1)}${world.token.endsWith("0") ? "1" : "0"}` },
    ];
    for (const headers of attempts.slice(0, 1).concat(attempts.slice(2))) {
      const refused = await post(body("{ me { name } }"), headers);
      expect(refused.status).toBe(401);
      expect(refused.errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
    // A scheme without a credential carries none.
    expect((await post(body("{ __typename }"), { authorization: "Bearer" })).status).toBe(200);
  });

  it("takes one credential that stands in both headers for one", async () => {
    const answer = await post(body("{ me { name } }"), {
      "x-api-key": world.token,
      authorization: `bearer ${world.token}`,
    });
    expect(answer.status).toBe(200);
    expect(answer.answer).toContain('"admin"');
  });

  it("names each field that does not fit, and quotes no value", async () => {
    const create = "mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }";
    const input = { password: "hunter2hunter2", name: 5, status: "ON", note: null, bogus: 1, priority: 0.5 };
    const { answer, errors } = await post(body(create, JSON.stringify({ input })), {
      authorization: `Bearer ${world.token}`,
    });
    expect(new Set(errors[0]?.extensions.fields)).toEqual(
      new Set([
        { path: "name", message: "must be a valid String" },
        { path: "displayName", message: "is required" },
        { path: "note", message: "must not be null" },
        { path: "status", message: "must be a value of ClientStatus" },
        { path: "priority", message: "must be a valid Int" },
        { path: "bogus", message: "is not a known field" },
      ]),
    );
    expect(answer).not.toContain("hunter2");
    expect(world.log.join()).not.toContain("hunter2");
  });

  it("has the page sizes of its lists checked by the list", async () => {
    for (const [args, path] of [
      ["first: 101", "first"],
      ["first: -1", "first"],
      ["last: 101", "last"],
      ["first: 1, last: 1", "first"],
      ['after: "bm9uc2Vuc2U"', "after"],
      ['before: "x"', "before"],
      [`search: "${"x".repeat(201)}"`, "search"],
    ] as const) {
      const { errors } = await world.graphql(`{ clients(${args}) { totalCount } }`);
      expect({ args, extensions: errors[0]?.extensions }).toMatchObject({
        args,
        extensions: { code: "INVALID_INPUT", fields: [{ path }] },
      });
    }
  });
});

describe("introspection", () => {
  const query = "{ __schema { queryType { name } } }";

  it("is for those who have signed in", async () => {
    const world = await startWorld();
    try {
      expect((await world.graphql(query)).data).toEqual({ __schema: { queryType: { name: "Query" } } });
      expect(await world.graphql(query, {}, null)).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
      });
      const hidden = 'query A { ...F } fragment F on Query { __type(name: "User") { name } }';
      expect((await world.graphql(hidden, {}, null)).status).toBe(401);
    } finally {
      await world.stop();
    }
  });

  it("is for everybody where the deployment says so", async () => {
    const world = await startWorld({ PUBLIC_INTROSPECTION: "true" });
    try {
      expect((await world.graphql(query, {}, null)).data).toEqual({ __schema: { queryType: { name: "Query" } } });
    } finally {
      await world.stop();
    }
  });
});
