import { after, before, describe, it } from "node:test";
import type { ServiceTimeInput } from "@latchkey/sdk";
import { expect } from "expect";
import { seedClientWithKey } from "../clients/seed-client.js";
import { startWorld, type World } from "../support/world.js";

const overnight: ServiceTimeInput = {
  timeZone: "Europe/Berlin",
  windows: [{ days: ["SATURDAY"], opens: "22:00", closes: "02:30" }],
};
const morning: ServiceTimeInput = {
  timeZone: "America/New_York",
  windows: [{ days: ["SUNDAY", "MONDAY"], opens: "02:15", closes: "09:00" }],
};

/** In the order of time: the clock of a world only moves on. Clocks change in New York on 14 March, in Berlin on 28 March. */
const MOMENTS: readonly (readonly [string, ServiceTimeInput, string])[] = [
  ["2027-03-14T06:59:00Z", morning, "2027-03-14T07:00:00.000Z"],
  ["2027-03-14T07:00:10Z", morning, "OPEN"],
  ["2027-03-14T12:59:50Z", morning, "OPEN"],
  ["2027-03-14T13:00:00Z", morning, "2027-03-15T06:15:00.000Z"],
  ["2027-03-22T13:30:00Z", morning, "2027-03-28T06:15:00.000Z"],
  ["2027-03-27T20:59:00Z", overnight, "2027-03-27T21:00:00.000Z"],
  ["2027-03-27T21:00:00Z", overnight, "OPEN"],
  ["2027-03-28T00:59:50Z", overnight, "OPEN"],
  // The clock jumps from 02:00 to 03:00: the last half hour does not come.
  ["2027-03-28T01:00:00Z", overnight, "2027-04-03T20:00:00.000Z"],
  ["2027-10-31T00:29:50Z", overnight, "OPEN"],
  ["2027-10-31T00:45:00Z", overnight, "2027-10-31T01:00:00.000Z"],
  // The clock shows 02:00 again.
  ["2027-10-31T01:10:00Z", overnight, "OPEN"],
  ["2027-10-31T01:30:00Z", overnight, "2027-11-06T21:00:00.000Z"],
];

describe("the service time of a client", () => {
  let world: World;
  const secrets = new Map<ServiceTimeInput, string>();

  before(async () => {
    world = await startWorld();
    for (const serviceTime of [overnight, morning]) {
      secrets.set(serviceTime, (await seedClientWithKey(world, { serviceTime })).secret);
    }
  });

  after(() => world.stop());

  it("is followed by its keys at the next verification", async () => {
    const { client, secret } = await seedClientWithKey(world);
    const codeOf = async () => (await world.latchkey.verify({ credential: secret })).code;
    const today = world.now().toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }).toUpperCase();
    const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
    const tomorrow = days[(days.findIndex((day) => day === today) + 1) % 7] ?? "MONDAY";
    const inTwoDays = days[(days.findIndex((day) => day === today) + 2) % 7] ?? "MONDAY";
    const closedNow = { timeZone: "UTC", windows: [{ days: [inTwoDays], opens: "01:00", closes: "24:00" }] };
    const openNow = days.filter((day) => day !== inTwoDays);

    await world.latchkey.clients.update({ id: client.id, serviceTime: closedNow });
    expect(await codeOf()).toBe("OUTSIDE_SERVICE_TIME");
    expect(openNow).toContain(tomorrow);
    const windows = [{ days: openNow, opens: "00:00", closes: "24:00" }];
    await world.latchkey.clients.update({ id: client.id, serviceTime: { timeZone: "UTC", windows } });
    expect(await codeOf()).toBe("VALID");
    await world.latchkey.clients.update({ id: client.id, serviceTime: closedNow });
    await world.latchkey.clients.update({ id: client.id, serviceTime: null });
    expect(await codeOf()).toBe("VALID");
  });

  for (const [moment, serviceTime, opens] of MOMENTS) {
    it(`is ${opens === "OPEN" ? "open" : `over until ${opens}`} at ${moment} in ${serviceTime.timeZone}`, async () => {
      world.moveClock(Date.parse(moment) - world.now().getTime());
      const verdict = await world.latchkey.verify({ credential: secrets.get(serviceTime) ?? "" });
      if (opens === "OPEN") return expect(verdict).toMatchObject({ valid: true });
      const message = `It is outside of the service time of the credential's client. It opens next at ${opens}.`;
      expect(verdict).toMatchObject({ valid: false, code: "OUTSIDE_SERVICE_TIME", message });
      const seconds = (Date.parse(opens) - Date.parse(moment)) / 1_000;
      const { retryAfterSeconds = 0 } = verdict as { retryAfterSeconds?: number };
      expect(Number.isInteger(retryAfterSeconds)).toBe(true);
      expect(retryAfterSeconds).toBeLessThanOrEqual(seconds);
      expect(retryAfterSeconds).toBeGreaterThan(seconds - 50);
    });
  }

  it("answers a gateway with 403, Retry-After and the instant, and GraphQL with the same", async () => {
    const secret = secrets.get(overnight) ?? "";
    const answer = await world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
    expect([answer.status, answer.headers.get("x-latchkey-code")]).toEqual([403, "OUTSIDE_SERVICE_TIME"]);
    const problem = (await answer.json()) as { retryAfterSeconds: number; detail: string };
    expect(answer.headers.get("retry-after")).toBe(String(problem.retryAfterSeconds));
    expect(problem.detail).toContain("2027-11-06T21:00:00.000Z");

    const { token } = await world.latchkey.signIn(world.admin);
    const verify = `mutation ($input: VerifyCredentialInput!) { verifyCredential(input: $input) { code retryAfterSeconds } }`;
    const { data } = await world.graphql(verify, { input: { credential: secret } }, token);
    expect(data.verifyCredential.code).toBe("OUTSIDE_SERVICE_TIME");
    expect(data.verifyCredential.retryAfterSeconds).toBeGreaterThan(500_000);
  });
});
