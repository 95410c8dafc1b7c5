import { createHash, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { expectInvalid, expectKeptOut, lastEventAbout, type Mutation, mutationOf } from "../support/mutations.js";
import { FAR, seedClient, seedGroup, seedUser, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const RING = `1:${Buffer.alloc(32, 1).toString("base64")}`;
const GROWN = `${RING},2:${Buffer.alloc(32, 2).toString("base64")}`;

const foreignText = () => `sk_live_${randomBytes(18).toString("base64url")}`;
const sha256 = (text: string) => createHash("sha256").update(text).digest();

describe("importing keys of another system", () => {
  let world: World;
  let databaseUrl: string;
  let importKeys: Mutation;
  let clientId: string;
  let groupId: string;

  before(async () => {
    world = await startWorld({ LATCHKEY_KEY_RING: RING, LOG_LEVEL: "trace" }, (url) => {
      databaseUrl = url;
      return url;
    });
    importKeys = mutationOf(world, "importApiKeys", "ImportApiKeysInput", "{ importedCount results { index } }");
    groupId = (await seedGroup(world)).id;
    clientId = (await seedClient(world, { groupIds: [groupId] })).id;
  });

  after(() => world.stop());

  const entry = (hash: string, changes: object = {}) => ({
    clientId,
    name: unique("imported"),
    expiresAt: FAR,
    groupIds: [groupId],
    hash,
    ...changes,
  });
  const hexOf = (text: string) => sha256(text).toString("hex");
  const codeOf = async (credential: string) => (await world.latchkey.verify({ credential })).code;
  /** A new kind of prefix is known to a node within a second. */
  const soonValid = (credential: string) =>
    until("the key to be known", async () => (await codeOf(credential)) === "VALID");
  const storedOf = async (apiKeyId: string) => {
    const { rows } = await world.database.query(
      "select digest, pepper_version, prefix from api_key_secrets where api_key_id = $1 and imported",
      [apiKeyId],
    );
    return rows[0] as { digest: Buffer; pepper_version: number | null; prefix: string | null };
  };

  it("costs texts that are not ours no look-up while there is none", async () => {
    expect(await codeOf(foreignText())).toBe("MALFORMED");
  });

  it("first tells, then takes them over, and their holders go on with what they have", async () => {
    const [hex, base64, withoutPrefix] = [foreignText(), foreignText(), foreignText()];
    const keys = [
      entry(hexOf(hex).toUpperCase()),
      entry(sha256(base64).toString("base64url"), { hashFormat: "SHA256_BASE64" }),
      entry(hexOf(withoutPrefix.slice("sk_live_".length)), { prefix: "sk_live_" }),
    ];
    const told = await world.latchkey.keys.import({ keys, dryRun: true });
    expect(told).toMatchObject({ dryRun: true, importedCount: 3, refusedCount: 0 });
    expect(told.results.map(({ apiKey }) => apiKey)).toEqual([null, null, null]);
    expect((await world.latchkey.keys.list({ search: "imported" })).totalCount).toBe(0);

    const { importedCount, results } = await world.latchkey.keys.import({ keys });
    expect(importedCount).toBe(3);
    for (const [index, text] of [hex, base64, withoutPrefix].entries()) {
      await soonValid(text);
      const verdict = await world.latchkey.verify({ credential: text });
      expect(verdict).toMatchObject({ credential: { id: results[index]?.apiKey?.id }, client: { id: clientId } });
      const authorized = await world.fetch("/v1/authorize", { headers: { authorization: `Bearer ${text}` } });
      expect(authorized.status).toBe(200);
      expect(await codeOf(`${text}x`)).toBe("NOT_FOUND");
    }
    expect(await lastEventAbout(world, results[0]?.apiKey?.id ?? "")).toMatchObject({ event: "apiKey.created" });
    const everything = world.log.join("\n");
    for (const text of [hex, base64, withoutPrefix]) expect(everything).not.toContain(text.slice("sk_live_".length));
  });

  it("replaces the hash by a digest of ours at the first use, which goes on verifying, with a grown ring too", async () => {
    const text = foreignText();
    const input = entry(hexOf(text.slice(3)), { prefix: "sk_" });
    const { results } = await world.latchkey.keys.import({ keys: [input] });
    const id = results[0]?.apiKey?.id ?? "";
    expect(await storedOf(id)).toMatchObject({ pepper_version: null, prefix: "sk_" });
    await soonValid(text);
    const stored = await until("the new digest", async () => {
      const row = await storedOf(id);
      return row.pepper_version === 1 && row;
    });
    expect([stored.prefix, stored.digest.equals(sha256(text.slice(3)))]).toEqual([null, false]);
    expect(await codeOf(text)).toBe("VALID");

    const grown = await startWorld({ LATCHKEY_KEY_RING: GROWN }, () => databaseUrl);
    try {
      expect((await grown.latchkey.verify({ credential: text })).code).toBe("VALID");
      await until("the newest digest", async () => (await storedOf(id)).pepper_version === 2);
      expect((await grown.latchkey.verify({ credential: text })).code).toBe("VALID");
      const again = await grown.latchkey.keys.import({ keys: [{ ...input, name: unique("again") }] });
      expect(again.results[0]?.refused).toMatchObject({ code: "CONFLICT", fields: [{ path: "hash" }] });
    } finally {
      await grown.stop();
    }
  });

  it("refuses what is bad alone: hashes of no such length, known ones, and what no key may have", async () => {
    const known = foreignText();
    await world.latchkey.keys.import({ keys: [entry(hexOf(known))] });
    const fresh = hexOf(foreignText());
    const entries: readonly (readonly [entry: ReturnType<typeof entry>, code: string | null, path?: string])[] = [
      [entry(fresh), null],
      [entry(fresh.toUpperCase()), "CONFLICT", "hash"],
      [entry(hexOf(known)), "CONFLICT", "hash"],
      [entry(sha256(known).toString("base64"), { hashFormat: "SHA256_BASE64" }), "CONFLICT", "hash"],
      [entry(fresh.slice(1)), "INVALID_INPUT", "hash"],
      [entry(`${fresh.slice(1)}g`), "INVALID_INPUT", "hash"],
      [entry(fresh, { hashFormat: "SHA256_BASE64" }), "INVALID_INPUT", "hash"],
      [entry("A".repeat(42), { hashFormat: "SHA256_BASE64" }), "INVALID_INPUT", "hash"],
      [entry(hexOf("a"), { prefix: "ü" }), "INVALID_INPUT", "prefix"],
      [entry(hexOf("b"), { recoverable: true }), "INVALID_INPUT", "recoverable"],
      [entry(hexOf("c"), { groupIds: [] }), "INVALID_INPUT", "groupIds"],
      [entry(hexOf("d"), { clientId: "nobody" }), "NOT_FOUND"],
    ];
    const { importedCount, results } = await world.latchkey.keys.import({ keys: entries.map(([each]) => each) });
    expect(results.map(({ refused }) => [refused?.code ?? null, refused?.fields[0]?.path])).toEqual(
      entries.map(([, code, path]) => [code, path]),
    );
    expect(importedCount).toBe(1);
    expectInvalid(await importKeys({ keys: [] }), "keys");
    expectInvalid(await importKeys({ keys: Array.from({ length: 1_001 }, () => entry(fresh)) }), "keys");
  });

  it("imports a hash once, however many import it at once", async () => {
    const hash = hexOf(foreignText());
    const answers = await Promise.all(Array.from({ length: 4 }, () => importKeys({ keys: [entry(hash)] })));
    const imported = answers.map(
      ({ data, errors }) => data?.importApiKeys?.importedCount ?? errors[0]?.extensions.code,
    );
    expect(imported.filter((count) => count === 1).length).toBe(1);
    for (const each of imported) expect([0, 1, "CONFLICT"]).toContain(each);
  });

  it("gives keys that live as any other: rotated, revoked, given up, looked up", async () => {
    const text = foreignText();
    const { results } = await world.latchkey.keys.import({ keys: [entry(hexOf(text))] });
    const id = results[0]?.apiKey?.id ?? "";
    await soonValid(text);
    expect((await world.latchkey.keys.lookup(text)).apiKey?.id).toBe(id);
    const { secret } = await world.latchkey.keys.rotate({ id, graceSeconds: 3_600 });
    expect(secret).toMatch(/^lk_key_/);
    expect([await codeOf(text), await codeOf(secret)]).toEqual(["VALID", "VALID"]);
    await world.latchkey.keys.finishRotation(id);
    expect([await codeOf(text), await codeOf(secret)]).toEqual(["ROTATED_OUT", "VALID"]);

    const other = foreignText();
    await world.latchkey.keys.import({ keys: [entry(hexOf(other))] });
    await world.latchkey.keys.surrender({ secret: other });
    expect(await codeOf(other)).toBe("REVOKED");
  });

  it("lets a user's imported key into the management API, and members import their own only", async () => {
    const member = await seedUser(world, "MEMBER");
    const text = foreignText();
    const own = { name: unique("own"), hash: hexOf(text) };
    const { results } = await member.latchkey.keys.import({ keys: [own, entry(hexOf("e"))] });
    expect(results.map(({ refused }) => refused?.code)).toEqual([undefined, "NOT_FOUND"]);
    expect((await new Latchkey({ url: world.url, credential: text }).me()).name).toBe(member.user.userName);
    await expectKeptOut(world, importKeys, { keys: [entry(hexOf("f"))] }, ["AUDITOR"]);
  });
});
