import type pg from "pg";
import type { CredentialRecord } from "./credential-record.js";
import { findAccessTokens, findApiKeys } from "./find-credentials.js";
import type { KnownCredential } from "./known-credential.js";
import { isAbout, placeOf, type RecordCache } from "./record-cache.js";
import type { WatchedLoads } from "./watched-loads.js";

const STATEMENTS_AT_ONCE = 4;
const IDS_IN_STATEMENT = 100;

interface Waiting {
  readonly promise: Promise<KnownCredential | undefined>;
  readonly resolve: (known: KnownCredential | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const FIND = { API_KEY: findApiKeys, ACCESS_TOKEN: findAccessTokens } as const;

/** Brings credentials of one kind into memory: one load at a time of each id, and many ids in one statement when many are wanted. */
export class CredentialLoader {
  private readonly waiting = new Map<string, Waiting>();
  /** Not yet asked for. */
  private wanted: string[] = [];
  private statements = 0;

  constructor(
    private readonly kind: CredentialRecord["kind"],
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly cache: RecordCache,
    private readonly loads: WatchedLoads,
  ) {}

  /** Undefined: nobody has this lookup id. */
  load(lookupId: string): Promise<KnownCredential | undefined> {
    const known = this.waiting.get(lookupId);
    if (known) return known.promise;
    const waiting = waitingOne();
    this.waiting.set(lookupId, waiting);
    this.wanted.push(lookupId);
    this.next();
    return waiting.promise;
  }

  private next(): void {
    if (this.statements >= STATEMENTS_AT_ONCE || this.wanted.length === 0) return;
    const ids = this.wanted.slice(0, IDS_IN_STATEMENT);
    this.wanted = this.wanted.slice(IDS_IN_STATEMENT);
    this.statements++;
    void this.ask(ids).finally(() => {
      this.statements--;
      this.next();
    });
  }

  private async ask(ids: readonly string[]): Promise<void> {
    try {
      await this.loads.load(
        () => FIND[this.kind](this.pool, ids),
        (records, change) => records.some((record) => isAbout(record, change)),
        (records) => this.keep(ids, records),
      );
    } catch (error) {
      for (const id of ids) this.settle(id)?.reject(error);
    }
  }

  private keep(ids: readonly string[], records: readonly CredentialRecord[]): void {
    const byId = new Map(records.map((record) => [record.lookupId, record]));
    for (const id of ids) {
      const record = byId.get(id);
      const place = placeOf(this.kind, id);
      if (!record) this.cache.putAbsent(place);
      this.settle(id)?.resolve(record && this.cache.put(place, record));
    }
  }

  private settle(id: string): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}

function waitingOne(): Waiting {
  let settle: Omit<Waiting, "promise"> | undefined;
  const promise = new Promise<KnownCredential | undefined>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as unknown as Omit<Waiting, "promise">) };
}
