import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { finished } from "node:stream/promises";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { startDatabaseServer } from "./support/database-server.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const FILES_AT_ONCE = 2;
const FILE_MS_MAX = 240_000;

/** The compiled form of each test source; what an earlier build left behind is not among them. */
async function compiledTests(wanted: readonly string[]): Promise<string[]> {
  const names = await readdir(join(root, "test"), { recursive: true });
  const sources = names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name));
  const asked = wanted.map((path) => relative(root, join(process.cwd(), path)).split(sep).join("/"));
  const chosen = sources.filter((source) => asked.length === 0 || asked.some((path) => source.startsWith(path)));
  return chosen.sort().map((source) => join(root, "dist", source.replace(/\.ts$/, ".js")));
}

const files = await compiledTests(process.argv.slice(2));
if (files.length === 0) throw new Error(`No test file begins with ${process.argv.slice(2).join(" or ")}.`);

const server = await startDatabaseServer(process.env["TEST_DATABASE_URL"]);
process.env["LATCHKEY_TEST_SERVER"] = server.url;

const counts = new Map<string, number>();
const events = run({ files, concurrency: FILES_AT_ONCE, timeout: FILE_MS_MAX });
events.on("test:diagnostic", ({ message, nesting }) => {
  const [name = "", count] = message.split(" ");
  if (nesting === 0) counts.set(name, Number(count));
});
const report = events.compose(new spec());
report.pipe(process.stdout, { end: false });
await finished(report);
await server.stop();

const failed = (counts.get("fail") ?? 0) + (counts.get("cancelled") ?? 0);
process.stdout.write(`\n${counts.get("pass") ?? 0} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && counts.has("pass") ? 0 : 1;
