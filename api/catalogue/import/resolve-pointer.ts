import { DocumentProblem } from "./read-document.js";

export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface PathItem {
  readonly item: Tree;
  /** False when a part of it stands in another document. */
  readonly whole: boolean;
}

/** A path item with what its `$ref` leads to; where both have a field, its own counts (OpenAPI 3.1 section 4.8.9). */
export function resolvePathItem(root: Tree, own: Tree, place: string): PathItem {
  const followed = new Set<string>();
  let item = own;
  for (let current = own; ; ) {
    const reference = current["$ref"];
    if (typeof reference !== "string") return { item, whole: true };
    if (!reference.startsWith("#")) return { item, whole: false };
    if (followed.has(reference)) throw new DocumentProblem(`has references in a circle at ${place}: ${reference}`);
    followed.add(reference);
    const target = at(root, reference.slice(1));
    if (!isTree(target)) throw new DocumentProblem(`has a reference to nothing at ${place}: ${reference}`);
    current = target;
    item = { ...target, ...item };
  }
}

/** What a JSON pointer in a URI fragment points to (RFC 6901 section 6). */
function at(root: unknown, pointer: string): unknown {
  let value = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = decode(part).replace(/~1/g, "/").replace(/~0/g, "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Tree)[key];
  }
  return value;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
