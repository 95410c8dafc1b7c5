import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { Logger } from "pino";
import type { Config } from "./config/config.js";
import { createVerification, type Verification } from "./create-verification.js";
import { Availability } from "./database/availability.js";
import { checkHome, RestoredError } from "./database/home.js";
import type { OpenDatabase } from "./database/open-database.js";
import { createPool, linesOf, managementPool } from "./database/pool.js";
import { createMetrics, type Metrics } from "./http/metrics.js";
import { throttledLog } from "./http/throttled-log.js";
import { Acknowledgement } from "./nodes/acknowledgement.js";
import type { Change } from "./nodes/changes.js";
import type { Lease } from "./nodes/lease.js";
import { Membership } from "./nodes/membership.js";
import type { KeyRing } from "./secrets/key-ring.js";
import { LastAccess } from "./verification/last-access.js";
import { rollUpUsage } from "./verification/roll-up-usage.js";

/** Counts that are not written yet are lost with a process that is killed. */
const COUNTS_FLUSH_MS = 500;
const CALLS_FLUSH_MS = 500;
/** What is noted is safe already: it costs less to add it up seldom. */
const ROLL_UP_MS = 1_000;
const USES_FLUSH_MS = 2_000;

export interface NodeParts {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly keyRing: KeyRing;
  readonly logger: Logger;
  /** This machine's clock. */
  readonly now: () => Date;
  /** Told of every change of what verdicts depend on. */
  readonly onChanges: (changes: readonly Change[]) => void;
  /** Takes what has to be closed again, in the order in which it was opened. */
  readonly closing: (() => unknown)[];
}

/** This process as one among others: what it may do without the database, what it remembers, and what time it is. */
export interface RunningNode {
  /** By the database's clock. */
  readonly now: () => Date;
  readonly lease: Lease;
  readonly availability: Availability;
  readonly acknowledgement: Acknowledgement;
  readonly verification: Verification;
  readonly sessionUse: LastAccess;
  readonly metrics: Metrics;
}

/** Joins the nodes of the database, and keeps up with them until it is closed. */
export async function startNode(parts: NodeParts): Promise<RunningNode> {
  const { config, database, keyRing, logger, closing } = parts;
  const { url } = database;
  const throttled = throttledLog(logger);
  const pool = createPool(url, (error) => throttled("an idle connection broke", error));
  closing.push(() => pool.end());
  const lines = [linesOf(pool), linesOf(managementPool(database.dataSource))];

  const nodeId = randomUUID();
  const membership: Membership = new Membership({
    url,
    nodeId,
    checkLine: async (client) => {
      const warning = await checkHome(async (statement, values) => (await client.query(statement, values)).rows);
      if (warning) logger.warn(warning);
    },
    onChanges: (changes) => {
      verification.forget(changes);
      parts.onChanges(changes);
    },
    onLost: () => {
      logger.error("the database does not answer: no verdicts until it does");
      for (const each of lines) each.breakAll();
    },
    onRegained: () => logger.info("the database answers again"),
    onError: (error) =>
      throttled(error instanceof RestoredError ? "no verdicts" : "a line to the database broke", error),
    onBeat: (tookMs) => availability.noteAnswer(tookMs),
  });
  const { lease, clock } = membership;
  const availability = new Availability(lease);
  const metrics: Metrics = createMetrics({
    leaseLeftMs: () => lease.leftMs,
    cachedCredentials: () => verification.cache.size,
  });
  const verification = createVerification({
    pool,
    url,
    nodeId,
    lease,
    keyRing,
    brand: config.secretBrand,
    recordsMax: config.verdictCacheRecords,
    lookup: (hostName) => lookup(hostName, { all: true }),
    callsWaitingMax: config.recentCallsDays > 0 ? Math.ceil((config.recentCallsPerSecond * CALLS_FLUSH_MS) / 1_000) : 0,
    onCallsDropped: (count) => metrics.noteDroppedCalls(count),
    onBatch: (size) => metrics.noteBatch(size),
    onUndecided: (error) => throttled("undecided", error),
    onDecision: ({ code }) => metrics.countVerdict(code),
  });
  await membership.start();
  closing.push(() => membership.stop());
  closing.push(() => verification.close());

  const sessionUse = new LastAccess(pool, "sessions");
  const flush = async (): Promise<void> => {
    for (const buffer of [verification.uses, verification.gatewayKeys, sessionUse, verification.digestUpgrades]) {
      await buffer.flush().catch((error: unknown) => throttled("uses unwritten", error));
    }
  };
  const flushCounts = (): Promise<void> =>
    verification.uses.flushCounts().catch((error: unknown) => throttled("calls uncounted", error));
  const rollUp = (): Promise<void> =>
    rollUpUsage(pool).catch((error: unknown) => throttled("calls not added up", error));
  const flushCalls = (): Promise<void> | undefined =>
    verification.calls?.flush().catch((error: unknown) => throttled("calls unwritten", error));
  const flushing = setInterval(() => void flush(), USES_FLUSH_MS);
  const counting = setInterval(() => void flushCounts(), COUNTS_FLUSH_MS);
  const adding = setInterval(() => void rollUp(), ROLL_UP_MS);
  const noting = setInterval(() => void flushCalls(), CALLS_FLUSH_MS);
  closing.push(
    () => flush(),
    () => rollUp(),
    () => flushCounts(),
    () => flushCalls(),
    () => clearInterval(flushing),
    () => clearInterval(counting),
    () => clearInterval(adding),
    () => clearInterval(noting),
  );
  const acknowledgement = new Acknowledgement(
    pool,
    (tookMs) => metrics.noteAcknowledgement(tookMs),
    (error) => throttled("acknowledgements unread", error),
  );
  const now = (): Date => new Date(parts.now().getTime() + clock.offsetMs);
  return { now, lease, availability, acknowledgement, verification, sessionUse, metrics };
}
