import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { finished } from "node:stream/promises";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startDatabaseServer } from "./support/database-server.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const BATCHES_AT_ONCE = 2;
/** Files of a batch share a process, and with it what is loaded and compiled: half the work of a process for each. */
const FILES_IN_BATCH = 8;
const BATCH_MS_MAX = 600_000;

/** The compiled form of each test source; what an earlier build left behind is not among them. */
async function compiledTests(wanted: readonly string[]): Promise<string[]> {
  const names = await readdir(join(root, "test"), { recursive: true });
  const sources = names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name));
  const asked = wanted.map((path) => relative(root, join(process.cwd(), path)).split(sep).join("/"));
  const chosen = sources.filter((source) => asked.length === 0 || asked.some((path) => source.startsWith(path)));
  return chosen.sort().map((source) => join(root, "dist", source.replace(/\.ts$/, ".js")));
}

/** Dealt out, so that no batch has all the slow ones of a folder. */
async function inBatches(files: readonly string[], directory: string): Promise<string[]> {
  const count = Math.max(BATCHES_AT_ONCE, Math.ceil(files.length / FILES_IN_BATCH));
  const batches = Array.from({ length: Math.min(count, files.length) }, (_, number) =>
    files.filter((__, index) => index % count === number),
  );
  return Promise.all(
    batches.map(async (batch, number) => {
      const path = join(directory, `batch-${number + 1}.mjs`);
      await writeFile(path, batch.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`).join(""));
      return path;
    }),
  );
}

const files = await compiledTests(process.argv.slice(2));
if (files.length === 0) throw new Error(`No test file begins with ${process.argv.slice(2).join(" or ")}.`);

const server = await startDatabaseServer(process.env["TEST_DATABASE_URL"]);
process.env["LATCHKEY_TEST_SERVER"] = server.url;

// Handed on to the batches: what a test that failed has left open must not hold up the run.
process.execArgv.push("--test-force-exit");
const directory = await mkdtemp(join(tmpdir(), "latchkey-batches-"));
const counts = new Map<string, number>();
const events = run({
  files: await inBatches(files, directory),
  concurrency: BATCHES_AT_ONCE,
  timeout: BATCH_MS_MAX,
});
events.on("test:diagnostic", ({ message, nesting }) => {
  const [name = "", count] = message.split(" ");
  if (nesting === 0) counts.set(name, Number(count));
});
const report = events.compose(new spec());
report.pipe(process.stdout, { end: false });
await finished(report);
await server.stop();
await rm(directory, { recursive: true, force: true });

const failed = (counts.get("fail") ?? 0) + (counts.get("cancelled") ?? 0);
process.stdout.write(`\n${counts.get("pass") ?? 0} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && counts.has("pass") ? 0 : 1;
