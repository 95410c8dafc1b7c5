import { invalidInput } from "../errors.js";

/** Refuses an input list with the place of each id that was not found. */
export function refuseUnknownIds(
  path: string,
  ids: readonly string[],
  found: readonly { readonly id: string }[],
  message: string,
): void {
  const known = new Set(found.map((row) => row.id));
  const [first, ...rest] = ids.flatMap((id, index) =>
    known.has(id.toLowerCase()) ? [] : [{ path: `${path}.${index}`, message }],
  );
  if (first) throw invalidInput(first, ...rest);
}
