import { Option } from "commander";
import { readText } from "../ask.js";
import { EXIT } from "../exit-codes.js";
import { Finder } from "../find.js";
import { importKeys, type KeyOfLine, type KeysReport, type RefusedKey } from "../import-keys.js";
import { type EntryOfLine, type KeyFormat, MEMBER_NAMES, readEntries } from "../key-entries.js";
import { oneMore } from "../option-values.js";
import type { Facts } from "../output.js";
import { startProgress } from "../progress.js";
import type { AddCommands, Work } from "../work.js";
import { note } from "../write.js";
import { addImportApis } from "./import-apis.js";

const REPORT: Facts<KeysReport> = {
  "dry run": ({ dryRun }) => dryRun,
  keys: ({ keys }) => keys,
  imported: ({ imported }) => imported,
  "already there": ({ alreadyThere }) => alreadyThere,
  refused: ({ refused }) => refused.length,
  interrupted: ({ interrupted }) => interrupted,
};

const REFUSED: Facts<RefusedKey> = {
  line: ({ line }) => line,
  name: ({ name }) => name,
  code: ({ code }) => code,
  why: ({ message }) => message,
};

interface KeysOptions {
  readonly format?: KeyFormat;
  readonly dryRun?: true;
  readonly client?: string;
  readonly group?: readonly string[];
  readonly expiresAt?: string;
}

export const addImport: AddCommands = (program, act) => {
  const imports = program.command("import").description("take over APIs out of a document, or keys of another system");
  addImportApis(imports, act);
  imports
    .command("keys <file>")
    .description("take over keys of another system by the SHA-256 of their texts; - is standard input")
    .addOption(
      new Option("--format <format>", "how the file is written (default: csv for *.csv, else ndjson)").choices([
        "ndjson",
        "csv",
      ]),
    )
    .option("--dry-run", "only tell what would become of each")
    .option("--client <client id or id>", "the owner of keys that name none")
    .option("--group <name or id>", "a group of keys that name none; may be repeated", oneMore)
    .option("--expires-at <day or time>", "the end of keys that name none")
    .addHelpText(
      "after",
      `
NDJSON has an object a line, CSV a heading line and a key a line. Their members and columns are
  ${MEMBER_NAMES.join(", ")}.
name and hash are needed. groups are names or ids; in a cell of CSV, lists are separated by ;, quota is written as 1000/day,
and metadata as JSON. Ends with 1 when keys were refused. Running again is safe: keys that are there are passed over.

Example:
  npm run latchkey -- import keys old-keys.csv --client web-shop --group orders-read --expires-at 2099-12-31 --dry-run`,
    )
    .action(act(keys));
};

async function keys(work: Work, options: KeysOptions, file: string): Promise<void> {
  const { output, call } = work;
  const format = options.format ?? (/\.csv$/i.test(file) ? "csv" : "ndjson");
  const entries = await readEntries(await readText(work.pathOf(file)), format);
  const latchkey = await work.latchkey();
  const ready = await withDefaults(entries, options, new Finder(latchkey, call));

  const report: KeysReport = {
    dryRun: options.dryRun ?? false,
    keys: ready.length,
    imported: 0,
    alreadyThere: 0,
    refused: [],
    interrupted: false,
  };
  const progress = await startProgress("keys", ready.length);
  try {
    await importKeys(ready, { latchkey, report, progress, signal: call.signal });
  } catch (error) {
    report.interrupted = true;
    throw error;
  } finally {
    progress.end();
    await output.thing(report, REPORT);
    await output.alsoInTable(report.refused, REFUSED);
    if (report.interrupted) note("Stopped before the end. Run it again: keys that are there are passed over.");
  }
  if (report.interrupted) work.exitWith(EXIT.interrupted);
  else if (report.refused.length > 0) work.exitWith(EXIT.failed);
}

async function withDefaults(
  entries: readonly EntryOfLine[],
  { client, group, expiresAt }: KeysOptions,
  find: Finder,
): Promise<readonly KeyOfLine[]> {
  return Promise.all(
    entries.map(async ({ line, entry: { groups = group, ...entry } }) => {
      const owner = entry.clientId ?? entry.userId ?? client;
      const clientId = entry.userId === undefined ? owner : undefined;
      const groupIds = groups && (await find.groupIds(groups));
      return { line, key: { expiresAt, ...entry, clientId, groupIds } };
    }),
  );
}
