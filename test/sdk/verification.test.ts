import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { seedKey, unique } from "./seed.js";

const CALL = { method: "GET", path: "/orders/7?full=true" };

describe("verifying with the SDK", () => {
  let world: World;
  /** Nobody has signed in here: asking needs no credential. */
  let gateway: Latchkey;

  before(async () => {
    world = await startWorld();
    gateway = new Latchkey({ url: world.url });
  });

  after(() => world.stop());

  it("allows a granted call, with the facts about key and owner", async () => {
    const { secret, apiKey, client, group, api, collection, region } = await seedKey(world.latchkey);
    const inCollection = { ...CALL, collection: `${region.code}/${collection.name}` };
    expect(await gateway.verify({ credential: secret, api: inCollection, groups: [group.name] })).toEqual({
      valid: true,
      code: "VALID",
      requestId: expect.any(String),
      credential: {
        id: apiKey.id,
        kind: "API_KEY",
        name: apiKey.name,
        lookupId: apiKey.lookupId,
        expiresAt: apiKey.expiresAt,
      },
      client: { id: client.id, clientId: client.clientId, displayName: client.displayName, priority: 5 },
      user: null,
      groups: [group.name],
      scopes: [],
      api: { id: api.id, name: api.name, kind: "REST" },
      rateLimit: { limit: 10, remaining: 9, resetSeconds: 1 },
      quota: null,
      metadata: { plan: "gold" },
    });
  });

  it("answers a refusal as a verdict, not as an error", async () => {
    const { secret, apiKey } = await seedKey(world.latchkey);
    const codeOf = async (request: Parameters<Latchkey["verify"]>[0]) => (await gateway.verify(request)).code;
    expect(await codeOf({ credential: "" })).toBe("MISSING");
    expect(await codeOf({ credential: "nonsense" })).toBe("MALFORMED");
    expect(await codeOf({ credential: secret, groups: [unique("group")] })).toBe("GROUP_DENIED");
    expect(await codeOf({ credential: secret, scopes: ["keys:read"] })).toBe("SCOPE_DENIED");
    await world.latchkey.keys.disable(apiKey.id);
    expect(await gateway.verify({ credential: secret })).toEqual({
      valid: false,
      code: "DISABLED",
      message: "The credential is disabled.",
      requestId: expect.any(String),
    });
  });

  it("judges the credential it is asked about, not the one it is signed in with", async () => {
    const { secret, client } = await seedKey(world.latchkey);
    const verdict = await world.latchkey.verify({ credential: secret });
    expect(verdict).toMatchObject({ valid: true, client: { id: client.id }, user: null });
  });

  it("takes the caller's address, as Node tells it", async () => {
    const { secret } = await seedKey(world.latchkey);
    for (const address of ["203.0.113.7", "::ffff:203.0.113.7", "2001:db8::7", "::1", undefined]) {
      expect(await gateway.verify({ credential: secret, address, transactionRef: "CHG-1" })).toMatchObject({
        valid: true,
      });
    }
    await expect(gateway.verify({ credential: secret, address: "localhost" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      status: 400,
    });
  });

  it("answers a batch in its order", async () => {
    const [first, second] = [await seedKey(world.latchkey), await seedKey(world.latchkey)];
    const verdicts = await gateway.verifyBatch([
      { credential: second.secret },
      { credential: "nonsense" },
      { credential: first.secret },
    ]);
    expect(verdicts.map(({ code }) => code)).toEqual(["VALID", "MALFORMED", "VALID"]);
    expect(verdicts.map((each) => each.valid && each.client?.id)).toEqual([second.client.id, false, first.client.id]);
  });

  it("refuses an empty batch, and one of more than 100", async () => {
    await expect(gateway.verifyBatch([])).rejects.toMatchObject({ code: "INVALID_INPUT", status: 400 });
    const many = Array.from({ length: 101 }, () => ({ credential: "" }));
    await expect(gateway.verifyBatch(many)).rejects.toMatchObject({ code: "INVALID_INPUT", status: 400 });
  });

  it("asks over GraphQL with a sign-in", async () => {
    const { secret, client, api, collection } = await seedKey(world.latchkey);
    const input = { credential: secret, api: { ...CALL, collection: collection.id } };
    expect(await world.latchkey.verifyCredential(input)).toMatchObject({
      valid: true,
      code: "VALID",
      client: { clientId: client.clientId },
      api: { id: api.id },
    });
    await expect(gateway.verifyCredential(input)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("is refused to askers outside the networks that may ask", async () => {
    const closed = await startWorld({ VERIFY_NETWORKS: "203.0.113.0/24" });
    try {
      const refusal = { name: "SdkError", code: "FORBIDDEN", status: 403, requestId: expect.any(String) };
      await expect(closed.latchkey.verify({ credential: "" })).rejects.toMatchObject(refusal);
      await expect(closed.latchkey.verifyBatch([{ credential: "" }])).rejects.toMatchObject(refusal);
    } finally {
      await closed.stop();
    }
  });
});
