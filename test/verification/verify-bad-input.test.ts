import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedKey } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("bad input to POST /v1/verify", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function codeOf(body: object): Promise<string> {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await world.fetch("/v1/verify", init);
    expect({ status: response.status, body }).toEqual({ status: 200, body });
    return ((await response.json()) as { code: string }).code;
  }

  const BAD: readonly (readonly [what: string, body: string, status: number, path: string | undefined])[] = [
    ["an unknown field", '{"credential": "x", "bogus": 1}', 400, "bogus"],
    ["an unknown field of the call", '{"api": {"method": "GET", "path": "/", "verb": 1}}', 400, "api.verb"],
    ["a credential that is no text", '{"credential": 5}', 400, "credential"],
    ["a credential beyond its limit", JSON.stringify({ credential: "x".repeat(1_001) }), 400, "credential"],
    ["a call without a path", '{"api": {"method": "GET"}}', 400, "api.path"],
    ["groups that are no list", '{"groups": "a"}', 400, "groups"],
    ["101 groups", JSON.stringify({ groups: Array.from({ length: 101 }, String) }), 400, "groups"],
    ["an address that is none", '{"address": "localhost"}', 400, "address"],
    ["a body that is no object", "[]", 400, "body"],
    ["bad JSON", "{", 400, undefined],
    ["a body over 1 MiB", `{"credential": "${"x".repeat(1_100_000)}"}`, 413, undefined],
  ];

  for (const [what, body, status, path] of BAD) {
    it(`answers ${what} with a problem document that names the field`, async () => {
      const response = await world.fetch("/v1/verify", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const problem = (await response.json()) as { errors?: { path: string; message: string }[] };
      expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect(problem).toMatchObject({
        status,
        code: "INVALID_INPUT",
        type: "urn:latchkey:error:INVALID_INPUT",
        detail: expect.stringMatching(/\w/),
      });
      expect({ status: response.status, paths: problem.errors?.map((each) => each.path) }).toEqual({
        status,
        paths: path && [path],
      });
    });
  }

  it("names the entry of a batch that is bad", async () => {
    const requests = [{ credential: "x" }, { credential: "x", address: "localhost" }];
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ requests }),
    };
    const problem = await (await world.fetch("/v1/verify/batch", init)).json();
    expect(problem).toMatchObject({
      status: 400,
      detail: "requests.1.address: must be a valid IP address",
      errors: [{ path: "requests.1.address", message: "must be a valid IP address" }],
    });
  });

  it("takes JSON only, and no odd text for a secret, a group or a call", async () => {
    const text = await world.fetch("/v1/verify", {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "{}",
    });
    expect([text.status, await text.json()]).toEqual([415, expect.objectContaining({ code: "INVALID_INPUT" })]);
    const { secret } = await seedKey(world);
    for (const odd of ["\0", "\ud800", "\r\n"]) {
      expect(await codeOf({ credential: `${secret}${odd}` })).toBe("MALFORMED");
      expect(await codeOf({ credential: secret, groups: [`a${odd}`] })).toBe("GROUP_DENIED");
      expect(await codeOf({ credential: secret, api: { method: "GET", path: `/a${odd}` } })).toBe("API_UNKNOWN");
      expect(await codeOf({ credential: secret, api: { method: "GET", path: "/a", collection: `a${odd}` } })).toBe(
        "API_UNKNOWN",
      );
    }
  });

  it("answers empty and oversized batches with a problem document", async () => {
    for (const requests of [[], Array.from({ length: 101 }, () => ({ credential: "x" }))]) {
      const init = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requests }),
      };
      const response = await world.fetch("/v1/verify/batch", init);
      expect(await response.json()).toMatchObject({ status: 400, errors: [{ path: "requests" }] });
    }
  });
});
