import type { HttpMethod } from "../api.entity.js";
import { templateProblem, templateShape } from "../path-template.js";
import { pointerPart, refuseExternalReferences } from "./external-references.js";
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
  const { operations, skipped } = reader;
  if (operations.length === 0) throw new DocumentProblem(`has no operation${reasonOf(skipped)}`);
  const info = root["info"];
  const title = isTree(info) && typeof info["title"] === "string" ? line(info["title"], 200) : "";
  const { servers, warnings } = serversOf(root, pathPrefix);
  return { title, operations, skipped, servers, warnings };
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
  readonly skipped: Skipped[] = [];
  private readonly taken = new Map<string, string>();

  constructor(
    private readonly root: Tree,
    private readonly pathPrefix: string,
  ) {}

  readPath(path: string, given: unknown): void {
    if (path.startsWith("x-")) return;
    const place = `#/paths/${pointerPart(path)}`;
    if (!isTree(given)) return this.skip(path, "is no path item");
    const item = resolvePathItem(this.root, given, place);
    if (!item) return this.skip(path, "stands in another document");
    const template = this.pathPrefix + asTemplate(path);
    const problem = template.length > 500 ? "is longer than 500 characters" : templateProblem(template);
    if (problem !== undefined) return this.skip(path, problem);
    for (const [key, operation] of Object.entries(item)) {
      if (NO_OPERATIONS.has(key) || key.startsWith("x-")) continue;
      this.readOperation(key, template, operation);
    }
  }

  private readOperation(key: string, path: string, operation: unknown): void {
    const method = Object.hasOwn(METHODS, key) ? METHODS[key] : undefined;
    const name = `${key.toUpperCase()} ${path}`;
    if (!method) return this.skip(name, "has a method that is none of HTTP");
    if (!isTree(operation)) return this.skip(name, "is no operation");
    const identity = `${method} ${templateShape(path)}`;
    const same = this.taken.get(identity);
    if (same !== undefined) return this.skip(name, `answers the same calls as ${same}`);
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

  private skip(name: string, reason: string): void {
    this.skipped.push({ name: line(name, 200), reason: line(reason, 300) });
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
