import { once } from "node:events";
import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { parse } from "yaml";
import { codeBlocksOf } from "../code-blocks.js";
import { type GatewayWorld, startGatewayWorld } from "./gateway-world.js";

export type Headers = Readonly<Record<string, string>>;

export interface Call {
  readonly method: string;
  readonly target: string;
  /** By names in lower case. */
  readonly headers: Headers;
}

/** What a gateway does around its question, by its documentation. */
export interface Replay {
  /** The question, for a call of this peer. */
  readonly ask: (call: Call, peer: string) => Call;
  /** Of an allowed answer: the headers with which the call reaches the upstream. */
  readonly upstream: (call: Call, answer: Headers) => Headers;
  /** Of a refusal: the headers that the caller gets. */
  readonly caller: (answer: Headers) => Headers;
}

export function only(headers: Headers, names: readonly string[]): Headers {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted.has(name)));
}

export function without(headers: Headers, names: readonly string[]): Headers {
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !unwanted.has(name)));
}

/** Holds the README's YAML to the guarantees of a gateway that cannot run here. */
export function holdsWhenReplayed<Config>(name: string, replayOf: (config: Config) => Replay): void {
  describe(`the README's ${name}`, () => {
    let here: GatewayWorld;
    let replay: Replay;
    let clientId: string;
    let secret: string;

    before(async () => {
      here = await startGatewayWorld();
      ({ clientId, secret } = await here.caller());
      const [block] = (await codeBlocksOf("README.md")).filter(({ heading }) => heading === name);
      replay = replayOf(parse(block?.code ?? "") as Config);
    });

    after(() => here.stop());

    async function told(target: string, headers: Headers = {}, method = "GET", peer = "203.0.113.9") {
      const call = { method, target, headers: { "x-api-key": secret, ...headers } };
      const answer = await send(here.world.url, replay.ask(call, peer));
      const allowed = answer.status === 200;
      return {
        status: answer.status,
        headers: allowed ? replay.upstream(call, answer.headers) : replay.caller(answer.headers),
      };
    }

    it("lets an allowed call pass, and no caller name itself", async () => {
      const forged = { "x-latchkey-client-id": "root", "x-latchkey-groups": "admins", "x-latchkey-scopes": "all" };
      const { status, headers } = await told(`${here.path}?page=1`, forged);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "x-latchkey-client-id": clientId,
        "x-latchkey-key-id": expect.any(String),
        "x-latchkey-user-name": "",
        "x-latchkey-groups": here.groupName,
        "x-latchkey-scopes": "",
        "x-latchkey-priority": "5",
      });
    });

    it("asks with the query, which may carry the credential", async () => {
      expect((await told(`${here.path}?api_key=${secret}`)).status).toBe(200);
      expect((await told(`${here.path}?api_key=another`)).status).toBe(401);
    });

    it("refuses, and tells the caller why", async () => {
      const wrong = await told(here.path, { "x-api-key": "nonsense" });
      expect(wrong).toMatchObject({ status: 401, headers: { "x-latchkey-code": "MALFORMED" } });
      expect(wrong.headers["www-authenticate"]).toMatch(/^Bearer realm="latchkey"/);
      expect(wrong.headers["content-type"]).toMatch(/^application\/problem\+json/);
      expect((await told(here.path, { authorization: "Bearer another" })).status).toBe(401);
      for (const [target, method] of [
        ["/admin", "GET"],
        ["/", "GET"],
        ["/?page=1", "GET"],
        ["/%61dmin", "GET"],
        ["//admin", "GET"],
        [`${here.path}/../../admin`, "GET"],
        [here.path, "DELETE"],
        [here.path, "OPTIONS"],
      ] as const) {
        expect({ target, status: (await told(target, {}, method)).status }).toEqual({ target, status: 403 });
      }
    });

    it("tells a caller beyond its quota when to come again", async () => {
      const { secret: limited } = await here.caller({ quota: { limit: 1, period: "DAY" } });
      expect((await told(here.path, { "x-api-key": limited })).status).toBe(200);
      const { status, headers } = await told(here.path, { "x-api-key": limited });
      expect([status, headers["x-latchkey-code"]]).toEqual([429, "QUOTA_EXCEEDED"]);
      for (const each of ["retry-after", "ratelimit", "ratelimit-policy"]) expect(headers[each]).toBeTruthy();
    });

    it("judges a SOAP call by the action that its caller sends", async () => {
      const soap = async (headers: Headers) => (await told("/soap", headers, "POST")).status;
      expect(await soap({ soapaction: '"urn:orders#Read"', "content-type": "text/xml" })).toBe(200);
      expect(await soap({ "content-type": 'application/soap+xml; action="urn:orders#Read"' })).toBe(200);
      expect(await soap({ soapaction: '"urn:orders#Cancel"', "content-type": "text/xml" })).toBe(403);
    });

    it("is not deceived about the call or its address by headers that a caller sends itself", async () => {
      const forged = {
        "x-forwarded-uri": here.path,
        "x-forwarded-method": "GET",
        "x-original-uri": here.path,
        "x-original-url": here.path,
        "x-original-method": "GET",
        "x-latchkey-collection": "eu/other",
        "x-latchkey-gateway-key": "forged",
        "x-forwarded-for": "198.51.100.66",
      };
      expect((await told("/admin", forged)).status).toBe(403);
      const { secret: bound } = await here.caller({ hostBindings: [{ name: "bound", match: "198.51.100.66" }] });
      expect((await told(here.path, { ...forged, "x-api-key": bound })).status).toBe(403);
      expect((await told(here.path, { ...forged, "x-api-key": bound }, "GET", "198.51.100.66")).status).toBe(200);
    });
  });
}

async function send(url: string, { method, target, headers }: Call): Promise<{ status: number; headers: Headers }> {
  const asked = request(url, { method, path: target, headers }).end();
  const [answer] = await once(asked, "response");
  answer.resume();
  return { status: answer.statusCode, headers: answer.headers };
}
