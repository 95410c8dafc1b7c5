import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";
import { Latchkey, SdkError } from "@latchkey/sdk";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { unique } from "./seed.js";

const SECRET_TEXT = "hunter2-hunter2";

describe("an error of the SDK", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function errorOf(call: Promise<unknown>): Promise<SdkError> {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SdkError);
    return error as SdkError;
  }

  it("names the fields that stand in the way, and the status", async () => {
    const error = await errorOf(world.latchkey.regions.create({ code: "no spaces", name: "" }));
    expect(error).toMatchObject({ name: "SdkError", code: "INVALID_INPUT", status: 200 });
    expect(error.fields.map(({ path }) => path).sort()).toEqual(["code", "name"]);
    for (const { path, message } of error.fields) expect(error.message).toContain(`${path}: ${message}`);
  });

  it("names the field that is taken", async () => {
    const code = unique("region");
    await world.latchkey.regions.create({ code, name: code });
    const error = await errorOf(world.latchkey.regions.create({ code, name: unique("other") }));
    expect(error).toMatchObject({ code: "CONFLICT", fields: [{ path: "code" }] });
  });

  it("carries the request id under which the server's log knows the call", async () => {
    const error = await errorOf(world.latchkey.keys.get("00000000-0000-7000-8000-000000000000"));
    expect(error).toMatchObject({ code: "NOT_FOUND", message: "No such API key.", fields: [] });
    const refused = world.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(refused.filter(({ requestId }) => requestId === error.requestId)).toContainEqual(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });

  it("carries the request id of a call over HTTP too", async () => {
    const error = await errorOf(world.latchkey.verify({ credential: "", groups: [""] }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", status: 400, fields: [{ path: "groups.0" }] });
    const answered = world.log.find((line) => line.includes(String(error.requestId)));
    expect(JSON.parse(answered ?? "{}")).toMatchObject({ path: "/v1/verify", status: 400 });
  });

  it("keeps passwords and secrets to itself, whatever is wrong about them", async () => {
    const { users, keys } = world.latchkey;
    const user = { userName: unique("user"), password: SECRET_TEXT, role: "MEMBER" } as const;
    const stranger = (credential: string) => new Latchkey({ url: world.url, credential });
    const inText = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }";
    const calls: Record<string, () => Promise<unknown>> = {
      "a wrong password": () => world.latchkey.signIn({ name: "admin", password: SECRET_TEXT }),
      "a field too many": () => users.create({ ...user, nickname: "x" } as typeof user),
      "a field too few": () => world.latchkey.request(inText, { input: { password: SECRET_TEXT } }),
      "a password of another type": () => users.create({ ...user, password: [SECRET_TEXT] as unknown as string }),
      "an input that is a text": () => world.latchkey.request(inText, { input: SECRET_TEXT }),
      "a password too weak": () => users.create({ ...user, userName: SECRET_TEXT }),
      "an unknown secret": () => keys.surrender({ secret: SECRET_TEXT }),
      "a secret too long": () => keys.surrender({ secret: SECRET_TEXT.repeat(20) }),
      "a credential of no kind": () => stranger(SECRET_TEXT).me(),
      "a credential that fits in no header": () => stranger(`${SECRET_TEXT}\r\n${SECRET_TEXT}`).me(),
      "a credential of other letters": () => stranger(`${SECRET_TEXT}\u4e00`).me(),
      "a demand that is invalid": () => world.latchkey.verify({ credential: SECRET_TEXT, groups: [""] }),
    };
    for (const [what, call] of Object.entries(calls)) {
      const error = await errorOf(call());
      const shown = inspect(error, { depth: null }) + error.message + JSON.stringify(error);
      expect({ what, code: error.code, leaks: shown.includes("hunter2") }).toMatchObject({
        what,
        code: expect.stringMatching(/^(?:INVALID_INPUT|UNAUTHENTICATED|NOT_FOUND)$/),
        leaks: false,
      });
    }
    expect(world.log.filter((line) => line.includes("hunter2"))).toEqual([]);
  });

  it("says which reference cannot be sent", async () => {
    const error = await errorOf(world.latchkey.me({ transactionRef: "two\nlines" }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "transactionRef" }] });
    const tooLong = await errorOf(world.latchkey.me({ transactionRef: "x".repeat(129) }));
    expect(tooLong).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "X-Transaction-Ref" }] });
  });

  it("comes at once for an address that can be none", () => {
    for (const url of ["", "localhost:4000", "/latchkey", "file:///etc", `http://admin:${SECRET_TEXT}@localhost`]) {
      let thrown: unknown;
      try {
        new Latchkey({ url });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ name: "SdkError", code: "INVALID_INPUT", fields: [{ path: "url" }] });
      expect(inspect(thrown)).not.toContain(SECRET_TEXT);
    }
  });
});
