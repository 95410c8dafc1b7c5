import { type Api, ApiStatus } from "../api.entity.js";
import { templateShape } from "../path-template.js";
import type { ReadDocument, ReadOperation } from "./read-document.js";

/** What an import writes of an API that the collection has already. */
export type Rewritten = Pick<
  Api,
  "name" | "description" | "path" | "endpoint" | "soapAction" | "operation" | "port" | "wsdlLocation"
>;

export interface ChangedApi {
  readonly api: Api;
  readonly rewritten: Rewritten;
}

export interface Comparison {
  readonly added: readonly ReadOperation[];
  readonly changed: readonly ChangedApi[];
  /** Listed, and not in the document. */
  readonly gone: readonly Api[];
  readonly unchangedCount: number;
  /** In the document, but delisted by somebody. */
  readonly stillDelisted: readonly Api[];
}

/** What a document would change in a collection. `apis` are the collection's of the document's kind. */
export function compare(
  apis: readonly Api[],
  { operations, unread }: Pick<ReadDocument, "operations" | "unread">,
  wsdlLocation: string | null,
): Comparison {
  const isUnread = ({ pathShape, port }: Api): boolean => unread.has(pathShape ?? port ?? "");
  const pairs = pair(apis, operations);
  const met = new Set(pairs.values());
  const changed: ChangedApi[] = [];
  for (const [operation, api] of pairs) {
    const rewritten = rewrite(api, operation, wsdlLocation);
    if (differs(api, rewritten)) changed.push({ api, rewritten });
  }
  return {
    added: operations.filter((operation) => !pairs.has(operation)),
    changed,
    gone: apis.filter((api) => api.status === ApiStatus.LISTED && !met.has(api) && !isUnread(api)),
    unchangedCount: pairs.size - changed.length,
    stillDelisted: [...met].filter((api) => api.status === ApiStatus.DELISTED),
  };
}

/** Which API each operation is. A SOAP operation that has moved to another endpoint is still itself. */
function pair(apis: readonly Api[], operations: readonly ReadOperation[]): Map<ReadOperation, Api> {
  const pairs = new Map<ReadOperation, Api>();
  pairUp(pairs, apis, operations, identityOfApi, identityOf);
  const left = new Set(apis);
  for (const api of pairs.values()) left.delete(api);
  const unpaired = operations.filter((operation) => operation.kind === "SOAP" && !pairs.has(operation));
  pairUp(pairs, [...left], unpaired, actionOfApi, actionOf);
  return pairs;
}

/** Pairs what has an identity that no other on its side has. */
function pairUp(
  pairs: Map<ReadOperation, Api>,
  apis: readonly Api[],
  operations: readonly ReadOperation[],
  ofApi: (api: Api) => string,
  ofOperation: (operation: ReadOperation) => string,
): void {
  const soleApis = soleByIdentity(apis, ofApi);
  for (const [identity, operation] of soleByIdentity(operations, ofOperation)) {
    const api = soleApis.get(identity);
    if (operation && api) pairs.set(operation, api);
  }
}

/** Undefined for an identity that more than one has. */
function soleByIdentity<T>(list: readonly T[], identityOf: (each: T) => string): Map<string, T | undefined> {
  const sole = new Map<string, T | undefined>();
  for (const each of list) {
    const identity = identityOf(each);
    sole.set(identity, sole.has(identity) ? undefined : each);
  }
  return sole;
}

function identityOfApi(api: Api): string {
  return api.kind === "REST" ? `${api.method} ${api.pathShape}` : `${api.endpoint ?? ""} ${actionOfApi(api)}`;
}

function identityOf(read: ReadOperation): string {
  return read.kind === "REST"
    ? `${read.method} ${templateShape(read.path)}`
    : `${read.endpoint ?? ""} ${actionOf(read)}`;
}

function actionOfApi({ soapAction, operation }: Api): string {
  return soapAction ?? operation ?? "";
}

function actionOf(read: ReadOperation): string {
  return read.kind === "SOAP" ? (read.soapAction ?? read.operation ?? "") : "";
}

function rewrite(api: Api, read: ReadOperation, wsdlLocation: string | null): Rewritten {
  const { name, description } = read;
  if (read.kind === "REST") {
    const { endpoint, soapAction, operation, port } = api;
    return { name, description, path: read.path, endpoint, soapAction, operation, port, wsdlLocation: null };
  }
  const { endpoint, soapAction, operation, port } = read;
  const location = wsdlLocation ?? api.wsdlLocation;
  return { name, description, path: null, endpoint, soapAction, operation, port, wsdlLocation: location };
}

function differs(api: Api, rewritten: Rewritten): boolean {
  return fieldsOf(rewritten).some((field) => api[field] !== rewritten[field]);
}

export function fieldsOf(rewritten: Rewritten): (keyof Rewritten)[] {
  return Object.keys(rewritten) as (keyof Rewritten)[];
}
