/** Headers as they came, name and value. */
export type HeaderLines = Iterable<readonly [name: string, value: string]>;

/** What Node has read of a request's head. */
export interface NodeHead {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawHeaders?: readonly string[] | undefined;
}

/** From the lines as they came: of two Authorization headers, Node's `headers` would hide one. */
export function* linesOf({ headers, rawHeaders = [] }: NodeHead): HeaderLines {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [rawHeaders[index] as string, rawHeaders[index + 1] as string];
  }
  if (rawHeaders.length > 0) return;
  for (const [name, value = []] of Object.entries(headers)) for (const each of [value].flat()) yield [name, each];
}

/**
 * The credential that a call carries, empty for none. Undefined when there is more than one: the same one may stand in
 * both headers, but a header that came twice is refused, or a second credential could pass unseen.
 */
export function credentialIn(lines: HeaderLines, apiKeyHeader: string): string | undefined {
  const apiKeys: string[] = [];
  const bearers: string[] = [];
  for (const [name, value] of lines) {
    const lower = name.toLowerCase();
    if (lower === apiKeyHeader) apiKeys.push(value);
    // Other schemes of Authorization are somebody else's (RFC 9110 section 11.1).
    else if (lower === "authorization" && /^\s*bearer(?:\s|$)/i.test(value)) bearers.push(value.trim().slice(6).trim());
  }
  if (apiKeys.length > 1 || bearers.length > 1) return undefined;
  const found = new Set([...apiKeys, ...bearers].filter((each) => each !== ""));
  return found.size > 1 ? undefined : ([...found][0] ?? "");
}
