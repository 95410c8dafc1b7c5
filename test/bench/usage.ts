import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import { postGraphql } from "../support/graphql.js";
import { start, stop, urlOf } from "./server-process.js";

/**
 * How long usage takes to read from a year of counts of 10,000 keys. Each key is used in so many hours of the year, spread
 * over it, so that a month's rows of a client lie among those of 99 others: to seed every hour of every key would take twenty
 * times as many rows, and an hour. One client is used by every key in every hour of the last month, the worst there is.
 */
const CLIENTS = 100;
const KEYS_OF_EACH = 100;
const HOURS_OF_EACH = 400;
const ROUNDS = 15;
const PASSWORD = "bench-pass-phrase";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BUSY = 1;

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres") });
const environment = { PORT: "0", DATABASE_URL: postgres.url, DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD };
const latchkey = start("api/main.js", { ...environment, LOG_LEVEL: "fatal" });
const database = new pg.Client(postgres.url);
try {
  const url = await urlOf(latchkey);
  await database.connect();
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
  await seed(hour);

  const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;
  const { data } = await postGraphql(url, signIn, { input: { name: "admin", password: PASSWORD } }, null);
  const ask = async (selection: string, input: object) => {
    const document = `query ($input: UsageInput!) { usage(input: $input) { ${selection} } }`;
    const answer = await postGraphql(url, document, { input }, data.signIn.token);
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer.data.usage.totals.calls as number;
  };
  const all =
    "totals { calls byCode { code calls } } series { at calls allowed refused } top(dimension: API_KEY) { id calls }";
  const ago = (ms: number) => new Date(hour.getTime() - ms).toISOString();
  const month = { from: ago(30 * DAY_MS), until: ago(0), step: "HOUR" };
  const [client, busy] = await Promise.all([2, BUSY].map(idOfClient));
  for (const [what, selection, input] of [
    ["a client's month by hour", "totals { calls } series { at calls }", { ...month, filter: { clientId: client } }],
    ["the same with its top keys", all, { ...month, filter: { clientId: client } }],
    [
      "the busiest client's month by hour",
      "totals { calls } series { at calls }",
      { ...month, filter: { clientId: busy } },
    ],
    [
      "a client's year by day",
      all,
      { from: ago(365 * DAY_MS), until: ago(0), step: "DAY", filter: { clientId: client } },
    ],
    ["all clients' day by hour", all, { ...month, from: ago(DAY_MS) }],
    ["all clients' month by hour", all, month],
    ["all clients' month by day", all, { ...month, step: "DAY" }],
  ] as const) {
    const times: number[] = [];
    let calls = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const startedAtMs = performance.now();
      calls = await ask(selection, input);
      times.push(performance.now() - startedAtMs);
    }
    times.sort((a, b) => a - b);
    print(what, `${calls} calls`, `median ${ms(times[Math.floor(ROUNDS / 2)])}`, `slowest ${ms(times.at(-1))}`);
  }
} finally {
  await database.end();
  await stop(latchkey);
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** In the order of time, as nodes write. */
async function seed(until: Date): Promise<void> {
  const startedAtMs = performance.now();
  await database.query(`insert into client_ids select 'client-' || n from generate_series(1, ${CLIENTS}) n`);
  await database.query(`
    insert into clients (id, client_id, name, display_name, note, status, security_level, time_zone, priority, created_by, created_at, updated_at)
    select ${idOf("'c'", "n")}, 'client-' || n, 'client-' || n, 'client-' || n, 'bench', 'ENABLED', 'A', 'UTC', 5, 'bench', now(), now()
    from generate_series(1, ${CLIENTS}) n`);
  const indices = await dropIndices();
  await insertHours(
    `generate_series(0, 365 * 24 - 1) hour, lateral generate_series(1, ${CLIENTS * KEYS_OF_EACH}) key
     where (key * 7919 + hour * 104729) % (365 * 24) < ${HOURS_OF_EACH} or (key % ${CLIENTS} + 1 = ${BUSY} and hour < 30 * 24)`,
    until,
  );
  await database.query("set maintenance_work_mem = '256MB'");
  for (const index of indices) await database.query(index);
  await database.query(`
    insert into usage_days select date_trunc('day', hour, 'UTC'), client_id, api_key_id, api_id, collection_id, region_id, code, sum(calls)
    from usage_hours group by 1, 2, 3, 4, 5, 6, 7 order by 1`);
  await database.query("vacuum analyze usage_hours");
  await database.query("vacuum analyze usage_days");
  const { rows } = await database.query(
    `select count(*) as rows, pg_size_pretty(pg_total_relation_size('usage_hours')) as size from usage_hours`,
  );
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(0);
  print("seeded", `${rows[0].rows} hours`, String(rows[0].size), `${seconds} s`);
}

/** Rows are written faster without them. How each is made again. */
async function dropIndices(): Promise<string[]> {
  const { rows } = await database.query<{ name: string; made: string }>(
    "select indexname as name, indexdef as made from pg_indexes where tablename = 'usage_hours'",
  );
  await database.query("alter table usage_hours drop constraint usage_hours_unique");
  for (const { name } of rows) await database.query(`drop index if exists ${name}`);
  return rows.map(({ made }) => made);
}

async function insertHours(from: string, until: Date): Promise<void> {
  await database.query(
    `insert into usage_hours (hour, client_id, api_key_id, api_id, collection_id, region_id, code, calls)
     select $1::timestamptz - make_interval(hours => hour + 1), ${idOf("'c'", `key % ${CLIENTS} + 1`)}, ${idOf("'k'", "key")},
       ${idOf("'a'", "key % 50")}, ${idOf("'l'", "key % 5")}, ${idOf("'r'", "1")},
       case when key % 20 = 0 then 'GROUP_DENIED' else 'VALID' end, 1 + key % 90
     from ${from} order by hour desc, key`,
    [until],
  );
}

function idOf(kind: string, number: string): string {
  return `md5(${kind} || ${number})::uuid`;
}

async function idOfClient(number: number): Promise<string> {
  const { rows } = await database.query<{ id: string }>(`select ${idOf("'c'", String(number))} as id`);
  return rows[0]?.id ?? "";
}

function ms(value = Number.NaN): string {
  return `${value.toFixed(1)} ms`;
}

function print(name: string, ...cells: string[]): void {
  process.stdout.write(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(20)).join("")}\n`);
}
