import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { describe, it } from "node:test";
import { expect } from "expect";
import { startWorld } from "../support/world.js";

describe("stopping the server", () => {
  it("answers the request in flight and does not wait for its connection to time out", {
    timeout: 30_000,
  }, async () => {
    const world = await startWorld();
    const agent = new Agent({ keepAlive: true });
    const inFlight = request(`${world.url}/v1/verify`, {
      agent,
      method: "POST",
      headers: { "content-type": "application/json", "content-length": 2, expect: "100-continue" },
    });
    inFlight.flushHeaders();
    await once(inFlight, "continue");

    const stopped = world.stop();
    inFlight.end("{}");
    const [answer] = (await once(inFlight, "response")) as [IncomingMessage];
    answer.resume();
    await stopped;
    expect(answer.statusCode).toBe(200);
    agent.destroy();
  });
});
