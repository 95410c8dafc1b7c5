/**
 * A line of NDJSON in the canonical form of RFC 8785, as the server writes it: an event's hash is over these characters, and
 * `JSON.stringify` would put members whose names are numbers first.
 */
export function canonicalLine(value: unknown): string {
  return `${canonical(value)}\n`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${members.join(",")}}`;
}
