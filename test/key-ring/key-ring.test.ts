import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { FAR, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const OLD = `1:${Buffer.alloc(32, 1).toString("base64")}`;
const GROWN = `${OLD},2:${Buffer.alloc(32, 2).toString("base64")}`;

describe("a key ring that has grown", () => {
  let old: World;
  let grown: World;
  let secrets: { readonly used: string; readonly unused: string; readonly previous: string; readonly own: string };
  let recoverableId: string;

  before(async () => {
    let databaseUrl = "";
    old = await startWorld({ LATCHKEY_KEY_RING: OLD }, (url) => {
      databaseUrl = url;
      return url;
    });
    const { keys } = old.latchkey;
    const recoverable = await seedKey(old, { recoverable: true });
    recoverableId = recoverable.apiKey.id;
    await old.latchkey.webhooks.create({ url: "https://hooks.latchkey.invalid/", events: ["QUOTA_ALERT"] });
    await keys.rotate({ id: recoverableId, graceSeconds: 86_400 });
    secrets = {
      used: (await seedKey(old)).secret,
      unused: (await seedKey(old)).secret,
      previous: recoverable.secret,
      own: (await keys.create({ name: unique("own"), expiresAt: FAR })).secret,
    };
    grown = await startWorld({ LATCHKEY_KEY_RING: GROWN }, () => databaseUrl);
  });

  after(async () => {
    await grown.stop();
    await old.stop();
  });

  const versionOf = async (version: number) =>
    (await grown.latchkey.system.keyRing()).find((each) => each.version === version);
  const pepperOf = async (secret: string): Promise<number> => {
    const { rows } = await old.database.query("select pepper_version from api_key_secrets where lookup_id = $1", [
      secret.slice(7, 19),
    ]);
    return rows[0].pepper_version;
  };

  it("keeps everything verifying, and moves each credential to its newest version when it is used", async () => {
    expect(await versionOf(1)).toMatchObject({
      current: false,
      present: true,
      keysInForce: 4,
      sealedSecrets: 3,
      removable: false,
    });
    expect(await versionOf(2)).toMatchObject({ current: true, present: true });
    for (const credential of [secrets.used, secrets.previous]) {
      expect((await grown.latchkey.verify({ credential })).code).toBe("VALID");
    }
    expect((await new Latchkey({ url: grown.url, credential: secrets.own }).me()).name).toBe("admin");
    for (const secret of [secrets.used, secrets.previous, secrets.own]) {
      await until("the new digest", async () => (await pepperOf(secret)) === 2);
      expect((await grown.latchkey.verify({ credential: secret })).code).toBe("VALID");
    }
    expect(await pepperOf(secrets.unused)).toBe(1);
    const mistyped = secrets.unused.slice(0, -1) + (secrets.unused.endsWith("x") ? "y" : "x");
    expect((await grown.latchkey.verify({ credential: mistyped })).code).toBe("MALFORMED");
    expect(await pepperOf(secrets.unused)).toBe(1);
  });

  it("seals what is kept anew, by itself, and tells what still hangs on the old version", async () => {
    grown.moveClock(3_600_000);
    await until("the sealed secrets to move", async () => (await versionOf(1))?.sealedSecrets === 0);
    expect(await versionOf(2)).toMatchObject({ sealedSecrets: 3 });
    const { secret } = await grown.latchkey.keys.reveal({ id: recoverableId, reason: "To see that it still opens" });
    expect((await grown.latchkey.verify({ credential: secret })).code).toBe("VALID");
    const hanging = await until("all keys that were used to move", async () => {
      const version = await versionOf(1);
      return version?.keysInForce === 1 && version;
    });
    expect(hanging.removable).toBe(false);

    await grown.latchkey.verify({ credential: secrets.unused });
    await until("the last key to move", async () => (await versionOf(1))?.keysInForce === 0);
    grown.moveClock(13 * 3_600_000);
    await grown.latchkey.signIn(grown.admin);
    expect(await versionOf(1)).toMatchObject({ sessions: 0, removable: true });
  });
});
