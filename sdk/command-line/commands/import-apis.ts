import type { CatalogueImport, GoneApis } from "@latchkey/sdk";
import { Option } from "commander";
import { readText } from "../ask.js";
import { UsageError } from "../exit-codes.js";
import { Finder } from "../find.js";
import { oneOf } from "../option-values.js";
import type { Facts } from "../output.js";
import type { AddCommands, Work } from "../work.js";
import { note } from "../write.js";

const REPORT: Facts<CatalogueImport> = {
  "dry run": ({ dryRun }) => dryRun,
  document: ({ title }) => title,
  added: ({ addedCount }) => addedCount,
  changed: ({ changedCount }) => changedCount,
  gone: ({ goneCount }) => goneCount,
  unchanged: ({ unchangedCount }) => unchangedCount,
  "still delisted": ({ stillDelistedCount }) => stillDelistedCount,
  skipped: ({ skippedCount }) => skippedCount,
};

interface Change {
  readonly change: string;
  readonly api: string;
  readonly detail: string | null;
}

const CHANGE: Facts<Change> = {
  change: ({ change }) => change,
  api: ({ api }) => api,
  detail: ({ detail }) => detail,
};

interface Options {
  readonly collection: string;
  readonly kind?: "openapi" | "wsdl";
  readonly dryRun?: true;
  readonly gone?: GoneApis;
  readonly ignoreExternalReferences?: true;
  readonly pathPrefix?: string;
  readonly endpoint?: string;
  readonly wsdlLocation?: string;
}

export const addImportApis: AddCommands = (imports, act) => {
  imports
    .command("apis <file>")
    .description("make a collection what an OpenAPI 3.0 or 3.1 document or a WSDL 1.1 says; - is standard input")
    .requiredOption("--collection <region/name or id>", "the collection that gets the APIs")
    .addOption(new Option("--kind <kind>", "what the document is (default: as it looks)").choices(["openapi", "wsdl"]))
    .option("--dry-run", "only tell what would change")
    .option(
      "--gone <what>",
      "what becomes of APIs that the document does not have: delist (the default) or keep",
      oneOf("DELIST", "KEEP"),
    )
    .option("--ignore-external-references", "leave references to other documents unread, instead of refusing them")
    .option("--path-prefix <prefix>", "OpenAPI: put before each path, such as /v1")
    .option("--endpoint <url>", "WSDL: where the operations are called, in place of the addresses in it")
    .option("--wsdl-location <url>", "WSDL: where it was found, to be kept with the APIs")
    .addHelpText("after", "\nExample:\n  npm run latchkey -- import apis orders.yaml --collection eu/orders --dry-run")
    .action(act(apis));
};

async function apis({ latchkey, output, call, pathOf }: Work, options: Options, file: string): Promise<void> {
  const { collection, kind, dryRun, gone, ignoreExternalReferences, pathPrefix, endpoint, wsdlLocation } = options;
  const document = await readText(pathOf(file));
  const isWsdl = kind === undefined ? /^\uFEFF?\s*</.test(document) : kind === "wsdl";
  if (isWsdl && pathPrefix !== undefined) throw new UsageError("--path-prefix is for OpenAPI documents");
  if (!isWsdl && (endpoint ?? wsdlLocation) !== undefined) {
    throw new UsageError("--endpoint and --wsdl-location are for WSDL documents");
  }
  const server = await latchkey();
  const collectionId = await new Finder(server, call).collectionId(collection);
  const input = { collectionId, document, dryRun, gone, ignoreExternalReferences };
  const report = isWsdl
    ? await server.collections.importWsdl({ ...input, endpoint, wsdlLocation }, call)
    : await server.collections.importOpenApi({ ...input, pathPrefix }, call);
  await output.thing(report, REPORT);
  await output.alsoInTable(changesIn(report), CHANGE);
  for (const warning of report.warnings) note(`warning: ${warning}`);
}

function changesIn({ added, changed, gone, skipped }: CatalogueImport): Change[] {
  return [
    ...added.map(({ name, method, path, soapAction, operation }) => {
      const detail = method === null ? (operation ?? soapAction) : `${method} ${path}`;
      return { change: "added", api: name, detail };
    }),
    ...changed.map(({ name, fields }) => ({
      change: "changed",
      api: name,
      detail: fields.map(({ field }) => field).join(", "),
    })),
    ...gone.map(({ name, method, path }) => ({ change: "gone", api: name, detail: method && `${method} ${path}` })),
    ...skipped.map(({ name, reason }) => ({ change: "skipped", api: name, detail: reason })),
  ];
}
