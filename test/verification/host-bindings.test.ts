import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedClientWithKey } from "../clients/seed-client.js";
import { refusalIn } from "../support/graphql.js";
import { startWorld, type World } from "../support/world.js";

const VERIFY = `mutation ($input: VerifyCredentialInput!) { verifyCredential(input: $input) { code message } }`;

describe("the host bindings of a client", () => {
  let world: World;
  let bound: string;

  before(async () => {
    world = await startWorld();
    const hostBindings = ["192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "::ffff:198.51.100.0/120"].map((match) => ({
      name: match,
      match,
    }));
    bound = (await seedClientWithKey(world, { hostBindings })).secret;
  });

  after(() => world.stop());

  const codeOf = async (credential: string, address?: string) =>
    (await world.latchkey.verify({ credential, ...(address !== undefined && { address }) })).code;

  for (const [address, code] of [
    ["192.0.2.7", "VALID"],
    ["::ffff:192.0.2.7", "VALID"],
    ["::FFFF:C000:0207", "VALID"],
    ["10.200.3.4", "VALID"],
    ["2001:DB8:0::7", "VALID"],
    ["198.51.100.9", "VALID"],
    ["192.0.2.8", "ADDRESS_NOT_ALLOWED"],
    ["11.0.0.1", "ADDRESS_NOT_ALLOWED"],
    ["2001:db9::7", "ADDRESS_NOT_ALLOWED"],
    ["::192.0.2.7", "ADDRESS_NOT_ALLOWED"],
    ["64:ff9b::192.0.2.7", "ADDRESS_NOT_ALLOWED"],
    ["127.0.0.1", "ADDRESS_NOT_ALLOWED"],
    [undefined, "ADDRESS_NOT_ALLOWED"],
  ] as const) {
    it(`answer ${code} for ${address ?? "a call whose address is not told"}`, async () => {
      expect(await codeOf(bound, address)).toBe(code);
      const { data } = await world.graphql(VERIFY, { input: { credential: bound, ...(address && { address }) } });
      expect(data.verifyCredential.code).toBe(code);
    });
  }

  it("say what is missing, or which address was judged", async () => {
    const messageOf = async (address?: string) =>
      (await world.graphql(VERIFY, { input: { credential: bound, address } })).data.verifyCredential.message;
    expect(await messageOf()).toContain("the caller's was not told or cannot be read");
    expect(await messageOf("192.0.2.8")).toBe("The credential's client may not call from 192.0.2.8.");
  });

  it("take no address that cannot be read", async () => {
    for (const address of ["192.0.2.07", "10.1", "192.0.2.7:80", "[2001:db8::1]", " 192.0.2.7", "unknown", ""]) {
      const body = JSON.stringify({ credential: bound, address });
      const answer = await world.fetch("/v1/verify", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      expect([address, answer.status]).toEqual([address, 400]);
      const { code, errors } = (await answer.json()) as { code: string; errors: { path: string }[] };
      expect([code, ...new Set(errors.map(({ path }) => path))]).toEqual(["INVALID_INPUT", "address"]);
      const refusal = refusalIn(await world.graphql(VERIFY, { input: { credential: bound, address } }));
      expect(refusal).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "address" }] });
    }
  });

  it("let every address pass where there are none", async () => {
    const { secret } = await seedClientWithKey(world);
    expect(await codeOf(secret)).toBe("VALID");
    expect(await codeOf(secret, "203.0.113.9")).toBe("VALID");
  });

  it("resolve host names; one that does not resolve lets nobody pass", async () => {
    const named = async (...matches: string[]) => {
      const hostBindings = matches.map((match) => ({ name: match, match }));
      return (await seedClientWithKey(world, { hostBindings })).secret;
    };
    const local = await named("LOCALHOST");
    expect(await codeOf(local, "127.0.0.1")).toBe("VALID");
    expect(await codeOf(local, "127.0.0.2")).toBe("ADDRESS_NOT_ALLOWED");
    expect(await codeOf(await named("no-such-host.invalid"), "127.0.0.1")).toBe("ADDRESS_NOT_ALLOWED");
    expect(await codeOf(await named("no-such-host.invalid", "127.0.0.1"), "127.0.0.1")).toBe("VALID");
  });

  it("are followed by its keys at the next verification", async () => {
    const { client, secret } = await seedClientWithKey(world);
    await world.latchkey.clients.update({ id: client.id, hostBindings: [{ name: "a", match: "192.0.2.7" }] });
    expect(await codeOf(secret, "192.0.2.8")).toBe("ADDRESS_NOT_ALLOWED");
    await world.latchkey.clients.update({ id: client.id, hostBindings: [{ name: "a", match: "192.0.2.8" }] });
    expect(await codeOf(secret, "192.0.2.8")).toBe("VALID");
    await world.latchkey.clients.update({ id: client.id, hostBindings: [] });
    expect(await codeOf(secret, "192.0.2.9")).toBe("VALID");
  });
});
