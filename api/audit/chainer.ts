import type { DataSource, EntityManager } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { BEGINNING, type ChainPoint, hashOf } from "./chained-event.js";
import { type Checkpoint, signCheckpoint } from "./checkpoint.js";
import { EVENT_COLUMNS, type EventRow, eventOf } from "./event-row.js";

export interface ChainerOptions {
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly now: () => Date;
  /** Whether the database can be expected to answer. */
  readonly isDatabaseUp: () => boolean;
  /** Told of every checkpoint, to be kept where whoever can write to the database cannot. */
  readonly onCheckpoint: (checkpoint: Checkpoint) => void;
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 500;
/** Hashed in one go, about 5 ms of work. */
const BATCH = 250;
const CHECKPOINT_EVENTS = 1_000;
const CHECKPOINT_MS = 60_000;

/** Any fixed number: it names the lock under which nodes take turns at the end of the chain. */
const CHAIN_LOCK = 7_150_303;

/**
 * Links committed events into the hash chain, on whichever node comes first. No change waits for it: events are queued by
 * their own transactions, so those that roll back leave none, and however late one commits it gets the next number.
 */
export class Chainer {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private nextLookAtMs = 0;

  constructor(private readonly options: ChainerOptions) {}

  start(): void {
    this.timer = setInterval(() => void this.linkInPeace(), POLL_MS);
  }

  /** Links what is left, if the database is there. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.linkInPeace();
  }

  /** Links every event that is committed by now. Fails when the database does. */
  async linkAll(): Promise<void> {
    while (await this.linkBatch(true));
  }

  private linkInPeace(): Promise<void> {
    this.running ??= this.linkWaiting()
      .catch((error: unknown) => this.options.onError(error))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  private async linkWaiting(): Promise<void> {
    if (!this.options.isDatabaseUp()) return;
    const [waiting] = await this.options.database.query("select from audit_pending limit 1");
    if (waiting) while (await this.linkBatch(false));
    else await this.checkpointIfDue();
  }

  /** False when nothing is left, or when another node is at it and need not be waited for. */
  private async linkBatch(wait: boolean): Promise<boolean> {
    const { linked, checkpoint } = await this.options.database.transaction(async (manager) => {
      if (!(await takeTurn(manager, wait))) return { linked: 0, checkpoint: undefined };
      const rows: (EventRow & { position: string })[] = await manager.query(
        `select p.position, ${EVENT_COLUMNS} from audit_pending p join audit_events e on e.id = p.event_id
         order by p.position limit $1`,
        [BATCH],
      );
      const head = await link(manager, rows);
      return { linked: rows.length, checkpoint: await this.checkpoint(manager, head) };
    });
    if (checkpoint) this.options.onCheckpoint(checkpoint);
    return linked === BATCH;
  }

  /** The last events before a quiet time get theirs, too. */
  private async checkpointIfDue(): Promise<void> {
    const { database, now } = this.options;
    if (this.nextLookAtMs > now().getTime()) return;
    this.nextLookAtMs = now().getTime() + CHECKPOINT_MS / 4;
    const checkpoint = await database.transaction(async (manager) =>
      (await takeTurn(manager, false)) ? this.checkpoint(manager, await headOf(manager)) : undefined,
    );
    if (checkpoint) this.options.onCheckpoint(checkpoint);
  }

  private async checkpoint(manager: EntityManager, head: ChainPoint): Promise<Checkpoint | undefined> {
    const { keyRing, now } = this.options;
    const at = now();
    const [last]: { number: string; at: Date }[] = await manager.query(
      "select number, at from audit_checkpoints order by number desc limit 1",
    );
    const events = head.number - Number(last?.number ?? 0);
    const due = events >= CHECKPOINT_EVENTS || at.getTime() - (last?.at.getTime() ?? 0) >= CHECKPOINT_MS;
    if (events <= 0 || !due) return undefined;
    const checkpoint = signCheckpoint(keyRing, head, at);
    await manager.query(
      `insert into audit_checkpoints (number, hash, at, key_version, signature)
       values ($1, decode($2, 'hex'), $3, $4, decode($5, 'hex'))`,
      [checkpoint.number, checkpoint.hash, at, checkpoint.keyVersion, checkpoint.signature],
    );
    return checkpoint;
  }
}

/** Until the transaction ends. */
export async function takeTurn(manager: EntityManager, wait: boolean): Promise<boolean> {
  if (wait) {
    await manager.query("select pg_advisory_xact_lock($1)", [CHAIN_LOCK]);
    return true;
  }
  const [{ mine }] = await manager.query("select pg_try_advisory_xact_lock($1) as mine", [CHAIN_LOCK]);
  return mine;
}

export async function headOf(manager: Pick<EntityManager, "query">): Promise<ChainPoint> {
  const [head]: { number: string; hash: Buffer }[] = await manager.query(
    "select number, hash from audit_links order by number desc limit 1",
  );
  return head ? { number: Number(head.number), hash: head.hash.toString("hex") } : BEGINNING;
}

/** Returns the new end of the chain. */
async function link(manager: EntityManager, rows: readonly (EventRow & { position: string })[]): Promise<ChainPoint> {
  let head = await headOf(manager);
  if (rows.length === 0) return head;
  const links = rows.map((row) => {
    const previousHash = head.hash;
    const hash = hashOf(eventOf(row, head.number + 1, previousHash));
    head = { number: head.number + 1, hash };
    return { ...head, eventId: row.id, previousHash };
  });
  await manager.query(
    `insert into audit_links (number, event_id, previous_hash, hash)
     select number, event_id, decode(previous_hash, 'hex'), decode(hash, 'hex')
     from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) as l (number, event_id, previous_hash, hash)`,
    [
      links.map(({ number }) => number),
      links.map(({ eventId }) => eventId),
      links.map(({ previousHash }) => previousHash),
      links.map(({ hash }) => hash),
    ],
  );
  await manager.query("delete from audit_pending where position = any ($1::bigint[])", [
    rows.map(({ position }) => position),
  ]);
  return head;
}
