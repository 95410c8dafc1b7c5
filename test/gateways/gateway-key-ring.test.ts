import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { parseKeyRing } from "../../api/config/readers.js";
import { checkKeyRing } from "../../api/database/check-key-ring.js";
import { createDataSource } from "../../api/database/data-source.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const OLD = `1:${Buffer.alloc(32, 1).toString("base64")}`;
const NEW = `2:${Buffer.alloc(32, 2).toString("base64")}`;
const OUTSIDE = { VERIFY_NETWORKS: "10.0.0.0/8" };

describe("gateway keys in a key ring that has grown", () => {
  let old: World;
  let grown: World;
  let databaseUrl = "";

  before(async () => {
    old = await startWorld({ ...OUTSIDE, LATCHKEY_KEY_RING: OLD }, (url) => {
      databaseUrl = url;
      return url;
    });
  });

  after(async () => {
    await grown.stop();
    await old.stop();
  });

  const versionOf = async (version: number) =>
    (await grown.latchkey.system.keyRing()).find((each) => each.version === version);

  it("keep their old version from being taken away, and move to the newest when they are used", async () => {
    const create = () => old.latchkey.gatewayKeys.create({ name: unique("gateway") });
    const [used, unused] = [await create(), await create()];
    const dataSource = await createDataSource(databaseUrl).initialize();
    try {
      const withoutOld = checkKeyRing(dataSource, new KeyRing(parseKeyRing(NEW)), old.now());
      await expect(withoutOld).rejects.toThrow("LATCHKEY_KEY_RING lacks version 1");
    } finally {
      await dataSource.destroy();
    }

    grown = await startWorld({ ...OUTSIDE, LATCHKEY_KEY_RING: `${OLD},${NEW}` }, () => databaseUrl);
    expect(await versionOf(1)).toMatchObject({ gatewayKeysInForce: 2, removable: false });
    const gateway = new Latchkey({ url: grown.url, gatewayKey: used.secret });
    expect((await gateway.verify({ credential: "nonsense" })).code).toBe("MALFORMED");
    await until("the new digest", async () => (await versionOf(2))?.gatewayKeysInForce === 1);
    expect(await versionOf(1)).toMatchObject({ gatewayKeysInForce: 1, removable: false });
    expect((await gateway.verify({ credential: "nonsense" })).code).toBe("MALFORMED");

    await grown.latchkey.gatewayKeys.revoke({ id: unused.gatewayKey.id });
    expect(await versionOf(1)).toMatchObject({ gatewayKeysInForce: 0 });
    grown.moveClock(13 * 3_600_000);
    await grown.latchkey.signIn(grown.admin);
    expect(await versionOf(1)).toMatchObject({ sessions: 0, removable: true });
    expect((await gateway.verify({ credential: "nonsense" })).code).toBe("MALFORMED");
  });
});
