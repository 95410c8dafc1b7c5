import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postGraphql } from "../support/graphql.js";
import { seedBench } from "./seed.js";
import { start, stop, urlOf } from "./server-process.js";

/** What it costs to create 100,000 keys in bulk, and to list them near and far from the start. */
const BATCHES = 100;
const BATCH = 1_000;
const PAGE = 100;
const FAR_PAGE = 1_000;
const ROUNDS = 40;
const PASSWORD = "bench-pass-phrase";

const CREATE = `mutation ($input: CreateApiKeysInput!) { createApiKeys(input: $input) { createdCount results { secret } } }`;
const LIST = `query ($after: String, $search: String) {
  apiKeys(first: ${PAGE}, after: $after, search: $search) {
    edges { node { id name lookupId status createdAt expiresAt lastAccessedAt } }
    pageInfo { endCursor }
  }
}`;

const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const latchkey = start("api/main.js", { PORT: "0", DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: "fatal" });
try {
  const { url, token } = await seedBench(await urlOf(latchkey), PASSWORD);
  const ask = async (document: string, variables: object) => {
    const { data, errors } = await postGraphql(url, document, variables, token);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };
  const { authorityGroups } = await ask("{ authorityGroups(first: 1) { edges { node { id } } } }", {});
  const groupIds = [authorityGroups.edges[0].node.id];

  const startedAtMs = performance.now();
  for (let batch = 0; batch < BATCHES; batch++) {
    const clientId = `client-${batch % 40}`;
    const keys = Array.from({ length: BATCH }, (_, index) => ({
      clientId,
      name: `bulk-${batch}-${index}`,
      expiresAt: "2099-12-31",
      groupIds,
    }));
    const { createApiKeys } = await ask(CREATE, { input: { keys } });
    if (createApiKeys.createdCount !== BATCH)
      throw new Error(`${createApiKeys.createdCount} of ${BATCH} were created.`);
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  print("100,000 keys in bulks of 1,000", `${((BATCHES * BATCH) / seconds).toFixed(0)} keys per s`);

  let after: string | null = null;
  for (let page = 1; page < FAR_PAGE; page++) after = (await ask(LIST, { after })).apiKeys.pageInfo.endCursor;
  const times: Record<"near" | "far" | "search", number[]> = { near: [], far: [], search: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.near.push(await millisecondsOf(() => ask(LIST, {})));
    times.far.push(await millisecondsOf(() => ask(LIST, { after })));
    times.search.push(await millisecondsOf(() => ask(LIST, { search: `bulk-${round}-77` })));
  }
  const [near, far, search] = [median(times.near), median(times.far), median(times.search)];
  print("page 1 of 100", `${near.toFixed(1)} ms`);
  print("page 1,000 of 100", `${far.toFixed(1)} ms`, `ratio ${(far / near).toFixed(2)}`);
  print("search for a name", `${search.toFixed(1)} ms`);
} finally {
  await stop(latchkey);
  await rm(dataDir, { recursive: true, force: true });
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(name: string, ...cells: string[]): void {
  process.stdout.write(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(20)).join("")}\n`);
}
