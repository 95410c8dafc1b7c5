import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { type SeededKey, seedKey } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { exchange, requestOf } from "./raw-exchange.js";

const JSON_TYPE = "Content-Type: application/json";
const CHUNKED = "Transfer-Encoding: chunked";
const CLOSE = "Connection: close";

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

describe("bodies of POST /v1/verify", () => {
  let world: World;
  let key: SeededKey;

  before(async () => {
    world = await startWorld();
    key = await seedKey(world);
  });

  after(() => world.stop());

  async function post(headers: readonly string[], body: string | Buffer) {
    const head = requestOf("POST /v1/verify", [...headers, CLOSE]);
    const [answer] = await exchange(world.url, Buffer.concat([Buffer.from(head), Buffer.from(body)]));
    return { status: answer?.status, ...JSON.parse(answer?.body ?? "{}") };
  }

  const lengthOf = (body: string | Buffer) => `Content-Length: ${Buffer.byteLength(body)}`;

  it("may come in chunks, in any JSON spelling of its type", async () => {
    const body = JSON.stringify({ credential: key.secret });
    const chunked = `${chunk(body.slice(0, 20))}${chunk(body.slice(20))}0\r\n\r\n`;
    for (const type of ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=UTF-8"]) {
      expect(await post([`Content-Type: ${type}`, CHUNKED], chunked)).toMatchObject({ status: 200, code: "VALID" });
    }
    for (const type of ["text/json", "application/jsonp", "application/x-www-form-urlencoded", ""]) {
      const answer = await post([`Content-Type: ${type}`, lengthOf(body)], body);
      expect({ type, status: answer.status, code: answer.code }).toEqual({ type, status: 415, code: "INVALID_INPUT" });
    }
  });

  it("are refused beyond 1 MiB, also when nobody told how long they are", async () => {
    const piece = chunk(`"${"x".repeat(99_998)}"`);
    const chunked = `${chunk("[")}${`${piece}${chunk(",")}`.repeat(12)}${chunk("1]")}0\r\n\r\n`;
    expect(await post([JSON_TYPE, CHUNKED], chunked)).toMatchObject({ status: 413, code: "INVALID_INPUT" });
    const long = `{"credential": "${"x".repeat(1_100_000)}"}`;
    expect(await post([JSON_TYPE, lengthOf(long)], long)).toMatchObject({ status: 413, code: "INVALID_INPUT" });
  });

  it("are refused when they are no JSON: cut, in another charset, compressed, or without an end of depth", async () => {
    const text = JSON.stringify({ credential: key.secret });
    for (const body of [
      text.slice(0, -1),
      Buffer.from(text, "utf16le"),
      Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0]),
      `\ufeff\ufeff${text}`,
      "[".repeat(1_000_000),
      `${'{"api":'.repeat(100_000)}1`,
      "\0",
      " ",
    ]) {
      const answer = await post([JSON_TYPE, lengthOf(body)], body);
      expect({ body: body.slice(0, 20), status: answer.status, code: answer.code }).toEqual({
        body: body.slice(0, 20),
        status: 400,
        code: "INVALID_INPUT",
      });
    }
    for (const body of ['{"__proto__": {"credential": "x"}}', "null", "7", '"text"', '{"credential": null}']) {
      const answer = await post([JSON_TYPE, lengthOf(body)], body);
      expect({ body, status: answer.status, code: answer.code }).toEqual({ body, status: 400, code: "INVALID_INPUT" });
    }
  });

  it("that break off leave the server well", async () => {
    const { hostname, port } = new URL(world.url);
    const started = [JSON_TYPE, "Content-Length: 500000"];
    for (let upload = 0; upload < 40; upload++) {
      const socket = connect(Number(port), hostname);
      await once(socket, "connect");
      const headers = upload % 2 === 0 ? started : [JSON_TYPE, CHUNKED];
      const body = upload % 2 === 0 ? '{"credential": "' : chunk('{"credential": "');
      await new Promise((resolve) => socket.write(requestOf("POST /v1/verify", headers, body), resolve));
      socket.resetAndDestroy();
    }
    expect((await world.latchkey.verify({ credential: key.secret })).code).toBe("VALID");
    await until("the server to be ready", async () => (await world.fetch("/health/ready")).ok);
    expect(world.log.filter((line) => JSON.parse(line).level === "error" || JSON.parse(line).level >= 50)).toEqual([]);
  });
});
