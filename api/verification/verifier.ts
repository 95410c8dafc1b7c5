import type pg from "pg";
import { digestSecret } from "../secrets/digest.js";
import { importedDigests, mayBeImported } from "../secrets/imported-digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { matchesStored } from "../secrets/stored-secret.js";
import { Catalogue } from "./catalogue.js";
import { checks } from "./checks.js";
import { type CredentialRecord, findApiKey, findImportedKey } from "./credential-record.js";
import type { CalledApi, Demand, UnclearCall } from "./demand.js";
import type { DigestUpgrades } from "./digest-upgrades.js";
import { HostNames, type Lookup } from "./host-names.js";
import type { ImportedPrefixes } from "./imported-prefixes.js";
import type { LastAccess } from "./last-access.js";
import type { FoundApi } from "./listed-api.js";
import { type Allowed, type Refusal, refused, type Verdict } from "./verdict.js";

export interface VerifierOptions {
  readonly pool: pg.Pool;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly lastAccess: LastAccess;
  /** Of each secret of a key, to see which of two is still in use. */
  readonly lastAccessOfSecrets: LastAccess;
  /** Told of secrets that have matched. */
  readonly digestUpgrades: DigestUpgrades;
  readonly importedPrefixes: ImportedPrefixes;
  /** Resolves the host names that clients are bound to. */
  readonly lookup: Lookup;
  /** Told why no verdict could be reached. */
  readonly onUndecided: (error: unknown, requestId: string) => void;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** The hot path: parse, find, check, verdict. Refusals are values; an exception means "could not decide". */
export class Verifier {
  private catalogue: Promise<Catalogue> | undefined;
  private readonly hostNames: HostNames;

  constructor(private readonly options: VerifierOptions) {
    this.hostNames = new HostNames(options.lookup);
  }

  async verify(demand: Demand, requestId: string, now: Date): Promise<Verdict> {
    const verdict = await this.decide(demand, requestId, now.getTime());
    this.options.onVerdict(verdict);
    return verdict;
  }

  private async decide(demand: Demand, requestId: string, nowMs: number): Promise<Verdict> {
    try {
      return await this.judge(demand, requestId, nowMs);
    } catch (error) {
      this.options.onUndecided(error, requestId);
      return refused({ code: "UNDECIDED" }, requestId);
    }
  }

  private async judge(demand: Demand, requestId: string, nowMs: number): Promise<Verdict> {
    const record = await this.find(demand.credentials, nowMs);
    if ("code" in record) return refused(record, requestId);

    const found = demand.api && (await this.identify(demand.api, record.catalogueEpoch));
    const judged = { record, demand, found, nowMs, hostNames: this.hostNames };
    for (const check of checks) {
      const answer = check(judged);
      const refusal = answer instanceof Promise ? await answer : answer;
      if (refusal) return refused(refusal, requestId);
    }

    const api = found && "api" in found ? found.api : null;
    const access = { atMs: nowMs, address: demand.address ?? null, apiId: api && api.id };
    this.options.lastAccess.touch(record.id, access);
    this.options.lastAccessOfSecrets.touch(record.secretId, access);
    return allowed(record, api, requestId);
  }

  /** Until the secret has matched, the answer tells nothing about any credential. */
  private async find(credentials: readonly string[], nowMs: number): Promise<CredentialRecord | Refusal> {
    const { brand, keyRing, pool } = this.options;
    const [text, ...others] = credentials;
    if (text === undefined) return { code: "MISSING" };
    if (others.length > 0)
      return { code: "MALFORMED", message: "More than one credential was sent. Send exactly one." };

    const parsed = parseSecret(brand, text);
    if (!parsed) return this.findImported(text, nowMs);
    const record = parsed.kind === "key" ? await findApiKey(pool, parsed.lookupId) : undefined;
    if (!record) {
      // The same work as for a wrong secret of a known lookup id.
      digestSecret(keyRing, text);
      return { code: "NOT_FOUND" };
    }
    return this.recognise(record, text);
  }

  /** A text that is none of ours may be an imported key's, once there are some. */
  private async findImported(text: string, nowMs: number): Promise<CredentialRecord | Refusal> {
    const { brand, keyRing, pool, importedPrefixes } = this.options;
    if (!mayBeImported(brand, text)) return { code: "MALFORMED" };
    const prefixes = await importedPrefixes.get(nowMs);
    if (prefixes.length === 0) return { code: "MALFORMED" };
    const record = await findImportedKey(pool, importedDigests(keyRing, text, prefixes));
    return record ? this.recognise(record, text) : { code: "NOT_FOUND" };
  }

  private recognise(record: CredentialRecord, text: string): CredentialRecord | Refusal {
    if (!matchesStored(this.options.keyRing, record, text)) return { code: "NOT_FOUND" };
    this.options.digestUpgrades.note(record.secretId, record, text);
    return record;
  }

  private async identify(called: CalledApi | UnclearCall, epoch: number): Promise<FoundApi> {
    return "problem" in called ? called : (await this.catalogueAt(epoch)).find(called);
  }

  /** The compiled catalogue, loaded anew when the database has moved on. Calls that find it stale share one load. */
  private async catalogueAt(epoch: number): Promise<Catalogue> {
    for (;;) {
      const loading = (this.catalogue ??= Catalogue.load(this.options.pool));
      const catalogue = await loading.catch((error: unknown) => {
        if (this.catalogue === loading) this.catalogue = undefined;
        throw error;
      });
      if (catalogue.epoch >= epoch) return catalogue;
      if (this.catalogue === loading) this.catalogue = undefined;
    }
  }
}

function allowed(record: CredentialRecord, api: Allowed["api"], requestId: string): Allowed {
  const { client, user } = record;
  return {
    valid: true,
    code: "VALID",
    requestId,
    credential: {
      id: record.id,
      kind: "API_KEY",
      name: record.name,
      lookupId: record.lookupId,
      expiresAt: Number.isFinite(record.expiresAtMs) ? new Date(record.expiresAtMs).toISOString() : null,
    },
    client: client && {
      id: client.id,
      clientId: client.clientId,
      displayName: client.displayName,
      priority: client.priority,
    },
    user,
    groups: record.groupNames,
    scopes: record.scopes,
    api: api && { id: api.id, name: api.name, kind: api.kind },
    rateLimit: null,
    quota: null,
    metadata: record.metadata,
  };
}
