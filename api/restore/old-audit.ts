import type { EntityManager } from "typeorm";
import { type ChainedEvent, type ChainPoint, hashOf } from "../audit/chained-event.js";
import { headOf, takeTurn } from "../audit/chainer.js";
import { ChainVerification } from "../audit/verify-chain.js";
import { RestoreError } from "./restore-error.js";

/** What the audit of the lost database tells that this one does not. */
export interface OldAudit {
  /** What is to be replayed: what an earlier run has done is not, and somebody may have given it back since. Oldest first. */
  readonly events: readonly ChainedEvent[];
  /** How many events this database did not have. */
  readonly fresh: number;
  /** The last event that both have. */
  readonly common: ChainPoint;
  /** The last one of the export. */
  readonly end: ChainPoint;
  /** How many events were added to this database's audit. */
  readonly added: number;
  /** Where this database's audit ended before that. */
  readonly head: ChainPoint;
}

const BATCH = 500;

/** Most of an audit; it tells of nothing that is taken away thing by thing, and would be held in memory for nothing. */
const PASSING = /^(?:session|signIn|token|tokenFamily|secret|authorization|mutation)\./;

/**
 * Reads an export that holds as a chain and has an event in common with this database, and so is of the same installation.
 * Where this one's audit has not gone on by itself since the backup, it goes on as the export does: with the same events,
 * numbers and hashes, so that checkpoints that somebody has kept still hold.
 */
export async function readOldAudit(manager: EntityManager, lines: AsyncIterable<string>): Promise<OldAudit> {
  await takeTurn(manager, true);
  const head = await headOf(manager);
  let verification: ChainVerification | undefined;
  let common: ChainPoint | undefined;
  let added = 0;
  let fresh = 0;
  let events: ChainedEvent[] = [];
  const replayed = await lastReplayed(manager);
  for await (const batch of batchesOf(lines)) {
    const known = await hashesOf(manager, batch);
    const unknown: ChainedEvent[] = [];
    for (const event of batch) {
      const previous = { number: event.number - 1, hash: event.previousHash };
      if (!verification) {
        verification = new ChainVerification({ after: previous });
        if (known.get(previous.number) === previous.hash) common = previous;
      }
      const found = verification.take(event);
      if (found)
        throw new RestoreError(`The export does not hold at event ${event.number}: ${found.message}. ${WHOLE}`);
      if (known.get(event.number) === event.hash) common = { number: event.number, hash: event.hash };
      else unknown.push(event);
    }
    if (!common) throw new RestoreError(FOREIGN);
    if (common.number === head.number) added += await add(manager, unknown);
    fresh += unknown.length;
    for (const event of unknown) {
      if (event.number === replayed?.number && event.hash === replayed.hash) events = [];
      else if (!PASSING.test(event.event)) events.push(event);
    }
  }
  if (!verification || !common) throw new RestoreError(`The export is empty. ${WHOLE}`);
  return { events, fresh, common, end: verification.head, added, head };
}

const WHOLE = "Give the export as it was written, without a filter and with nothing left out.";
const FOREIGN =
  "The export and this database have no event in common: it is another installation's, or it begins after the backup. " +
  "Give one that begins earlier.";

async function lastReplayed(manager: EntityManager): Promise<ChainPoint | undefined> {
  const [done]: { number: string; hash: string }[] = await manager.query(
    `select replayed_number as number, encode(replayed_hash, 'hex') as hash from database_home
     where replayed_number is not null`,
  );
  return done && { number: Number(done.number), hash: done.hash };
}

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<ChainedEvent[]> {
  let batch: ChainedEvent[] = [];
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === "") continue;
    batch.push(read(text, line));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function read(text: string, line: number): ChainedEvent {
  try {
    const event = JSON.parse(text) as ChainedEvent;
    if (Number.isSafeInteger(event.number) && hashOf(event) === event.hash) return event;
  } catch {
    // Said below.
  }
  throw new RestoreError(`Line ${line} of the export is no event, or was changed. ${WHOLE}`);
}

/** Of this database, by number; from the one before the first on. */
async function hashesOf(manager: EntityManager, batch: readonly ChainedEvent[]): Promise<ReadonlyMap<number, string>> {
  const rows: { number: string; hash: Buffer }[] = await manager.query(
    "select number, hash from audit_links where number >= $1 and number <= $2",
    [(batch[0]?.number ?? 0) - 1, batch.at(-1)?.number ?? 0],
  );
  return new Map(rows.map(({ number, hash }) => [Number(number), hash.toString("hex")]));
}

/** Some may be there, which had no number yet when the backup was made. */
async function add(manager: EntityManager, events: readonly ChainedEvent[]): Promise<number> {
  const rows = JSON.stringify(
    events.map((event) => ({
      ...event,
      actor_kind: event.actorKind,
      actor_id: event.actorId,
      actor_name: event.actorName,
      actor_role: event.actorRole,
      api_key_id: event.apiKeyId,
      request_id: event.requestId,
      transaction_ref: event.transactionRef,
      target_kind: event.targetKind,
      target_id: event.targetId,
    })),
  );
  await manager.query(
    `insert into audit_events (id, at, event, actor_kind, actor_id, actor_name, actor_role, api_key_id, address,
       request_id, transaction_ref, target_kind, target_id, reason, before, after)
     select id, at, event, actor_kind, actor_id, actor_name, actor_role, api_key_id, address,
       request_id, transaction_ref, target_kind, target_id, reason, before, after
     from jsonb_to_recordset($1::jsonb) as e (id uuid, at timestamptz, event text, actor_kind text, actor_id uuid,
       actor_name text, actor_role text, api_key_id uuid, address text, request_id text, transaction_ref text,
       target_kind text, target_id uuid, reason text, before jsonb, after jsonb)
     on conflict do nothing`,
    [rows],
  );
  const ids = events.map(({ id }) => id);
  await manager.query("delete from audit_pending where event_id = any($1::uuid[])", [ids]);
  await manager.query(
    `insert into audit_links (number, event_id, previous_hash, hash)
     select number, event_id, decode(previous_hash, 'hex'), decode(hash, 'hex')
     from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) as l (number, event_id, previous_hash, hash)`,
    [
      events.map(({ number }) => number),
      ids,
      events.map(({ previousHash }) => previousHash),
      events.map(({ hash }) => hash),
    ],
  );
  return events.length;
}
