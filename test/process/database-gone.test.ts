import { describe, it } from "node:test";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { openWay } from "../support/way.js";
import { startWorld } from "../support/world.js";

describe("a node whose database is gone", () => {
  it("is alive, not ready and undecided, and recovers by itself", async () => {
    const way = await openWay();
    const world = await startWorld({}, (url) => way.urlTo(url));
    try {
      const { secret } = await seedKey(world);
      const ask = () => world.fetch("/v1/authorize", { headers: { "x-api-key": secret } });
      const verify = async () =>
        (await (
          await world.fetch("/v1/verify", { method: "POST", headers: { "x-api-key": secret } })
        ).json()) as object;
      expect((await ask()).status).toBe(200);

      way.cut();
      const undecided = await until("the lease to end", async () => {
        const answer = await ask();
        return answer.status !== 200 && answer;
      });
      expect([
        undecided.status,
        undecided.headers.get("retry-after"),
        undecided.headers.get("x-latchkey-code"),
      ]).toEqual([503, "1", "UNDECIDED"]);
      expect(await verify()).toEqual({
        valid: false,
        code: "UNDECIDED",
        message: expect.any(String),
        requestId: expect.any(String),
        retryAfterSeconds: 1,
      });
      const refused = await world.graphql("{ clients { totalCount } }");
      expect(refusalIn(refused).code).toBe("UNAVAILABLE");
      expect((await world.fetch("/health/live")).status).toBe(200);
      const ready = await world.fetch("/health/ready");
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: "down", checks: { database: "down", process: "up" } },
      ]);

      way.mend();
      await until("the node to recover", async () => (await world.fetch("/health/ready")).status === 200);
      expect((await ask()).status).toBe(200);
      expect((await world.graphql("{ clients { totalCount } }")).errors).toEqual([]);
    } finally {
      way.mend();
      await world.stop();
      way.close();
    }
  });
});
