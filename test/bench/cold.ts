import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pg from "pg";
import { parseKeyRing } from "../../api/config/readers.js";
import { startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import { digestSecret } from "../../api/secrets/digest.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { mintSecret } from "../../api/secrets/secret-format.js";
import { findApiKeys } from "../../api/verification/find-credentials.js";
import { RecordCache } from "../../api/verification/record-cache.js";
import { seedBench } from "./seed.js";
import { start, stop, urlOf } from "./server-process.js";
import { load, type Target } from "./wrk.js";

/** What a verification costs whose key is not in memory, among 1,000 keys and among 1,000,000; and what a key in memory takes. */
const SIZES = [1_000, 1_000_000] as const;
/** Of which the secrets are known, spread over all of them. */
const ASKED = 1_000;
const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 16;
const PASSWORD = "bench-pass-phrase";

const INSERT = `
  with minted as (
    select gen_random_uuid() as id, lookup_id, digest, $3::int + number as number
    from unnest($1::text[], $2::bytea[]) with ordinality as m(lookup_id, digest, number)
  ), secrets as (
    insert into api_key_secrets (id, api_key_id, place, lookup_id, digest, pepper_version, created_at)
    select id, id, 'CURRENT', lookup_id, digest, 1, now() from minted
  ), keys as (
    insert into api_keys (id, client_id, name, description, lookup_id, tags, metadata, effective_at, expires_at,
                          created_at, created_by, updated_at, last_accessed_at, named_at)
    select m.id, c.id, 'key-' || number, '', lookup_id, '{}', '{}', now(), '2099-12-31', now(), 'bench', now(), now(), now()
    from minted m, clients c
    returning id, client_id
  )
  insert into api_key_groups (api_key_id, client_id, group_id)
  select k.id, k.client_id, g.group_id from keys k join client_groups g on g.client_id = k.client_id`;

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres"), settings: { max_wal_size: "8GB" } });
const ring = `1:${randomBytes(32).toString("base64")}`;
const keyRing = new KeyRing(parseKeyRing(ring));
const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
const latchkey = start("api/main.js", {
  PORT: "0",
  DATABASE_URL: postgres.url,
  DATA_DIR: join(dataDir, "latchkey"),
  LATCHKEY_KEY_RING: ring,
  ADMIN_PASSWORD: PASSWORD,
  LOG_LEVEL: "fatal",
  // Room for one: with many keys in turn, each is read from the database.
  VERDICT_CACHE_RECORDS: "1",
});
try {
  const { url, path } = await seedBench(await urlOf(latchkey), PASSWORD);
  // What guards names and serves lists takes minutes for a million rows, and no verdict reads it.
  await pool.query(`alter table api_keys drop constraint api_keys_name_unique_in_force`);
  const { rows } = await pool.query<{ indexname: string }>(
    `select indexname from pg_indexes where tablename like 'api_key%' and indexdef like '%using gin%'`,
  );
  for (const { indexname } of rows) await pool.query(`drop index ${indexname}`);
  await pool.query(`delete from clients where client_id <> 'client-0'`);

  const medians: number[] = [];
  for (const size of SIZES) {
    await pool.query(`delete from api_keys`);
    const secrets = await insertKeys(size);
    await pool.query(`vacuum analyze`);
    const target = coldTarget(url, path, secrets);
    await load(target, CONNECTIONS, 1);
    const perSecond: number[] = [];
    for (let round = 0; round < ROUNDS; round++) perSecond.push((await load(target, CONNECTIONS, SECONDS)).perSecond);
    medians.push(median(perSecond));
    print(`cold verifications among ${size.toLocaleString("en")} keys`, `${median(perSecond).toFixed(0)} per s`);
  }
  const [few = Number.NaN, many = Number.NaN] = medians;
  print("cost among 1,000,000 to cost among 1,000", `ratio ${(few / many).toFixed(2)}`);
  await measureMemory();
} finally {
  await stop(latchkey);
  await pool.end();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Gives the secrets of some of them; nobody knows those of the others. */
async function insertKeys(count: number): Promise<string[]> {
  const every = count / ASKED;
  const secrets: string[] = [];
  const BATCH = 10_000;
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const minted = Array.from({ length: size }, (_, index) => {
      const secret = mintSecret("lk", "key", randomBytes);
      const isAsked = (from + index) % every === 0;
      if (isAsked) secrets.push(secret.text);
      return { ...secret, digest: isAsked ? digestSecret(keyRing, secret.text).digest : randomBytes(32) };
    });
    await pool.query(INSERT, [minted.map(({ lookupId }) => lookupId), minted.map(({ digest }) => digest), from]);
  }
  return secrets;
}

function coldTarget(url: string, path: string, secrets: readonly string[]): Target {
  const headers = { "content-type": "application/json" };
  const requests = secrets.map((credential) => ({
    headers,
    body: JSON.stringify({ credential, api: { method: "GET", path } }),
  }));
  return { url, method: "POST", path: "/v1/verify", requests };
}

/** Records as they come from the database, with what is kept beside them. */
async function measureMemory(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { rows } = await pool.query<{ lookup_id: string }>(`select lookup_id from api_key_secrets limit 100000`);
  const cache = new RecordCache(rows.length);
  collect();
  const before = process.memoryUsage();
  for (let from = 0; from < rows.length; from += 1_000) {
    const ids = rows.slice(from, from + 1_000).map(({ lookup_id: id }) => id);
    for (const record of await findApiKeys(pool, ids)) cache.put(record.lookupId, record);
  }
  collect();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
  print(`memory of ${cache.size.toLocaleString("en")} records`, `${(bytes / cache.size).toFixed(0)} bytes each`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(name: string, cell: string): void {
  process.stdout.write(`${name.padEnd(52)}${cell.padStart(20)}\n`);
}
