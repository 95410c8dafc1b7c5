import { externalReference } from "./read-document.js";

/** Refuses a document with a `$ref` out of itself. Not by recursion: documents nest as deep as their senders like. */
export function refuseExternalReferences(root: unknown): void {
  const seen = new Set<object>();
  const open: { readonly value: unknown; readonly place: string }[] = [{ value: root, place: "#" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, place } = next;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    const reference = (value as Record<string, unknown>)["$ref"];
    if (typeof reference === "string" && !reference.startsWith("#")) throw externalReference(place);
    for (const [key, child] of Object.entries(value)) {
      open.push({ value: child, place: `${place}/${pointerPart(key)}` });
    }
  }
}

/** RFC 6901 section 3. */
export function pointerPart(key: string): string {
  return key.slice(0, 100).replace(/~/g, "~0").replace(/\//g, "~1");
}
