import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { fakeTime } from "./fake-time.js";
import { ACTOR, answers, breaks, data, hangs, standIn } from "./stand-in.js";

/** A port that a server had a moment ago, and nobody has now. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a call that takes too long", () => {
  it("rejects with TIMEOUT once its time is over", async (t) => {
    const time = fakeTime(t);
    const { latchkey } = standIn([hangs], { timeoutMs: 3_000 });
    const call = latchkey.keys.create({ name: "a" });
    expect(await time.passed(call)).toBe(3_000);
    await expect(call).rejects.toMatchObject({
      name: "SdkError",
      code: "TIMEOUT",
      message: "No answer within 3000 ms.",
    });
  });

  it("counts the time until the body has been read", async () => {
    const server = createServer((_, response) => response.writeHead(200).write("{"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const latchkey = new Latchkey({ url: `http://127.0.0.1:${port}`, timeoutMs: 50 });
      await expect(latchkey.me()).rejects.toMatchObject({ code: "TIMEOUT" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("has ten seconds unless told otherwise, and for ever when told so", async (t) => {
    const time = fakeTime(t);
    const patient = standIn([hangs], { timeoutMs: Number.POSITIVE_INFINITY }).latchkey.me();
    let settled = false;
    patient.catch(() => undefined).finally(() => (settled = true));
    const call = standIn([hangs]).latchkey.me();
    expect(await time.passed(call)).toBe(10_000);
    await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(settled).toBe(false);
  });
});

describe("a call that is given up", () => {
  const reasons = [new Error("enough"), "enough", undefined];

  it("rejects with the signal's reason, whatever it is", async () => {
    for (const reason of reasons) {
      const controller = new AbortController();
      const call = standIn([hangs]).latchkey.me({ signal: controller.signal });
      controller.abort(reason);
      await expect(call.catch((error: unknown) => ({ error }))).resolves.toEqual({ error: controller.signal.reason });
    }
  });

  it("is not sent at all when it was given up before", async () => {
    const { latchkey, sent } = standIn([breaks]);
    const call = latchkey.me({ signal: AbortSignal.abort("enough") });
    await expect(call.catch((error: unknown) => ({ error }))).resolves.toEqual({ error: "enough" });
    expect(sent).toEqual([]);
  });

  it("ends while it waits for the next attempt, and sends no more", async (t) => {
    const time = fakeTime(t);
    for (const reason of reasons) {
      const { latchkey, sent } = standIn([answers(503, "", { "retry-after": "5" })]);
      const controller = new AbortController();
      const call = latchkey.me({ signal: controller.signal });
      setTimeout(() => controller.abort(reason), 1_000);
      expect(await time.passed(call)).toBe(1_000);
      await expect(call.catch((error: unknown) => ({ error }))).resolves.toEqual({ error: controller.signal.reason });
      expect(sent.length).toBe(1);
    }
  });

  it("does not wait at all when it was given up while the answer came", async (t) => {
    const time = fakeTime(t);
    const controller = new AbortController();
    const { latchkey, sent } = standIn([
      (signal) => {
        controller.abort("enough");
        return answers(503, "", { "retry-after": "5" })(signal);
      },
    ]);
    const call = latchkey.me({ signal: controller.signal });
    expect(await time.passed(call)).toBe(0);
    await expect(call.catch((error: unknown) => ({ error }))).resolves.toEqual({ error: "enough" });
    expect(sent.length).toBe(1);
  });

  it("reaches the pages of all()", async () => {
    const controller = new AbortController();
    const page = { totalCount: 2, pageInfo: { hasNextPage: true, endCursor: "1" }, edges: [{ node: { id: "1" } }] };
    const { latchkey, sent } = standIn([data({ regions: page }), hangs]);
    const pages = latchkey.regions.all({}, { signal: controller.signal });
    expect(await pages.next()).toEqual({ done: false, value: { id: "1" } });
    const next = pages.next();
    await turn();
    controller.abort(new Error("enough"));
    await expect(next).rejects.toThrow("enough");
    expect(sent[1]?.body.variables).toEqual({ first: 100, after: "1" });
  });

  it("leaves nothing hanging on a signal that lives on", async (t) => {
    const { signal } = new AbortController();
    const time = fakeTime(t);
    const { latchkey } = standIn([breaks, data({ me: ACTOR })]);
    const call = latchkey.me({ signal });
    await time.passed(call);
    expect(await call).toEqual(ACTOR);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("what is not Latchkey", () => {
  const strange = {
    "a page": "<!doctype html><title>Hello</title>",
    nothing: "",
    "a torn answer": '{"data":{"createApiKey":{"secret":"lk_key_hunter2',
    "a text": '"hello"',
    null: "null",
    "a list": "[1]",
    "another kind of errors": '{"errors":{"base":["hunter2"]}}',
    "errors without a code": '{"errors":[{"message":"hunter2"}]}',
    "errors of null": '{"errors":[null]}',
    "codes of its own": '{"code":404,"detail":"hunter2","errors":"hunter2"}',
    "data of null": '{"data":null}',
    "data that is no object": '{"data":1,"valid":"yes","verdicts":{}}',
  };
  for (const [what, body] of Object.entries(strange)) {
    it(`answers ${what}: BAD_ANSWER with the status, and nothing of the text`, async () => {
      for (const status of [200, 404, 500]) {
        const { latchkey } = standIn([answers(status, body, { "x-request-id": "r-1" })]);
        const calls = [
          latchkey.me(),
          latchkey.verify({ credential: "a" }),
          latchkey.verifyBatch([{ credential: "a" }]),
        ];
        for (const call of calls) {
          const expected = { name: "SdkError", code: "BAD_ANSWER", status, requestId: "r-1", cause: undefined };
          await expect(call).rejects.toMatchObject(expected);
          await expect(call).rejects.not.toThrow(/hunter2/);
        }
      }
    });
  }

  it("is not followed to where it redirects, with the password in hand", async () => {
    const paths: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const latchkey = new Latchkey({ url: `http://127.0.0.1:${port}` });
      const signIn = latchkey.signIn({ name: "admin", password: "hunter2" });
      await expect(signIn).rejects.toMatchObject({ code: "BAD_ANSWER", status: 307 });
      expect(paths).toEqual(["/graphql"]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("may be nobody: NETWORK, without a status", async () => {
    const latchkey = new Latchkey({ url: `http://127.0.0.1:${await closedPort()}`, retries: 0 });
    for (const call of [latchkey.me(), latchkey.verify({ credential: "hunter2" })]) {
      await expect(call).rejects.toMatchObject({
        name: "SdkError",
        code: "NETWORK",
        message: "Latchkey could not be reached.",
        status: undefined,
        requestId: undefined,
        cause: expect.any(Error),
      });
    }
  });
});

describe("the address of Latchkey", () => {
  const addresses = {
    "https://latchkey.test": "https://latchkey.test",
    "https://latchkey.test/": "https://latchkey.test",
    "https://latchkey.test//": "https://latchkey.test",
    "http://latchkey.test:4000/api/latchkey": "http://latchkey.test:4000/api/latchkey",
    "http://latchkey.test:4000/api/latchkey/": "http://latchkey.test:4000/api/latchkey",
  };
  for (const [url, base] of Object.entries(addresses)) {
    it(`may be ${url}`, async () => {
      const { latchkey, sent } = standIn([answers(200, { data: { me: ACTOR }, valid: true, verdicts: [{}] })], { url });
      await latchkey.me();
      await latchkey.verify({ credential: "a" });
      await latchkey.verifyBatch([{ credential: "a" }]);
      expect(sent.map((call) => call.url)).toEqual([`${base}/graphql`, `${base}/v1/verify`, `${base}/v1/verify/batch`]);
    });
  }

  it("is sent the credential in GraphQL operations only", async () => {
    const options = { credential: "lk_ss_1" };
    const { latchkey, sent } = standIn([answers(200, { data: { me: ACTOR }, valid: true })], options);
    await latchkey.me({ transactionRef: "CHG-1" });
    await latchkey.verify({ credential: "a" });
    expect(sent.map(({ headers }) => [headers.get("authorization"), headers.get("x-transaction-ref")])).toEqual([
      ["Bearer lk_ss_1", "CHG-1"],
      [null, null],
    ]);
  });
});
