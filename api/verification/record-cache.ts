import { LRUCache } from "lru-cache";
import type { Change } from "../nodes/changes.js";
import type { CredentialRecord } from "./credential-record.js";
import { KnownCredential } from "./known-credential.js";
import { TokenBucket } from "./token-bucket.js";

const ABSENT_MAX = 50_000;
/** A key that was created a moment ago must not stay unknown. Ids that nobody was given are not asked for. */
const ABSENT_MS = 10_000;
const BUCKETS_MAX = 100_000;
/** More than can be on their way at once. */
const DEPARTED_MAX = 5_000;

/** Credentials by their place in memory (imported ones by fingerprint), and places that nobody has. Bounded, the least used go first. */
export class RecordCache {
  private readonly known: LRUCache<string, KnownCredential>;
  private readonly absent = new LRUCache<string, true>({ max: ABSENT_MAX, ttl: ABSENT_MS });
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: BUCKETS_MAX });
  /** Made room for others, and perhaps still being judged: they are told of changes too. */
  private readonly departed: KnownCredential[] = [];
  private oldestDeparted = 0;
  /** By the ids of keys, tokens, families of tokens, clients and users. */
  private readonly byId = new Map<string, Set<string>>();

  constructor(recordsMax: number) {
    this.known = new LRUCache({
      max: recordsMax,
      dispose: (credential, key, reason) => {
        for (const id of idsOf(credential.record)) this.unlink(id, key);
        if (reason === "evict") this.depart(credential);
        else credential.current = false;
      },
    });
  }

  get size(): number {
    return this.known.size;
  }

  get(key: string): KnownCredential | undefined {
    return this.known.get(key);
  }

  put(key: string, record: CredentialRecord): KnownCredential {
    const { client } = record;
    const credential = new KnownCredential(record, client ? this.bucketOf(client.id) : undefined);
    this.known.set(key, credential);
    for (const id of idsOf(record)) {
      const keys = this.byId.get(id);
      if (keys) keys.add(key);
      else this.byId.set(id, new Set([key]));
    }
    this.absent.delete(key);
    return credential;
  }

  isAbsent(key: string): boolean {
    return this.absent.has(key);
  }

  putAbsent(key: string): void {
    this.known.delete(key);
    this.absent.set(key, true);
  }

  forget(change: Change): void {
    const { kind, ids } = change;
    for (const credential of this.departed) if (isAbout(credential.record, change)) credential.current = false;
    switch (kind) {
      case "ALL":
        this.known.clear();
        this.absent.clear();
        return;
      case "IMPORT":
        this.absent.clear();
        return;
      case "GROUP":
        for (const [key, { record }] of this.known.entries())
          if (ids.some((id) => record.groupIds.has(id))) this.known.delete(key);
        return;
      case "API_KEY":
      case "TOKEN":
      case "CLIENT":
      case "USER":
        for (const id of ids) for (const key of this.byId.get(id) ?? []) this.known.delete(key);
        return;
      case "COLLECTION":
      case "GATEWAY_KEY":
    }
  }

  /** Of the client on this node, whichever of its keys is used. */
  bucketOf(clientId: string): TokenBucket {
    let bucket = this.buckets.get(clientId);
    if (!bucket) {
      bucket = new TokenBucket();
      this.buckets.set(clientId, bucket);
    }
    return bucket;
  }

  private depart(credential: KnownCredential): void {
    const oldest = this.departed[this.oldestDeparted];
    if (oldest) oldest.current = false;
    this.departed[this.oldestDeparted] = credential;
    this.oldestDeparted = (this.oldestDeparted + 1) % DEPARTED_MAX;
  }

  private unlink(id: string, key: string): void {
    const keys = this.byId.get(id);
    keys?.delete(key);
    if (keys?.size === 0) this.byId.delete(id);
  }
}

/** Where a credential is kept. A token's lookup id says nothing about keys: who forges one must not make a key unknown. */
export function placeOf(kind: CredentialRecord["kind"], lookupId: string): string {
  return kind === "API_KEY" ? lookupId : `at_${lookupId}`;
}

/** Whether a change may be about this record. */
export function isAbout(record: CredentialRecord, { kind, ids }: Change): boolean {
  if (kind === "ALL") return true;
  if (kind === "GROUP") return ids.some((id) => record.groupIds.has(id));
  if (kind !== "API_KEY" && kind !== "TOKEN" && kind !== "CLIENT" && kind !== "USER") return false;
  return idsOf(record).some((id) => ids.includes(id));
}

function idsOf({ id, familyId, client, user }: CredentialRecord): string[] {
  return [id, ...(familyId === null ? [] : [familyId]), ...(client ? [client.id] : []), ...(user ? [user.id] : [])];
}
