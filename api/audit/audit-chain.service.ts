import pLimit from "p-limit";
import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { type AuditChain, type AuditChainArgs, CHAIN_EVENTS_DEFAULT } from "./audit-chain.types.js";
import { BEGINNING, type ChainedEvent, type ChainPoint } from "./chained-event.js";
import { headOf } from "./chainer.js";
import { type Checkpoint, isGenuine } from "./checkpoint.js";
import { EVENT_COLUMNS, type EventRow, eventOf } from "./event-row.js";
import { type ChainBreak, ChainProblem, ChainVerification, cutOff, type Link } from "./verify-chain.js";

/** Hashed in one go, about 5 ms of work in which nothing else is answered. */
const PAGE = 250;

type LinkRow = { number: string; event_id: string; previous_hash: Buffer; hash: Buffer } & (
  | EventRow
  | { [Column in keyof EventRow]: null }
);

interface CheckpointRow {
  readonly number: string;
  readonly hash: Buffer;
  readonly at: Date;
  readonly key_version: number;
  readonly signature: Buffer;
}

export class AuditChainService {
  /** One at a time: it is work for the processor. */
  private readonly turn = pLimit(1);

  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
  ) {}

  verify(args: AuditChainArgs): Promise<AuditChain> {
    return this.turn(() => this.verifyPages(args));
  }

  private async verifyPages({ after, known, events }: AuditChainArgs): Promise<AuditChain> {
    const start = after ? inLowerCase(after) : BEGINNING;
    const points = (known ?? []).map(inLowerCase);
    const verification = new ChainVerification({
      after: start,
      known: points.filter((at) => at.number > start.number),
    });
    // Before anything is read: with none, the answer is about every event that was committed by now.
    const waiting = await this.countWaiting();
    let verified = 0;
    let complete = false;
    let found = await this.compareBefore(points, start);
    for (const max = events ?? CHAIN_EVENTS_DEFAULT; !found && !complete && verified < max; ) {
      const size = Math.min(PAGE, max - verified);
      found = await this.expectCheckpoints(verification, verification.head.number + size);
      const links = await this.links(verification.head.number, size);
      for (const link of links) {
        found ??= verification.take(link);
        if (found) break;
        verified++;
      }
      complete = !found && links.length < size;
    }
    const [checkpoint] = await this.checkpoints("order by number desc limit 1");
    if (complete) found = verification.end() ?? (await this.findCutOff(checkpoint)) ?? (await this.findLost(start));
    return {
      valid: !found,
      firstBreak: found ?? null,
      verified,
      verifiedTo: verification.head,
      complete,
      checkpoint: checkpoint ?? null,
      waiting,
    };
  }

  private async links(after: number, size: number): Promise<Link[]> {
    const rows: LinkRow[] = await this.database.query(
      `select l.number, l.event_id, l.previous_hash, l.hash, ${EVENT_COLUMNS}
       from audit_links l left join audit_events e on e.id = l.event_id
       where l.number > $1 order by l.number limit $2`,
      [after, size],
    );
    return rows.map(linkOf);
  }

  /** The stored checkpoints up to a number become expectations, if they are genuine. */
  private async expectCheckpoints(verification: ChainVerification, last: number): Promise<ChainBreak | undefined> {
    const after = verification.head.number;
    const stored = await this.checkpoints("where number > $1 and number <= $2 order by number", [after, last]);
    for (const checkpoint of stored) {
      // Of a version that has left the ring: a later checkpoint answers for it.
      const genuine = isGenuine(this.keyRing, checkpoint) ?? (await this.hasLater(checkpoint));
      if (!genuine) return forged(checkpoint);
      verification.expect(checkpoint);
    }
    return undefined;
  }

  private async hasLater({ number }: Checkpoint): Promise<boolean> {
    const [newest] = await this.checkpoints("where number > $1 order by number desc limit 1", [number]);
    return newest !== undefined && isGenuine(this.keyRing, newest) === true;
  }

  /** Kept points before the start are not verified anew, but must be what the chain says there. */
  private async compareBefore(points: readonly ChainPoint[], start: ChainPoint): Promise<ChainBreak | undefined> {
    for (const { number, hash } of points.filter((at) => at.number > 0 && at.number <= start.number)) {
      const [link] = await this.database.query("select hash, event_id from audit_links where number = $1", [number]);
      if (link?.hash.toString("hex") === hash) continue;
      const message = link ? "is not what the checkpoint says: the chain was written anew" : "is missing";
      const problem = link ? ChainProblem.CHECKPOINT_DIFFERS : ChainProblem.LINK_MISSING;
      return { problem, number, eventId: link?.event_id ?? null, message };
    }
    return undefined;
  }

  /** The end is looked for after the checkpoint was read: both go on while this one reads. */
  private async findCutOff(newest: Checkpoint | undefined): Promise<ChainBreak | undefined> {
    const end = await headOf(this.database);
    return newest && newest.number > end.number ? cutOff(end.number, newest.number) : undefined;
  }

  /** What is neither linked nor waits for it, and what waits but is gone: the queue was tampered with. */
  private async findLost(start: ChainPoint): Promise<ChainBreak | undefined> {
    const [lost] = await this.database.query(
      `select e.id from audit_events e
       where e.id >= coalesce((select event_id from audit_links where number = $1), '${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}')
       and not exists (select 1 from audit_links l where l.event_id = e.id)
       and not exists (select 1 from audit_pending p where p.event_id = e.id) limit 1`,
      [start.number],
    );
    if (lost) {
      const message = "is in no place of the chain, and does not wait for one";
      return { problem: ChainProblem.LINK_MISSING, number: null, eventId: lost.id, message };
    }
    const [gone] = await this.database.query(
      `select p.event_id from audit_pending p
       where not exists (select 1 from audit_events e where e.id = p.event_id) limit 1`,
    );
    if (!gone) return undefined;
    const message = "waits for its place in the chain, but is not there";
    return { problem: ChainProblem.EVENT_MISSING, number: null, eventId: gone.event_id, message };
  }

  private async countWaiting(): Promise<number> {
    const [{ waiting }] = await this.database.query("select count(*)::integer as waiting from audit_pending");
    return waiting;
  }

  private async checkpoints(clauses: string, parameters: readonly unknown[] = []): Promise<Checkpoint[]> {
    const rows: CheckpointRow[] = await this.database.query(
      `select number, hash, at, key_version, signature from audit_checkpoints ${clauses}`,
      [...parameters],
    );
    return rows.map(({ number, hash, at, key_version: keyVersion, signature }) => ({
      number: Number(number),
      hash: hash.toString("hex"),
      at,
      keyVersion,
      signature: signature.toString("hex"),
    }));
  }
}

function inLowerCase({ number, hash }: ChainPoint): ChainPoint {
  return { number, hash: hash.toLowerCase() };
}

function linkOf(row: LinkRow): Link {
  const number = Number(row.number);
  const hash = row.hash.toString("hex");
  if (row.id === null) return { number, hash, missing: row.event_id };
  const event: ChainedEvent = { ...eventOf(row, number, row.previous_hash.toString("hex")), hash };
  return event;
}

function forged({ number, keyVersion }: Checkpoint): ChainBreak {
  const message = `the checkpoint was not signed with version ${keyVersion} of this key ring`;
  return { problem: ChainProblem.CHECKPOINT_FORGED, number, eventId: null, message };
}
