import type pg from "pg";
import type { KnownCredential } from "./known-credential.js";
import type { LastAccess } from "./last-access.js";
import { NO_ID } from "./metering/order.js";

const MINUTE_MS = 60_000;
/** While the database is away, counts of the past are kept up to here. */
const TALLIES_MAX = 100_000;

/** When a credential was last used, from where, for what. */
export interface Use {
  atMs: number;
  address: string | null;
  apiId: string | null;
}

/** Calls of one key, or of one client's tokens, to one API, with one outcome, in one minute. */
export interface Tally {
  readonly minuteMs: number;
  readonly clientId: string;
  readonly apiKeyId: string;
  readonly apiId: string;
  readonly code: string;
  calls: number;
  /** Not being written yet. */
  open: boolean;
}

export interface UseBufferOptions {
  readonly pool: Pick<pg.Pool, "query">;
  readonly keys: LastAccess;
  /** Of each secret of a key, to see which of two is still in use. */
  readonly secrets: LastAccess;
  readonly tokens: LastAccess;
}

/**
 * Collects uses in memory and writes them in batches, so that no call waits for it. What metering has noted already is not
 * counted here again.
 */
export class UseBuffer {
  private tallies = new Map<string, Tally>();
  private used: KnownCredential[] = [];
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly options: UseBufferOptions) {}

  /** Of an allowed call. */
  noteUse(known: KnownCredential, atMs: number, address: string | null, apiId: string | null): void {
    const { lastUse } = known;
    if (lastUse) {
      lastUse.atMs = atMs;
      lastUse.address = address;
      lastUse.apiId = apiId;
      return;
    }
    known.lastUse = { atMs, address, apiId };
    this.used.push(known);
  }

  /** `known` undefined: the credential was not recognised. */
  count(known: KnownCredential | undefined, apiId: string | null, code: string, nowMs: number): void {
    const minuteMs = nowMs - (nowMs % MINUTE_MS);
    const api = apiId ?? NO_ID;
    const last = known?.tally;
    if (last?.open && last.minuteMs === minuteMs && last.apiId === api && last.code === code) last.calls++;
    else this.add(known, { minuteMs, api, code });
  }

  /** Writes the counts. Rejects when it could not; they are kept for the next time. */
  flushCounts(): Promise<void> {
    this.flushing = this.flushing.catch(() => undefined).then(() => this.writeTallies());
    return this.flushing;
  }

  /** Writes when credentials were last used. Rejects when it could not; it is kept for the next time. */
  async flush(): Promise<void> {
    const { keys, secrets, tokens } = this.options;
    for (const known of this.used) {
      const { record, lastUse } = known;
      if (!lastUse) continue;
      known.lastUse = undefined;
      if (record.kind === "ACCESS_TOKEN") tokens.touch(record.id, lastUse);
      else {
        keys.touch(record.id, lastUse);
        secrets.touch(record.secretId, lastUse);
      }
    }
    this.used = [];
    await keys.flush();
    await secrets.flush();
    await tokens.flush();
  }

  private add(known: KnownCredential | undefined, of: { minuteMs: number; api: string; code: string }): void {
    const { minuteMs, api: apiId, code } = of;
    // Tokens come and go: their calls are counted to the client.
    const apiKeyId = known?.record.kind === "API_KEY" ? known.record.id : NO_ID;
    const clientId = known?.record.client?.id ?? NO_ID;
    const tally = this.merge({ minuteMs, clientId, apiKeyId, apiId, code, calls: 1, open: true });
    if (known) known.tally = tally;
  }

  private merge(tally: Tally): Tally {
    const key = `${tally.apiKeyId} ${tally.clientId} ${tally.apiId} ${tally.code} ${tally.minuteMs}`;
    const known = this.tallies.get(key);
    if (!known) {
      if (this.tallies.size < TALLIES_MAX) this.tallies.set(key, tally);
      else tally.open = false;
      return tally;
    }
    known.calls += tally.calls;
    return known;
  }

  private async writeTallies(): Promise<void> {
    const batch = [...this.tallies.values()];
    if (batch.length === 0) return;
    this.tallies = new Map();
    for (const tally of batch) tally.open = false;
    try {
      await this.options.pool.query({ ...NOTE_USAGE, values: columnsOf(batch) });
    } catch (error) {
      for (const tally of batch) this.merge({ ...tally, open: true });
      throw error;
    }
  }
}

const NOTE_USAGE = { name: "note-usage", text: "select note_usage($1,$2,$3,$4,$5,$6)" };

/** Arrays in PostgreSQL's own text form: ids, codes and numbers need no quotes. */
function columnsOf(batch: readonly Tally[]): string[] {
  return [
    array(batch, ({ minuteMs }) => `"${new Date(minuteMs).toISOString()}"`),
    array(batch, ({ clientId }) => clientId),
    array(batch, ({ apiKeyId }) => apiKeyId),
    array(batch, ({ apiId }) => apiId),
    array(batch, ({ code }) => code),
    array(batch, ({ calls }) => calls),
  ];
}

function array(batch: readonly Tally[], column: (tally: Tally) => string | number): string {
  return `{${batch.map(column).join(",")}}`;
}
