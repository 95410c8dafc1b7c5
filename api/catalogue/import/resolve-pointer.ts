import { DocumentProblem } from "./read-document.js";

export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path item, or the one that its `$ref` leads to (OpenAPI 3.1 section 4.8.9). Undefined: the reference leads out. */
export function resolvePathItem(root: Tree, item: Tree, place: string): Tree | undefined {
  const followed = new Set<string>();
  let current = item;
  for (;;) {
    const reference = current["$ref"];
    if (typeof reference !== "string") return current;
    if (!reference.startsWith("#")) return undefined;
    if (followed.has(reference)) throw new DocumentProblem(`has references in a circle at ${place}: ${reference}`);
    followed.add(reference);
    const target = at(root, reference.slice(1));
    if (!isTree(target)) throw new DocumentProblem(`has a reference to nothing at ${place}: ${reference}`);
    current = target;
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
