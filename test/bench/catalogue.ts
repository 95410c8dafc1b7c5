import pg from "pg";
import { Catalogue } from "../../api/verification/catalogue.js";
import type { CalledApi } from "../../api/verification/demand.js";
import { WatchedLoads } from "../../api/verification/watched-loads.js";
import { copyTemplate, startDatabaseServer } from "../support/database-server.js";

/** What finding a call's API costs among 10 and among 10,000, and what it costs to load and compile them. */
const ROUNDS = 7;
const FINDS = 200_000;
const SIZES = [10, 10_000] as const;

const server = await startDatabaseServer(undefined);
const own = await copyTemplate(server.url);
const pool = new pg.Pool({ connectionString: own.url, max: 1 });
try {
  await pool.query(`insert into regions values (gen_random_uuid(), 'eu', 'Europe', now(), now())`);
  for (const size of SIZES) await seedCollection(size);
  const startedAtMs = performance.now();
  const catalogue = new Catalogue(pool, new WatchedLoads());
  await catalogue.find({ method: "GET", path: "/" });
  print("load and compile 20,020 APIs", `${(performance.now() - startedAtMs).toFixed(0)} ms`);

  for (const [name, calls] of [
    ["REST, plain text", plainCalls],
    ["REST, three parameters", parameterCalls],
    ["REST, no such API", unknownCalls],
    ["SOAP, by endpoint and action", soapCalls],
  ] as const) {
    const times = SIZES.map((size) => ({ calls: calls(size), rounds: [] as number[] }));
    for (let round = 0; round <= ROUNDS; round++) {
      // The first round warms up.
      for (const each of times) each.rounds.push(nanosecondsPerFind(catalogue, each.calls));
    }
    const [few = Number.NaN, many = Number.NaN] = times.map(({ rounds }) => median(rounds.slice(1)));
    print(name, `10: ${few.toFixed(0)} ns`, `10,000: ${many.toFixed(0)} ns`, `ratio ${(many / few).toFixed(2)}`);
  }
  const hostile: CalledApi = { method: "GET", path: "/things/a".repeat(900), collection: "eu/10000" };
  print("a path of 8,100 characters", `10,000: ${nanosecondsPerFind(catalogue, [hostile], 2_000).toFixed(0)} ns`);
} finally {
  await pool.end();
  await own.drop();
  await server.stop();
}

/** Half of the REST templates are plain text, half have three parameters; as many SOAP actions of 20 endpoints. */
async function seedCollection(size: number): Promise<void> {
  await pool.query(
    `with collection as (
       insert into collections (id, region_id, name, server_name, base_url, created_at, updated_at)
       select gen_random_uuid(), id, $1::text, 'bench', 'https://bench.example.com', now(), now() from regions
       returning id
     ), entry as (
       select id as collection_id, number, format('/things/group-%s/thing-%s', number % 100, number) as plain,
              format('/owners/{}/group-%s/{}/thing-%s/{}', number % 100, number) as with_parameters
       from collection, generate_series(1, $1::int) as number
     ), rest as (
       insert into apis (id, collection_id, kind, name, description, method, path, path_shape, status, audience,
                         open_to_all, created_at, updated_at)
       select gen_random_uuid(), collection_id, 'REST', plain, '', 'GET', shape, shape, 'LISTED', 'EXTERNAL', true,
              now(), now()
       from entry, lateral (select case when number % 2 = 0 then plain else with_parameters end as shape) as chosen
     )
     insert into apis (id, collection_id, kind, name, description, endpoint, soap_action, status, audience,
                       open_to_all, created_at, updated_at)
     select gen_random_uuid(), collection_id, 'SOAP', plain, '', 'https://bench.example.com/soap/' || number % 20,
            'urn:bench#' || number, 'LISTED', 'EXTERNAL', true, now(), now()
     from entry`,
    [size],
  );
}

function plainCalls(size: number): CalledApi[] {
  return numbers(size, 0).map((number) => restCall(size, `/things/group-${number % 100}/thing-${number}`));
}

function parameterCalls(size: number): CalledApi[] {
  return numbers(size, 1).map((number) =>
    restCall(size, `/owners/o-${number}/group-${number % 100}/7/thing-${number}/x`),
  );
}

function unknownCalls(size: number): CalledApi[] {
  return numbers(size, 0).map((number) => restCall(size, `/things/group-${number % 100}/thing-${number}/more`));
}

function soapCalls(size: number): CalledApi[] {
  const collection = `eu/${size}`;
  return numbers(size, 0).map((number) => ({
    method: "POST",
    path: `/soap/${number % 20}`,
    soapAction: `urn:bench#${number}`,
    collection,
  }));
}

function restCall(size: number, path: string): CalledApi {
  return { method: "GET", path, collection: `eu/${size}` };
}

/** Even or odd numbers up to `size`, spread over all of it: 1,000 of them, repeated where there are fewer. */
function numbers(size: number, remainder: 0 | 1): number[] {
  return Array.from({ length: 1_000 }, (_, index) => {
    const number = (index * 7_919) % size;
    return number - (number % 2) + (remainder === 1 ? 1 : 2);
  });
}

function nanosecondsPerFind(catalogue: Catalogue, calls: readonly CalledApi[], finds = FINDS): number {
  const startedAtMs = performance.now();
  for (let index = 0; index < finds; index++) void catalogue.find(calls[index % calls.length] as CalledApi);
  return ((performance.now() - startedAtMs) * 1e6) / finds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(name: string, ...cells: string[]): void {
  process.stdout.write(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(20)).join("")}\n`);
}
