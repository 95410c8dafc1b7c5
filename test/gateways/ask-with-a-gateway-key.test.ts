import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { mintSecret } from "../../api/secrets/secret-format.js";
import { seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const HOUR_MS = 3_600_000;
const HEADER = "x-latchkey-gateway-key";
const FORBIDDEN = [403, 403, 403];

describe("asking for verdicts from outside of VERIFY_NETWORKS", () => {
  let world: World;
  /** A key in force, which is judged. */
  let credential: string;
  /** The gateway key that asks. */
  let gateway: { readonly id: string; readonly secret: string };

  before(async () => {
    world = await startWorld({ VERIFY_NETWORKS: "10.0.0.0/8" });
    credential = (await seedKey(world)).secret;
    gateway = await makeKey();
    await until("the new gateway key to be known", async () => (await authorize(gateway.secret)).status === 200);
  });

  after(() => world.stop());

  async function makeKey(changes: { readonly expiresAt?: string } = {}) {
    const { gatewayKey, secret } = await world.latchkey.gatewayKeys.create({ name: unique("gateway"), ...changes });
    return { id: gatewayKey.id, secret };
  }

  const authorize = (gatewayKey: string | undefined, judged = credential) =>
    world.fetch("/v1/authorize", { headers: { "x-api-key": judged, ...(gatewayKey && { [HEADER]: gatewayKey }) } });

  const post = (path: string, body: object, gatewayKey: string | undefined) =>
    world.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(gatewayKey && { [HEADER]: gatewayKey }) },
      body: JSON.stringify(body),
    });

  /** What each of the three endpoints answers. */
  async function statusesOf(gatewayKey: string | undefined): Promise<readonly number[]> {
    const answers = await Promise.all([
      authorize(gatewayKey),
      post("/v1/verify", { credential }, gatewayKey),
      post("/v1/verify/batch", { requests: [{ credential }] }, gatewayKey),
    ]);
    return answers.map(({ status }) => status);
  }

  it("is refused without a gateway key, with both ways told", async () => {
    expect(await statusesOf(undefined)).toEqual([403, 403, 403]);
    const refused = await post("/v1/verify", { credential }, undefined);
    expect(await refused.json()).toMatchObject({
      status: 403,
      code: "FORBIDDEN",
      detail: expect.stringMatching(/VERIFY_NETWORKS.*X-Latchkey-Gateway-Key/),
    });
  });

  it("is answered with one", async () => {
    expect(await statusesOf(gateway.secret)).toEqual([200, 200, 200]);
    const { verdicts } = (await (
      await post("/v1/verify/batch", { requests: [{ credential }, { credential: "nonsense" }] }, gateway.secret)
    ).json()) as { verdicts: { code: string }[] };
    expect(verdicts.map(({ code }) => code)).toEqual(["VALID", "MALFORMED"]);
  });

  it("is refused with anything that is no gateway key in force", async () => {
    const { secret } = gateway;
    const expiring = await makeKey({ expiresAt: new Date(world.now().getTime() + HOUR_MS).toISOString() });
    await until("the expiring key to be known", async () => (await authorize(expiring.secret)).status === 200);
    const forged = mintSecret("lk", "gw", randomBytes).text;
    const texts = ["nonsense", credential, secret.slice(0, -1), `${secret},${secret}`, forged];
    for (const text of texts) expect({ text, statuses: await statusesOf(text) }).toEqual({ text, statuses: FORBIDDEN });

    world.moveClock(HOUR_MS);
    expect(await statusesOf(expiring.secret)).toEqual(FORBIDDEN);
    expect(await statusesOf(secret)).toEqual([200, 200, 200]);
  });

  it("is refused with a secret that only begins as a gateway key does", async () => {
    expect(await statusesOf(withLookupId(gateway.secret.slice(6, 18)))).toEqual(FORBIDDEN);
    expect(await statusesOf(gateway.secret)).toEqual([200, 200, 200]);
  });

  it("is refused within a second after the gateway key was revoked", async () => {
    const { id, secret } = await makeKey();
    await until("the key to be known", async () => (await authorize(secret)).status === 200);
    await world.latchkey.gatewayKeys.revoke({ id, reason: "Gateway torn down" });
    await until("the key to be refused", async () => (await authorize(secret)).status === 403);
    expect(await statusesOf(secret)).toEqual(FORBIDDEN);
  });

  it("is refused with two gateway keys, were they the same", async () => {
    const { id, secret } = await makeKey();
    await until("the key to be known", async () => (await authorize(secret)).status === 200);
    for (const keys of [
      [secret, secret],
      [secret, gateway.secret],
      ["", secret],
    ]) {
      const call = request(`${world.url}/v1/authorize`, { headers: { "x-api-key": credential, [HEADER]: keys } });
      call.end();
      const [answer] = (await once(call, "response")) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(403);
    }
    await world.latchkey.gatewayKeys.revoke({ id });
  });

  it("never takes the gateway key for the credential, nor the credential for a gateway key", async () => {
    const without = await world.fetch("/v1/authorize", { headers: { [HEADER]: gateway.secret } });
    expect([without.status, without.headers.get("x-latchkey-code")]).toEqual([401, "MISSING"]);
    const swapped = await authorize(gateway.secret, gateway.secret);
    expect([swapped.status, swapped.headers.get("x-latchkey-code")]).toEqual([401, "NOT_FOUND"]);
    expect((await authorize(undefined, gateway.secret)).status).toBe(403);
    const asBearer = new Latchkey({ url: world.url, credential: gateway.secret });
    await expect(asBearer.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("notes when and from where a gateway last asked, and only of one that was let in", async () => {
    const { id, secret } = await makeKey();
    await authorize(withLookupId(secret.slice(6, 18)));
    const before = world.now();
    await until("the key to be known", async () => (await authorize(secret)).status === 200);
    const used = await until("the use to be written", async () => {
      const gatewayKey = await world.latchkey.gatewayKeys.get(id);
      return gatewayKey.lastAccessedAt !== null && gatewayKey;
    });
    expect(used.lastAccessedFrom).toBe("127.0.0.1");
    expect(new Date(used.lastAccessedAt ?? 0).getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it("works with the SDK, which sends the gateway key with verdicts and with nothing else", async () => {
    const sent: (readonly [string, string | null])[] = [];
    const latchkey = new Latchkey({
      url: world.url,
      gatewayKey: gateway.secret,
      fetch: (input, init) => {
        sent.push([new URL(input as string).pathname, new Headers(init?.headers).get(HEADER)]);
        return fetch(input, init);
      },
    });
    expect((await latchkey.verify({ credential })).code).toBe("VALID");
    expect((await latchkey.verifyBatch([{ credential }])).map(({ code }) => code)).toEqual(["VALID"]);
    await latchkey.signIn(world.admin);
    expect(sent).toEqual([
      ["/v1/verify", gateway.secret],
      ["/v1/verify/batch", gateway.secret],
      ["/graphql", null],
    ]);

    const keyless = new Latchkey({ url: world.url });
    await expect(keyless.verify({ credential })).rejects.toMatchObject({ code: "FORBIDDEN", status: 403 });
    const mistaken = new Latchkey({ url: world.url, gatewayKey: `${gateway.secret}\n` });
    const refusal = await mistaken.verify({ credential }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "gatewayKey" }] });
    expect(String(refusal)).not.toContain(gateway.secret.slice(18));
  });

  it("costs no statement for each of many invented gateway keys", async () => {
    const loads = await countLoads(async () => {
      for (let batch = 0; batch < 10; batch++) {
        const invented = Array.from({ length: 30 }, () => mintSecret("lk", "gw", randomBytes).text);
        const answers = await Promise.all(invented.map((each) => authorize(each)));
        expect(answers.every(({ status }) => status === 403)).toBe(true);
      }
    });
    expect(loads.statements).toBeLessThanOrEqual(loads.seconds + 2);
  });

  it("is answered 503 where gateway keys cannot be read, and recovers by itself", async () => {
    const own = await startWorld({ VERIFY_NETWORKS: "10.0.0.0/8" });
    try {
      const { secret } = await own.latchkey.gatewayKeys.create({ name: unique("gateway") });
      const ask = (gatewayKey: string) => own.fetch("/v1/authorize", { headers: { [HEADER]: gatewayKey } });
      const holder = await own.database.connect();
      try {
        await holder.query("begin");
        await holder.query("lock table gateway_keys in access exclusive mode");
        const undecided = await ask(secret);
        const problem = await undecided.json();
        expect([undecided.status, problem]).toEqual([503, expect.objectContaining({ code: "UNAVAILABLE" })]);
        expect((await ask("nonsense")).status).toBe(403);
      } finally {
        await holder.query("rollback");
        holder.release();
      }
      expect((await ask(secret)).status).toBe(401);
      expect(own.log.join("\n")).not.toContain(secret.slice(18));
    } finally {
      await own.stop();
    }
  });

  it("leaves no gateway key in the log", () => {
    const log = world.log.join("\n");
    expect(log).toContain("/v1/verify");
    expect(log).not.toContain(gateway.secret.slice(18));
  });
});

/** A well-formed gateway key with the lookup id of another one. */
function withLookupId(lookupId: string): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let first = true;
  return mintSecret("lk", "gw", (size) => {
    if (!first) return randomBytes(size);
    first = false;
    return Buffer.from(lookupId.split("").map((letter) => letters.indexOf(letter)));
  }).text;
}

/** How often gateway keys were loaded meanwhile. */
async function countLoads(work: () => Promise<void>): Promise<{ statements: number; seconds: number }> {
  const query: (...args: never[]) => unknown = Reflect.get(pg.Client.prototype, "query");
  const startedAtMs = Date.now();
  let statements = 0;
  function counted(this: pg.Client, ...args: unknown[]): unknown {
    const [statement] = args as { readonly text?: string }[];
    if (statement?.text?.includes("from gateway_keys")) statements++;
    return Reflect.apply(query, this, args);
  }
  Reflect.set(pg.Client.prototype, "query", counted);
  try {
    await work();
    return { statements, seconds: Math.ceil((Date.now() - startedAtMs) / 1_000) };
  } finally {
    Reflect.set(pg.Client.prototype, "query", query);
  }
}
