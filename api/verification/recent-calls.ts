import type pg from "pg";
import { withoutSecrets } from "../secrets/secret-format.js";
import type { Demand } from "./demand.js";
import type { KnownCredential } from "./known-credential.js";
import { timeOrderedId } from "./time-ordered-id.js";

/** Of one statement, which is done well before it would be given up. */
const BATCH_MAX = 2_000;
const PATH_LENGTH_MAX = 500;
const METHOD_LENGTH_MAX = 16;
const REFERENCE_LENGTH_MAX = 128;
/** What is shorter could be anything. */
const CREDENTIAL_LENGTH_MIN = 8;

/** A call as it was judged. */
export interface JudgedCall {
  readonly demand: Pick<Demand, "credential" | "api" | "address" | "transactionRef">;
  readonly requestId: string;
  readonly nowMs: number;
  readonly known: KnownCredential | undefined;
  readonly apiId: string | undefined;
}

interface Waiting {
  readonly id: string;
  readonly atMs: number;
  readonly requestId: string;
  readonly transactionRef: string | null | undefined;
  readonly credential: Demand["credential"];
  readonly clientId: string | undefined;
  readonly apiKeyId: string | undefined;
  readonly apiId: string | undefined;
  readonly api: Demand["api"];
  readonly address: string | null | undefined;
  readonly code: string;
}

/** Keeps each call for a while, so that somebody can find it. Written in batches after the answer: no call waits for it. */
export class RecentCalls {
  private waiting: Waiting[] = [];
  private dropped = 0;
  private flushing: Promise<void> = Promise.resolve();
  /** Begins when the one under way has ended: while the database is away, they do not pile up. */
  private next: Promise<void> | undefined;
  /** There is a partition for each of them. */
  private readonly days = new Set<string>();

  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly nodeId: string,
    /** What comes beyond, before the next flush, is dropped, and counted as dropped. */
    private readonly waitingMax: number,
    private readonly onDropped: (count: number) => void,
  ) {}

  note({ demand, requestId, nowMs: atMs, known, apiId }: JudgedCall, code: string): void {
    if (this.waiting.length >= this.waitingMax) {
      this.dropped++;
      return;
    }
    const { credential, api, address, transactionRef } = demand;
    const record = known?.record;
    this.waiting.push({
      id: timeOrderedId(atMs),
      atMs,
      requestId,
      transactionRef,
      credential,
      clientId: record?.client?.id,
      apiKeyId: record?.kind === "API_KEY" ? record.id : undefined,
      apiId,
      api,
      address,
      code,
    });
  }

  /** Writes what waits. Rejects when it could not; it is kept for the next time. */
  flush(): Promise<void> {
    this.next ??= this.flushing
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.writeAll();
      });
    this.flushing = this.next;
    return this.next;
  }

  private async writeAll(): Promise<void> {
    if (this.dropped > 0) this.onDropped(this.dropped);
    this.dropped = 0;
    for (let left = this.waiting.length; left > 0; left -= BATCH_MAX) {
      const batch = this.waiting.slice(0, BATCH_MAX);
      await this.write(batch);
      this.waiting = this.waiting.slice(batch.length);
    }
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      for (const day of new Set(batch.map(({ atMs }) => dayOf(atMs)))) await this.makePartition(day);
      await this.pool.query({ ...NOTE_CALLS, values: [this.nodeId, ...columnsOf(batch)] });
    } catch (error) {
      // Made anew where one was dropped.
      this.days.clear();
      if (!isUnwritable(error)) throw error;
      // Would be refused again and again.
      this.onDropped(batch.length);
    }
  }

  private async makePartition(day: string): Promise<void> {
    if (this.days.has(day)) return;
    await this.pool.query("select make_recent_calls_of($1)", [day]);
    this.days.add(day);
  }
}

/** A batch whose answer was lost is written again: what is there already stays as it is. */
const NOTE_CALLS = {
  name: "note-calls",
  text: `
    insert into recent_calls
      (node_id, id, at, request_id, transaction_ref, client_id, api_key_id, api_id, method, path, soap_action, address, code)
    select $1::uuid, * from unnest(
      $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
      $11::text[], $12::text[], $13::text[])
    on conflict do nothing`,
};

/** Arrays in PostgreSQL's own text form. */
function columnsOf(batch: readonly Waiting[]): string[] {
  const array = (column: (call: Waiting) => string | undefined): string =>
    `{${batch.map((call) => column(call) ?? "NULL").join(",")}}`;
  return [
    array(({ id }) => id),
    array(({ atMs }) => instant(atMs)),
    array(({ requestId, credential }) => quoted(requestId, credential, REFERENCE_LENGTH_MAX)),
    array(({ transactionRef, credential }) => quoted(transactionRef, credential, REFERENCE_LENGTH_MAX)),
    array(({ clientId }) => clientId),
    array(({ apiKeyId }) => apiKeyId),
    array(({ apiId }) => apiId),
    array(({ api, credential }) =>
      api && "method" in api ? quoted(api.method, credential, METHOD_LENGTH_MAX) : undefined,
    ),
    array(({ api, credential }) =>
      api && "path" in api ? quoted(pathOf(api.path), credential, PATH_LENGTH_MAX) : undefined,
    ),
    array(({ api, credential }) =>
      api && "soapAction" in api ? quoted(api.soapAction, credential, PATH_LENGTH_MAX) : undefined,
    ),
    array(({ address }) => (address == null ? undefined : quoted(address, undefined, REFERENCE_LENGTH_MAX))),
    array(({ code }) => code),
  ];
}

/** Without its query, in which a credential may stand, also one that cannot be told from other text. */
function pathOf(target: string | undefined): string | undefined {
  return target?.replace(/[?#].*$/s, "").replace(/%5f/gi, "_");
}

function quoted(
  text: string | null | undefined,
  credential: Demand["credential"],
  lengthMax: number,
): string | undefined {
  if (text == null) return undefined;
  let clean = text;
  if (typeof credential === "string" && credential.length >= CREDENTIAL_LENGTH_MIN && clean.includes(credential)) {
    clean = clean.replaceAll(credential, "…");
  }
  if (clean.includes("_")) clean = withoutSecrets(clean);
  if (UNWRITTEN.test(clean)) clean = clean.replace(EACH_UNWRITTEN, "\ufffd");
  if (clean.length > lengthMax) clean = `${clean.slice(0, lengthMax - 1)}…`.toWellFormed();
  return `"${/["\\]/.test(clean) ? clean.replace(/["\\]/g, "\\$&") : clean}"`;
}

/** Control characters, and halves of surrogate pairs, which PostgreSQL cannot store. */
const UNWRITTEN = /[\p{Cc}\p{Cs}]/u;
const EACH_UNWRITTEN = new RegExp(UNWRITTEN.source, "gu");

/** SQLSTATE class 22: the data, not the way to the database. */
function isUnwritable(error: unknown): boolean {
  return String((error as { readonly code?: unknown } | null)?.code).startsWith("22");
}

let last = { ms: Number.NaN, text: "" };

function instant(ms: number): string {
  if (ms !== last.ms) last = { ms, text: `"${new Date(ms).toISOString()}"` };
  return last.text;
}

function dayOf(ms: number): string {
  return instant(ms).slice(1, 11);
}
