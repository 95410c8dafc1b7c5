import type { CallOptions } from "./options.js";
import { SdkError } from "./sdk-error.js";
import type { OpenAnswer } from "./transport.js";

/** One line of an export: an event with its place in the hash chain. */
export interface AuditRecord {
  /** Counted from 1, without a gap. */
  readonly number: number;
  /** The hash of the event before it; of the first 64 zeros. */
  readonly previousHash: string;
  /** SHA-256 of the canonical form (RFC 8785) of all other fields. */
  readonly hash: string;
  readonly id: string;
  readonly at: string;
  readonly event: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly apiKeyId: string | null;
  readonly address: string | null;
  readonly requestId: string;
  readonly transactionRef: string | null;
  readonly targetKind: string;
  readonly targetId: string;
  readonly reason: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** Opens the export when the first event is asked for, and closes it when the reader has had enough. */
export async function* readExport(
  open: (path: string) => Promise<OpenAnswer>,
  query: object,
  { signal }: CallOptions,
): AsyncGenerator<AuditRecord, void, undefined> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, textOf(value)]));
  const { response, close } = await open(`/v1/audit/events.ndjson?${parameters}`);
  const facts = { requestId: response.headers.get("x-request-id") ?? undefined, status: response.status };
  // Every fetch gives one, be it empty.
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as AuditRecord;
      if (done) break;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new SdkError("NETWORK", "The export broke off: what has come is not all of it.", { ...facts, cause });
  } finally {
    close();
  }
  if (rest !== "") throw new SdkError("NETWORK", "The export broke off within a line.", facts);
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
