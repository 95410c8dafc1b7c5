import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { loadConfig } from "../../api/config/config.js";
import { type SeededKey, seedKey, seedUser, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("API_KEY_HEADER", () => {
  let world: World;
  let key: SeededKey;

  before(async () => {
    world = await startWorld({ API_KEY_HEADER: "X-Partner-Key" });
    key = await seedKey(world);
  });

  after(() => world.stop());

  const headersOf = (name: string, secret: string) => ({ [name]: secret, "content-type": "application/json" });

  it("names the one header in which verdicts look for a key, beside Authorization", async () => {
    const codeOf = async (name: string) => {
      const authorized = await world.fetch("/v1/authorize", { headers: headersOf(name, key.secret) });
      const headers = headersOf(name, key.secret);
      const verified = await world.fetch("/v1/verify", { method: "POST", headers, body: "{}" });
      const { code } = (await verified.json()) as { code: string };
      return [authorized.headers.get("x-latchkey-code") ?? "VALID", code];
    };
    expect(await codeOf("X-Partner-Key")).toEqual(["VALID", "VALID"]);
    expect(await codeOf("x-partner-KEY")).toEqual(["VALID", "VALID"]);
    expect(await codeOf("X-API-Key")).toEqual(["MISSING", "MISSING"]);
    const both = { "x-partner-key": key.secret, authorization: `Bearer ${(await seedKey(world)).secret}` };
    const refused = await world.fetch("/v1/authorize", { headers: both });
    expect(refused.headers.get("x-latchkey-code")).toBe("MALFORMED");
    const beside = { "x-partner-key": key.secret, "x-api-key": "somebody else's" };
    expect((await world.fetch("/v1/authorize", { headers: beside })).status).toBe(200);
  });

  it("names it for the management API too", async () => {
    const { latchkey, user } = await seedUser(world, "OPERATOR");
    const { secret } = await latchkey.keys.create({ name: unique("script") });
    const me = async (name: string) => {
      const body = JSON.stringify({ query: "{ me { name } }" });
      const response = await world.fetch("/graphql", { method: "POST", headers: headersOf(name, secret), body });
      const { data, errors } = (await response.json()) as {
        data: { me: { name: string } } | null;
        errors?: { extensions: { code: string } }[];
      };
      return data?.me.name ?? errors?.[0]?.extensions.code;
    };
    expect(await me("X-Partner-Key")).toBe(user.userName);
    expect(await me("X-API-Key")).toBe("UNAUTHENTICATED");
  });

  it("must be a header's name without another meaning", () => {
    for (const name of [
      "Authorization",
      "cookie",
      "Host",
      "Content-Type",
      "X-Forwarded-For",
      "X-Original-URI",
      "X-Latchkey-Gateway-Key",
      "X-Request-Id",
      "X-Transaction-Ref",
      "SOAPAction",
      "Transfer-Encoding",
      "X Partner Key",
      "X-Partner-Key:",
      "X-Pärtner",
      "x".repeat(51),
    ]) {
      expect(() => loadConfig({ API_KEY_HEADER: name })).toThrow(/^Invalid environment:\n {2}API_KEY_HEADER must be/);
    }
    for (const name of ["X-API-Key", "apikey", "X-Partner-Key-2"]) {
      expect(loadConfig({ API_KEY_HEADER: name }).apiKeyHeader).toBe(name.toLowerCase());
    }
  });
});
