import type pg from "pg";
import type { Change } from "./nodes/changes.js";
import type { Lease } from "./nodes/lease.js";
import type { KeyRing } from "./secrets/key-ring.js";
import { Catalogue } from "./verification/catalogue.js";
import { DigestUpgrades } from "./verification/digest-upgrades.js";
import { Explainer } from "./verification/explainer.js";
import { GatewayKeys } from "./verification/gateway-keys.js";
import { HostNames, type Lookup } from "./verification/host-names.js";
import { ImportedPrefixes } from "./verification/imported-prefixes.js";
import { KnownClients } from "./verification/known-clients.js";
import { LastAccess } from "./verification/last-access.js";
import { GroupCommit } from "./verification/metering/group-commit.js";
import { Meter } from "./verification/metering/meter.js";
import { MeterLine } from "./verification/metering/meter-line.js";
import { Pressure } from "./verification/pressure.js";
import { RecentCalls } from "./verification/recent-calls.js";
import { Recogniser } from "./verification/recogniser.js";
import { RecordCache } from "./verification/record-cache.js";
import { TokenInspector } from "./verification/token-inspector.js";
import { UseBuffer } from "./verification/use-buffer.js";
import type { Decision } from "./verification/verdict.js";
import { Verifier } from "./verification/verifier.js";
import { WatchedLoads } from "./verification/watched-loads.js";

export interface VerificationParts {
  readonly pool: pg.Pool;
  readonly url: string;
  readonly nodeId: string;
  readonly lease: Lease;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly recordsMax: number;
  /** Resolves the host names that clients are bound to. */
  readonly lookup: Lookup;
  /** How many calls may wait to be kept, from one flush to the next; 0: none is kept. */
  readonly callsWaitingMax: number;
  readonly onCallsDropped: (count: number) => void;
  readonly onBatch: (size: number) => void;
  readonly onUndecided: (error: unknown, requestId: string) => void;
  readonly onDecision: (decision: Decision) => void;
}

export interface Verification {
  readonly verifier: Verifier;
  readonly explainer: Explainer;
  readonly cache: RecordCache;
  readonly uses: UseBuffer;
  readonly calls: RecentCalls | undefined;
  readonly digestUpgrades: DigestUpgrades;
  readonly gatewayKeys: GatewayKeys;
  /** Of OAuth. */
  readonly clients: KnownClients;
  readonly tokens: TokenInspector;
  readonly pool: pg.Pool;
  /** To be told of changes before they are confirmed. */
  forget(changes: readonly Change[]): void;
  /** What is being metered is decided first. */
  close(): Promise<void>;
}

/** Puts the hot path together. */
export function createVerification(parts: VerificationParts): Verification {
  const { pool, lease, keyRing, brand } = parts;
  const loads = new WatchedLoads();
  const cache = new RecordCache(parts.recordsMax);
  const importedPrefixes = new ImportedPrefixes(pool, loads);
  const digestUpgrades = new DigestUpgrades(pool, keyRing);
  const recogniser = new Recogniser({ pool, keyRing, brand, cache, loads, importedPrefixes, digestUpgrades });
  const catalogue = new Catalogue(pool, loads);
  const hostNames = new HostNames(parts.lookup);
  const commits = new GroupCommit(new MeterLine(parts.url, parts.nodeId), parts.onBatch);
  const meter = new Meter(commits);
  const uses = new UseBuffer({
    pool,
    keys: new LastAccess(pool, "api_keys"),
    secrets: new LastAccess(pool, "api_key_secrets"),
    tokens: new LastAccess(pool, "tokens"),
  });
  // Look-ups do not count: whoever sends forged secrets could have callers turned away by them.
  const pressure = new Pressure(() => commits.waiting);
  pressure.start();
  const gatewayKeys = new GatewayKeys({ pool, keyRing, brand, loads });
  const clients = new KnownClients(pool, loads);
  const { callsWaitingMax, onCallsDropped } = parts;
  const calls = callsWaitingMax > 0 ? new RecentCalls(pool, parts.nodeId, callsWaitingMax, onCallsDropped) : undefined;
  const { onUndecided, onDecision } = parts;
  const known = { lease, recogniser, catalogue, hostNames, meter };
  return {
    verifier: new Verifier({ ...known, pressure, uses, calls, onUndecided, onDecision }),
    explainer: new Explainer({ ...known, pool, cache, onUndecided: (error) => onUndecided(error, "") }),
    cache,
    uses,
    calls,
    digestUpgrades,
    gatewayKeys,
    clients,
    tokens: new TokenInspector({ pool, lease, keyRing, brand, recogniser, clients }),
    pool,
    forget: (changes) => {
      loads.noteChanges(changes);
      for (const change of changes)
        for (const memory of [cache, catalogue, importedPrefixes, gatewayKeys, clients]) memory.forget(change);
    },
    close: async () => {
      pressure.stop();
      await meter.close();
    },
  };
}
