import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedClientWithKey } from "../clients/seed-client.js";
import { startWorld, type World } from "../support/world.js";

const DAYS = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

describe("the order of checks", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("names the first of all that stand in the way, from the key to the API", async () => {
    const dayAfterTomorrow = DAYS[(world.now().getUTCDay() + 2) % 7] ?? "SUNDAY";
    const { client, secret } = await seedClientWithKey(world, {
      expiresAt: "2020-01-01",
      status: "DISABLED",
      serviceTime: { timeZone: "UTC", windows: [{ days: [dayAfterTomorrow], opens: "01:00", closes: "24:00" }] },
      hostBindings: [{ name: "nowhere", match: "192.0.2.7" }],
    });
    const [apiKey] = (await world.latchkey.keys.list({ filter: { clientId: client.id } })).nodes;
    const { id } = client;
    await world.latchkey.keys.disable(apiKey?.id ?? "");

    const demand = { credential: secret, address: "192.0.2.8", api: { method: "GET", path: "/nowhere" } };
    const codeOf = async () => (await world.latchkey.verify(demand)).code;
    const codes = [await codeOf()];
    for (const clearTheFirst of [
      () => world.latchkey.keys.enable(apiKey?.id ?? ""),
      () => world.latchkey.clients.setStatus({ clientId: id, status: "ENABLED" }),
      () => world.latchkey.clients.update({ id, expiresAt: null }),
      () => world.latchkey.clients.update({ id, serviceTime: null }),
      () => world.latchkey.clients.update({ id, hostBindings: null }),
    ]) {
      await clearTheFirst();
      codes.push(await codeOf());
    }
    expect(codes).toEqual([
      "DISABLED",
      "OWNER_DISABLED",
      "OWNER_NOT_IN_FORCE",
      "OUTSIDE_SERVICE_TIME",
      "ADDRESS_NOT_ALLOWED",
      "API_UNKNOWN",
    ]);
  });
});
