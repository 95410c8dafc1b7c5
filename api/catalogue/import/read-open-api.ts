import type { HttpMethod } from "../api.entity.js";
import { templateProblem, templateShape } from "../path-template.js";
import { pointerPart, refuseExternalReferences } from "./external-references.js";
import { LeftOut } from "./left-out.js";
import { parseOpenApi } from "./parse-open-api.js";
import { line, prose } from "./printable.js";
import {
  DocumentProblem,
  type OpenApiRequest,
  type ReadDocument,
  type ReadRestOperation,
  refuseTooMany,
  type Skipped,
} from "./read-document.js";
import { isTree, resolvePathItem, type Tree } from "./resolve-pointer.js";
import { serversOf } from "./servers.js";

// Written out: the entity would bring TypeORM and the GraphQL schema into the worker thread.
const METHODS: Readonly<Record<string, `${HttpMethod}`>> = {
  get: "GET",
  head: "HEAD",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  options: "OPTIONS",
  trace: "TRACE",
};

/** What a path item has beside its operations. */
const NO_OPERATIONS = new Set(["$ref", "summary", "description", "servers", "parameters"]);

/**
 * Reads the operations of an OpenAPI document, 3.0 or 3.1. Only what the catalogue needs is judged: real documents have
 * faults in the parts that it does not.
 */
export function readOpenApi({ document, pathPrefix, ignoreExternalReferences }: OpenApiRequest): ReadDocument {
  const root = parseOpenApi(document);
  if (!isTree(root)) throw new DocumentProblem("is no OpenAPI document: it has no fields");
  refuseOtherVersions(root);
  if (!ignoreExternalReferences) refuseExternalReferences(root);
  const paths = root["paths"];
  if (!isTree(paths)) throw new DocumentProblem("has no paths");

  const reader = new PathsReader(root, pathPrefix);
  for (const [path, item] of Object.entries(paths)) reader.readPath(path, item);
  const { operations, leftOut } = reader;
  if (operations.length === 0) throw new DocumentProblem(`has no operation${reasonOf(leftOut.skipped)}`);
  const info = root["info"];
  const title = isTree(info) && typeof info["title"] === "string" ? line(info["title"], 200) : "";
  const { servers, warning } = serversOf(root, pathPrefix);
  if (warning !== undefined) leftOut.warn(warning);
  const { skipped, skippedCount, warnings, unread } = leftOut;
  return { title, operations, skipped, skippedCount, servers, warnings, unread };
}

function refuseOtherVersions(root: Tree): void {
  const version = root["openapi"];
  if (typeof version === "string" && /^3\.[01](?:\.|$)/.test(version)) return;
  if (root["swagger"] !== undefined) throw new DocumentProblem("is Swagger 2: convert it to OpenAPI 3.0 or 3.1");
  throw new DocumentProblem('is no OpenAPI 3.0 or 3.1: `openapi` must be a text such as "3.1.0"');
}

function reasonOf([first]: readonly Skipped[]): string {
  return first ? ` that can be taken; the first, ${first.name}, ${first.reason}` : "";
}

class PathsReader {
  readonly operations: ReadRestOperation[] = [];
  readonly leftOut = new LeftOut();
  private readonly taken = new Map<string, string>();

  constructor(
    private readonly root: Tree,
    private readonly pathPrefix: string,
  ) {}

  readPath(path: string, given: unknown): void {
    if (path.startsWith("x-")) return;
    const place = `#/paths/${pointerPart(path)}`;
    const template = this.pathPrefix + asTemplate(path);
    const problem = template.length > 500 ? "is longer than 500 characters" : templateProblem(template);
    if (problem !== undefined) return this.leftOut.skip(path, problem);
    if (!isTree(given)) return this.skipUnread(path, template, "is no path item");
    const { item, whole } = resolvePathItem(this.root, given, place);
    if (!whole) this.skipUnread(path, template, "stands in another document");
    for (const [key, operation] of Object.entries(item)) {
      if (NO_OPERATIONS.has(key) || key.startsWith("x-")) continue;
      this.readOperation(key, template, operation);
    }
  }

  private readOperation(key: string, path: string, operation: unknown): void {
    const method = Object.hasOwn(METHODS, key) ? METHODS[key] : undefined;
    const name = `${key.toUpperCase()} ${path}`;
    if (!method) return this.leftOut.skip(name, "has a method that is none of HTTP");
    if (!isTree(operation)) return this.skipUnread(name, path, "is no operation");
    const identity = `${method} ${templateShape(path)}`;
    const same = this.taken.get(identity);
    if (same !== undefined) return this.leftOut.skip(name, `answers the same calls as ${same}`);
    this.taken.set(identity, name);
    this.operations.push({
      kind: "REST",
      name: nameOf(operation) ?? line(name, 100),
      description: prose(textOf(operation["description"]) ?? "", 2_000),
      method,
      path,
    });
    refuseTooMany(this.operations);
  }

  private skipUnread(name: string, path: string, reason: string): void {
    this.leftOut.unread.add(templateShape(path));
    this.leftOut.skip(name, reason);
  }
}

/** Documents write letters and spaces as they are; a URL has them percent-encoded. */
function asTemplate(path: string): string {
  return path.toWellFormed().replace(/[^\x21-\x7e]|["<>^`|]/gu, encodeURIComponent);
}

function nameOf(operation: Tree): string | undefined {
  const names = [operation["summary"], operation["operationId"]].map((name) => line(textOf(name) ?? "", 100));
  return names.find((name) => name !== "");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
