import type { IncomingMessage } from "node:http";

/**
 * The different credentials that a call carries in the API key's header (named in lower case) and `Authorization: Bearer`, from the raw header lines:
 * Node joins repeated lines of the one with a comma and drops those of the other, and either would let a second
 * credential pass unseen. Other schemes of Authorization are somebody else's and are left alone.
 */
export function readCredentials({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">, apiKeyHeader: string): string[] {
  const found = new Set<string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (name === apiKeyHeader) found.add(value.trim());
    else if (name === "authorization") addBearer(found, value);
  }
  found.delete("");
  return [...found];
}

/** RFC 6750 section 2.1; the scheme is case-insensitive (RFC 9110 section 11.1). */
function addBearer(found: Set<string>, value: string): void {
  const match = /^\s*bearer(?:\s+(.*))?$/i.exec(value);
  if (match) found.add(match[1]?.trim() ?? "");
}
