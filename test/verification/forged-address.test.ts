import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { seedClientWithKey } from "../clients/seed-client.js";
import { startWorld, type World } from "../support/world.js";

/** The client is bound to this address, the forger calls from that one. */
const BOUND = "203.0.113.9";
const FORGER = "198.51.100.66";

type Headers = Readonly<Record<string, string | string[]>>;

/** What a forger may send to be taken for the bound address. */
const FORGERIES: readonly (readonly [string, Headers])[] = [
  ["an address", { "X-Forwarded-For": BOUND }],
  ["a list", { "X-Forwarded-For": `${BOUND}, ${BOUND}` }],
  ["a list with a trusted address last", { "X-Forwarded-For": `${BOUND}, 127.0.0.1` }],
  ["a list with trusted addresses in other spellings", { "X-Forwarded-For": `${BOUND}, ::ffff:127.0.0.1, ::1` }],
  ["a list without an end", { "X-Forwarded-For": `${BOUND}, ,, ` }],
  ["the header twice", { "X-Forwarded-For": [BOUND, "127.0.0.1"] }],
  ["a port", { "X-Forwarded-For": `${BOUND}:443` }],
  ["brackets", { "X-Forwarded-For": `[::ffff:${BOUND}]:443` }],
  ["a zone id", { "X-Forwarded-For": `::ffff:${BOUND}%eth0` }],
  ["IPv4 mapped into IPv6", { "X-Forwarded-For": `::ffff:${BOUND}` }],
  ["IPv4 mapped into IPv6, in hexadecimal", { "X-Forwarded-For": "::ffff:cb00:7109" }],
  ["leading zeros", { "X-Forwarded-For": "203.000.113.009" }],
  ["one number", { "X-Forwarded-For": "3405803785" }],
  ["spaces and tabs", { "X-Forwarded-For": ` \t${BOUND}\t ` }],
  ["garbage", { "X-Forwarded-For": `${BOUND} or anything; drop` }],
  ["quotes", { "X-Forwarded-For": `"${BOUND}"` }],
  ["Forwarded", { Forwarded: `for=${BOUND};by=127.0.0.1;proto=https` }],
  ["X-Real-IP", { "X-Real-IP": BOUND }],
  ["True-Client-IP", { "True-Client-IP": BOUND }],
  ["CF-Connecting-IP", { "CF-Connecting-IP": BOUND }],
  ["X-Client-IP and X-Cluster-Client-IP", { "X-Client-IP": BOUND, "X-Cluster-Client-IP": BOUND }],
  ["X-Forwarded and Forwarded-For", { "X-Forwarded": `for=${BOUND}`, "Forwarded-For": BOUND }],
];

/** fetch would join what is sent twice. */
function authorize(url: string, secret: string, headers: Headers): Promise<{ status: number; code: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/authorize`, { headers: { ...headers, "X-API-Key": secret } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, code: answer.headers["x-latchkey-code"] });
    });
    asked.on("error", reject);
    asked.end();
  });
}

const REFUSED = { status: 403, code: "ADDRESS_NOT_ALLOWED" };
const ALLOWED = { status: 200, code: undefined };

/** As a proxy does that adds the address of its peer to what the peer has sent. */
function throughProxy(headers: Headers, peer: string): Headers {
  const sent = headers["X-Forwarded-For"];
  return { ...headers, "X-Forwarded-For": sent === undefined ? peer : [...[sent].flat(), peer] };
}

describe("a forged address", () => {
  let world: World;
  let untrusting: World;
  let secret: string;
  let elsewhere: string;

  before(async () => {
    world = await startWorld();
    // Its gateway may ask, but is no proxy whose headers are believed.
    untrusting = await startWorld({ TRUSTED_PROXIES: "192.0.2.1" });
    secret = (await seedClientWithKey(world, { hostBindings: [{ name: "partner", match: BOUND }] })).secret;
    elsewhere = (await seedClientWithKey(untrusting, { hostBindings: [{ name: "partner", match: BOUND }] })).secret;
  });

  after(async () => {
    await world.stop();
    await untrusting.stop();
  });

  for (const [form, headers] of FORGERIES) {
    it(`changes nothing as ${form}`, async () => {
      expect(await authorize(world.url, secret, throughProxy(headers, FORGER))).toEqual(REFUSED);
      expect(await authorize(world.url, secret, throughProxy(headers, BOUND))).toEqual(ALLOWED);
      expect(await authorize(untrusting.url, elsewhere, headers)).toEqual(REFUSED);
    });

    it(`takes no right away as ${form} of another`, async () => {
      const text = JSON.stringify(headers).replaceAll(BOUND, FORGER);
      expect(await authorize(world.url, secret, throughProxy(JSON.parse(text), BOUND))).toEqual(ALLOWED);
    });
  }

  it("is read from the right, across all trusted proxies and no further", async () => {
    const told = (list: string) => authorize(world.url, secret, { "X-Forwarded-For": list });
    expect(await told(BOUND)).toEqual(ALLOWED);
    expect(await told(`${BOUND}, 127.0.0.1, ::1`)).toEqual(ALLOWED);
    expect(await told(`${BOUND}, ${FORGER}, 127.0.0.1`)).toEqual(REFUSED);
    expect(await told(`${FORGER}, ${BOUND}`)).toEqual(ALLOWED);
  });

  it("lets nobody pass when a trusted proxy tells what is no address, not even who is bound to the proxy's own", async () => {
    const hostBindings = [
      { name: "proxy", match: "127.0.0.0/8" },
      { name: "proxy 6", match: "::1" },
    ];
    const local = (await seedClientWithKey(world, { hostBindings })).secret;
    expect(await authorize(world.url, local, {})).toEqual(ALLOWED);
    for (const told of ["unknown", "_hidden", "127.0.0.01", "127.0.0.1:80", "[::1]", "::1%lo", "localhost"]) {
      expect([told, await authorize(world.url, local, { "X-Forwarded-For": told })]).toEqual([told, REFUSED]);
    }
    const free = (await seedClientWithKey(world)).secret;
    expect(await authorize(world.url, free, { "X-Forwarded-For": "unknown" })).toEqual(ALLOWED);
  });
});
