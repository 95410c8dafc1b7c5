import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { basic, clientToken, type OAuthClient, seedOAuthClient } from "../support/oauth.js";
import { FAR, type SeededKey, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { openWay, type Way } from "../support/way.js";
import { joinWorld, startWorld, type World } from "../support/world.js";

/** What a request is answered: its HTTP status, and the code in it. */
type Answer = readonly [status: number, code: string];

interface Keys {
  readonly inMemory: SeededKey;
  /** Never asked for before: each call takes another one. */
  readonly cold: () => string;
  readonly metered: SeededKey;
  readonly oauthClient: OAuthClient;
  /** An access token of it. */
  readonly token: string;
}

interface Request {
  readonly name: string;
  readonly ask: (node: World, keys: Keys) => Promise<Answer>;
  /** While the lease still holds. */
  readonly before: readonly Answer[];
  /** When it is lost. */
  readonly after: Answer;
}

/** An answer that takes longer than two seconds is none (6.7); the rest is for a machine that is busy. */
const ANSWER_MS_MAX = 2_500;

const UNDECIDED: Answer = [503, "UNDECIDED"];
const TRY_AGAIN: Answer = [503, "temporarily_unavailable"];
const UNAVAILABLE: Answer = [503, "UNAVAILABLE"];
const VALID: Answer = [200, "VALID"];

async function send(node: World, path: string, init: RequestInit, codeIn: (answer: Response) => Promise<string>) {
  const answer = await node.fetch(path, { ...init, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  return [answer.status, await codeIn(answer)] as const;
}

const post = (body: object, token?: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
});

const verify = (node: World, credential: string) =>
  send(node, "/v1/verify", post({ credential }), async (answer) => ((await answer.json()) as { code: string }).code);

const graphql = (node: World, query: string) =>
  send(node, "/graphql", post({ query }, node.token), async (answer) => {
    const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
    return errors?.[0]?.extensions.code ?? "DONE";
  });

const oauth = (node: World, endpoint: string, { clientId }: OAuthClient, form: Record<string, string>) => {
  const init = { method: "POST", headers: basic(clientId), body: new URLSearchParams(form) };
  return send(node, `/oauth/${endpoint}`, init, async (answer) => {
    const { error, active } = (await answer.json()) as { error?: string; active?: boolean };
    return error ?? (active === false ? "INACTIVE" : "DONE");
  });
};

const REQUESTS: readonly Request[] = [
  {
    name: "POST /v1/verify, key in memory",
    ask: (node, { inMemory }) => verify(node, inMemory.secret),
    before: [VALID],
    after: UNDECIDED,
  },
  {
    name: "POST /v1/verify, key not in memory",
    ask: (node, { cold }) => verify(node, cold()),
    before: [UNDECIDED, VALID],
    after: UNDECIDED,
  },
  {
    name: "POST /v1/verify, key with a quota",
    ask: (node, { metered }) => verify(node, metered.secret),
    before: [UNDECIDED, VALID],
    after: UNDECIDED,
  },
  {
    name: "POST /v1/verify/batch",
    ask: (node, { inMemory }) =>
      send(node, "/v1/verify/batch", post({ requests: [{ credential: inMemory.secret }] }), async (answer) => {
        const { verdicts } = (await answer.json()) as { verdicts: { code: string }[] };
        return verdicts[0]?.code ?? "NONE";
      }),
    before: [VALID],
    after: [200, "UNDECIDED"],
  },
  {
    name: "GET /v1/authorize",
    ask: (node, { inMemory }) =>
      send(node, "/v1/authorize", { headers: { "x-api-key": inMemory.secret } }, async (answer) => {
        return answer.headers.get("x-latchkey-code") ?? "VALID";
      }),
    before: [VALID],
    after: UNDECIDED,
  },
  {
    name: "POST /graphql, a query",
    ask: (node) => graphql(node, "{ clients { totalCount } }"),
    before: [UNAVAILABLE, [200, "UNAVAILABLE"], [200, "DONE"]],
    after: UNAVAILABLE,
  },
  {
    name: "POST /graphql, a mutation",
    ask: (node) => graphql(node, `mutation { createApiKey(input: { name: "${unique("key")}" }) { secret } }`),
    before: [UNAVAILABLE, [200, "UNAVAILABLE"], [200, "DONE"]],
    after: UNAVAILABLE,
  },
  {
    name: "POST /oauth/token",
    ask: (node, { oauthClient }) => oauth(node, "token", oauthClient, { grant_type: "client_credentials" }),
    before: [TRY_AGAIN, [200, "DONE"]],
    after: TRY_AGAIN,
  },
  {
    name: "POST /oauth/introspect, token in memory",
    ask: (node, { oauthClient, token }) => oauth(node, "introspect", oauthClient, { token }),
    before: [[200, "DONE"]],
    after: TRY_AGAIN,
  },
  {
    name: "GET /health/ready",
    ask: (node) =>
      send(node, "/health/ready", {}, async (answer) => ((await answer.json()) as { status: string }).status),
    before: [[200, "up"]],
    after: [503, "down"],
  },
];

interface Outage {
  readonly name: string;
  readonly begin: (way: Way) => void;
  /** Whether the lease is lost for as long as it lasts; else it is lost now and then, or not at all. */
  readonly losesLease: boolean;
}

const OUTAGES: readonly Outage[] = [
  { name: "refuses connections", begin: (way) => way.cut(), losesLease: true },
  { name: "is silent", begin: (way) => way.blackHole(), losesLease: true },
  { name: "takes 1,500 ms for each packet", begin: (way) => way.slow(1_500), losesLease: true },
  { name: "takes 300 ms for each packet", begin: (way) => way.slow(300), losesLease: false },
  { name: "takes 120 ms for each packet", begin: (way) => way.slow(120), losesLease: false },
];

describe("while the database", () => {
  let world: World;
  let way: Way;
  let node: World;
  let keys: Keys;
  const coldSecrets: string[] = [];

  before(async () => {
    world = await startWorld();
    way = await openWay();
    node = await joinWorld(world, {}, (url) => way.urlTo(url));
    const inMemory = await seedKey(world);
    const { client, group } = inMemory;
    for (let count = 0; count < OUTAGES.length * 5; count++) {
      const key = { clientId: client.id, name: unique("cold"), expiresAt: FAR, groupIds: [group.id] };
      coldSecrets.push((await world.latchkey.keys.create(key)).secret);
    }
    const metered = await seedKey(world, { quota: { limit: 1_000_000, period: "TOTAL" } });
    const cold = () => {
      const secret = coldSecrets.pop();
      if (secret === undefined) throw new Error("Every key has been asked for.");
      return secret;
    };
    const oauthClient = await seedOAuthClient(world);
    const { body } = await clientToken(world, oauthClient);
    keys = { inMemory, cold, metered, oauthClient, token: body.access_token };
  });

  after(async () => {
    way.mend();
    await node.stop();
    way.close();
    await world.stop();
  });

  const askAll = () =>
    Promise.all(REQUESTS.map(async (request) => ({ request, answer: await request.ask(node, keys) })));

  const isReady = async () => (await node.fetch("/health/ready")).status === 200;

  for (const { name, begin, losesLease } of OUTAGES) {
    it(`${name}, every request has its answer within two seconds`, async () => {
      for (const { secret } of [keys.inMemory, keys.metered]) expect(await verify(node, secret)).toEqual(VALID);
      const { oauthClient, token } = keys;
      expect(await oauth(node, "introspect", oauthClient, { token })).toEqual([200, "DONE"]);
      begin(way);
      try {
        for (const { request, answer } of await askAll()) {
          const expected = losesLease ? request.before : [...request.before, request.after];
          expect({ name: request.name, answer, expected: expected.map(String) }).toMatchObject({
            expected: expect.arrayContaining([String(answer)]),
          });
        }
        if (losesLease) await until("the lease to end", async () => !(await isReady()));
        for (const { request, answer } of await askAll()) {
          const expected = losesLease ? [request.after] : [...request.before, request.after];
          expect({ name: request.name, answer, expected: expected.map(String) }).toMatchObject({
            expected: expect.arrayContaining([String(answer)]),
          });
        }
      } finally {
        way.mend();
        await until("the node to recover", isReady);
      }
    });
  }

  it("is itself again, so is every answer", async () => {
    await until("every answer", async () => {
      const codes = (await askAll()).map(({ answer: [, code] }) => code);
      return codes.every((code) => ["VALID", "DONE", "up"].includes(code));
    });
  });
});
