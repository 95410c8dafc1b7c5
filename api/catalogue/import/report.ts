import { type Api, ApiKind, HttpMethod } from "../api.entity.js";
import type { Collection } from "../collection.entity.js";
import { type ChangedApi, type Comparison, fieldsOf } from "./compare.js";
import {
  type CatalogueImport,
  type ImportedApi,
  LISTED_MAX,
  type ChangedApi as ReportedChange,
} from "./import.types.js";
import type { ReadDocument, ReadOperation } from "./read-document.js";

/** What the caller reads of a dry run. */
export function reportOf(document: ReadDocument, comparison: Comparison, collection: Collection): CatalogueImport {
  const { added, changed, gone, unchangedCount, stillDelisted } = comparison;
  return {
    dryRun: true,
    title: document.title,
    addedCount: added.length,
    added: added.slice(0, LISTED_MAX).map(reportAdded),
    changedCount: changed.length,
    changed: changed.slice(0, LISTED_MAX).map(reportChanged),
    goneCount: gone.length,
    gone: gone.slice(0, LISTED_MAX),
    unchangedCount,
    stillDelistedCount: stillDelisted.length,
    stillDelisted: stillDelisted.slice(0, LISTED_MAX),
    skippedCount: document.skippedCount,
    skipped: [...document.skipped],
    warnings: [...document.warnings, ...warnOfOtherServers(document, collection)],
  };
}

/** The same of an import that was done. `added` are the APIs that were made of what is new, in its order. */
export function markDone(report: CatalogueImport, added: readonly Api[]): CatalogueImport {
  for (const [index, each] of report.added.entries()) each.id = added[index]?.id ?? null;
  return Object.assign(report, { dryRun: false });
}

function reportAdded(read: ReadOperation): ImportedApi {
  const { kind, name } = read;
  const none = { id: null, method: null, path: null, endpoint: null, soapAction: null, operation: null };
  if (read.kind === "REST") {
    return { ...none, kind: ApiKind[kind], name, method: HttpMethod[read.method], path: read.path };
  }
  const { endpoint, soapAction, operation } = read;
  return { ...none, kind: ApiKind[kind], name, endpoint, soapAction, operation };
}

function reportChanged({ api, rewritten }: ChangedApi): ReportedChange {
  const fields = fieldsOf(rewritten)
    .filter((field) => api[field] !== rewritten[field])
    .map((field) => ({ field, before: api[field], after: rewritten[field] }));
  return { id: api.id, name: api.name, fields };
}

function warnOfOtherServers({ servers }: ReadDocument, { baseUrl }: Collection): string[] {
  const hosts = [...new Set(servers.flatMap((url) => hostOf(url) ?? []))];
  const own = hostOf(baseUrl);
  if (hosts.length === 0 || own === undefined || hosts.includes(own)) return [];
  return [`The document is of ${hosts.slice(0, 5).join(", ")}, the collection of ${own}. Is it the right one?`];
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

const NAMES_MAX = 100;

/** For the audit: what was changed, by name, up to 100 of each. */
export function factsOf(title: string, { added, changed }: Comparison, delisted: readonly Api[]) {
  const names = (list: readonly { readonly name: string }[]) => list.slice(0, NAMES_MAX).map(({ name }) => name);
  return {
    title,
    addedCount: added.length,
    added: names(added),
    changedCount: changed.length,
    changed: names(changed.map(({ api }) => api)),
    delistedCount: delisted.length,
    delisted: names(delisted),
  };
}
