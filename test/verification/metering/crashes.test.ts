import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { killLeftovers } from "../../process/latchkey-process.js";
import { untilRolledUp } from "../../support/rolled-up.js";
import { FAR, seedClient, seedGroup, unique } from "../../support/seed.js";
import { until } from "../../support/until.js";
import { beginStorm, codeAt, type Driven, drive, type Storm, type StormNode } from "./storm.js";

const QUOTA = 1_400;
const KEY_QUOTA = 400;
const CALLERS = 24;

describe("a quota, however things break", () => {
  let storm: Storm;
  let groupId: string;

  before(async () => {
    storm = await beginStorm(2);
    groupId = (await seedGroup(storm.world)).id;
  });

  after(async () => {
    await storm.stop();
    killLeftovers();
  });

  /** A client with a quota, one of whose keys has a smaller one of its own. */
  async function seed() {
    const { latchkey } = storm.world;
    const client = await seedClient(storm.world, { groupIds: [groupId], quota: { limit: QUOTA, period: "TOTAL" } });
    const key = { clientId: client.id, expiresAt: FAR, groupIds: [groupId] };
    const limited = await latchkey.keys.create({
      ...key,
      name: unique("limited"),
      quota: { limit: KEY_QUOTA, period: "TOTAL" },
    });
    const free = await latchkey.keys.create({ ...key, name: unique("free") });
    return { client, limited, free, secrets: { limited: limited.secret, free: free.secret } };
  }

  type Seeded = Awaited<ReturnType<typeof seed>>;

  /** Calls for all of its quota, while things happen. */
  async function useUp({ secrets }: Seeded, meanwhile: (driven: Driven) => Promise<void>): Promise<Driven> {
    const driven = drive(storm.nodes, secrets, CALLERS);
    try {
      await meanwhile(driven);
      await driven.finish();
      return driven;
    } finally {
      driven.abandon();
    }
  }

  const reach = (driven: Driven, calls: number) => until(`${calls} calls`, () => driven.total >= calls);

  /** What the database says was used, by counter and by the calls that were noted. */
  async function used({ client, limited, free }: Seeded) {
    await untilRolledUp(async (sql) => (await storm.query<{ empty: boolean }>(sql))[0]);
    const counters = await storm.query<{ subject_id: string; used: string }>(
      "select subject_id, used from quota_counters where subject_id = any($1)",
      [[client.id, limited.apiKey.id]],
    );
    const calls = await storm.query<{ api_key_id: string; calls: string }>(
      "select api_key_id, sum(calls) as calls from usage_minutes where client_id = $1 and code = 'VALID' group by 1",
      [client.id],
    );
    const counterOf = (id: string) => Number(counters.find((row) => row.subject_id === id)?.used);
    const callsOf = (id: string) => Number(calls.find((row) => row.api_key_id === id)?.calls);
    return {
      counters: { client: counterOf(client.id), limited: counterOf(limited.apiKey.id) },
      calls: { limited: callsOf(limited.apiKey.id), free: callsOf(free.apiKey.id) },
    };
  }

  const ALL_USED = {
    counters: { client: QUOTA, limited: KEY_QUOTA },
    calls: { limited: KEY_QUOTA, free: QUOTA - KEY_QUOTA },
  };

  async function loseTheWay(node: StormNode, secret: string, lose: () => void): Promise<void> {
    lose();
    await until("the node to be undecided", async () => (await codeAt(node, secret)) === "UNDECIDED");
    node.way.mend();
  }

  it("is used to its last call and not beyond, when the database crashes and lines break", async () => {
    const seeded = await seed();
    const [first, second] = storm.nodes as [StormNode, StormNode];
    const driven = await useUp(seeded, async (under) => {
      await reach(under, 200);
      await storm.crashDatabase();
      await reach(under, 500);
      await loseTheWay(first, seeded.free.secret, () => first.way.blackHole());
      await reach(under, 800);
      await loseTheWay(second, seeded.free.secret, () => second.way.cut());
    });
    expect(driven.lost).toBe(0);
    expect(driven.valid).toEqual({ limited: KEY_QUOTA, free: QUOTA - KEY_QUOTA });
    expect(await used(seeded)).toEqual(ALL_USED);
  });

  it("is never exceeded when nodes are killed, and lacks no more than the calls that they have not answered", async () => {
    const seeded = await seed();
    const [first, second] = storm.nodes as [StormNode, StormNode];
    const driven = await useUp(seeded, async (under) => {
      await reach(under, 300);
      await first.end("SIGKILL");
      await first.start();
      await reach(under, 700);
      await Promise.all([second.end("SIGKILL"), storm.crashDatabase()]);
      await second.start();
    });
    expect(await used(seeded)).toEqual(ALL_USED);
    expect(driven.total).toBeLessThanOrEqual(QUOTA);
    expect(driven.total).toBeGreaterThanOrEqual(QUOTA - driven.lost);
  });
});
