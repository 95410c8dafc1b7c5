import pg from "pg";
import { type Beat, beat, enter, leave } from "./beat.js";
import { ANYTHING, type Change } from "./changes.js";
import { DatabaseClock } from "./database-clock.js";
import { discardClient } from "./discard-client.js";
import { Lease } from "./lease.js";
import { WakeableTimer } from "./wakeable-timer.js";

/** Between beats when nothing happens; a change wakes the node at once. */
const BEAT_MS = 250;
/** No answer for so long: the line is given up, and another tried. */
const ANSWER_MS_MAX = 700;
const RETRY_MS = 100;
/** A timer that is so late was kept by this process itself, not by the database. */
const KEPT_MS = 100;
/** For the beat that was kept too. */
const CATCH_UP_MS = 300;

export interface MembershipOptions {
  readonly url: string;
  readonly nodeId: string;
  /** Asked of each new line, which may lead to another database than the one before. What it throws keeps the node from its lease. */
  readonly checkLine: (client: pg.Client) => Promise<void>;
  /** Told what to forget, before the node confirms that it has. */
  readonly onChanges: (changes: readonly Change[]) => void;
  /** Told once when the lease has run out because the database does not answer: no line to it is to be trusted. */
  readonly onLost: () => void;
  readonly onRegained: () => void;
  readonly onError: (error: unknown) => void;
  /** How long an answer took. */
  readonly onBeat: (roundTripMs: number) => void;
}

/** This node among the others: it keeps its lease, follows the changes, and confirms what it has forgotten. */
export class Membership {
  readonly lease = new Lease();
  readonly clock = new DatabaseClock();
  private readonly timer = new WakeableTimer();
  private client: pg.Client | undefined;
  private confirmed: string | undefined;
  private stopping = false;
  private lost = false;
  private running: Promise<void> | undefined;
  private watch: NodeJS.Timeout | undefined;

  constructor(private readonly options: MembershipOptions) {}

  /** Rejects when the database cannot be reached at all. From then on, trouble is mended in the background. */
  async start(): Promise<void> {
    this.receive(await this.ask());
    this.running = this.run();
  }

  /** Other nodes wait for this one no longer. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.watch);
    this.lease.end();
    this.timer.wake();
    await this.running;
    if (this.client) await leave(this.client, this.options.nodeId).catch(this.options.onError);
    this.disconnect();
  }

  private async run(): Promise<void> {
    let waitMs = 0;
    while (!this.stopping) {
      await this.timer.wait(waitMs);
      if (this.stopping) return;
      const startedAtMs = performance.now();
      try {
        const pauseMs = this.receive(await this.ask());
        // A slow answer has used up some of the lease already.
        waitMs = Math.max(0, pauseMs - (performance.now() - startedAtMs));
      } catch (error) {
        this.disconnect();
        if (!this.stopping) this.options.onError(error);
        waitMs = RETRY_MS;
      }
    }
  }

  private async ask(): Promise<Beat> {
    const client = (this.client ??= await this.connect());
    const { nodeId, onBeat } = this.options;
    const sentAtMs = performance.now();
    const sentAtWallMs = Date.now();
    const answer = await (this.confirmed === undefined ? enter(client, nodeId) : beat(client, nodeId, this.confirmed));
    this.clock.learn(answer.databaseMs, sentAtWallMs, Date.now());
    onBeat(performance.now() - sentAtMs);
    // What was told is forgotten before the lease lets anybody be admitted again.
    if (this.confirmed === undefined || answer.forgotten) this.options.onChanges(ANYTHING);
    else if (answer.changes.length > 0) this.options.onChanges(answer.changes);
    if (answer.forgotten) this.lease.end();
    else this.renew(sentAtMs, sentAtWallMs);
    return answer;
  }

  private renew(sentAtMs: number, sentAtWallMs: number): void {
    this.lease.renew(sentAtMs, sentAtWallMs);
    if (this.lost && this.lease.holds()) {
      this.lost = false;
      this.options.onRegained();
    }
    this.watchLease();
  }

  private watchLease(): void {
    clearTimeout(this.watch);
    this.watchIn(Math.max(0, this.lease.leftMs) + 1);
  }

  private watchIn(ms: number): void {
    const dueAtMs = performance.now() + ms;
    this.watch = setTimeout(() => this.noticeLoss(performance.now() - dueAtMs), ms);
  }

  /** How long to wait for the next beat: what has just been forgotten is confirmed at once. */
  private receive({ forgotten, snapshot, changes }: Beat): number {
    this.confirmed = forgotten ? undefined : snapshot;
    return forgotten || changes.length > 0 ? 0 : BEAT_MS;
  }

  private noticeLoss(lateMs: number): void {
    // A timer may be early.
    if (this.lease.holds()) return this.watchLease();
    if (this.lost || this.stopping) return;
    // Nobody is admitted meanwhile, but lines that are well need not be broken for work that took long.
    if (lateMs > KEPT_MS) return this.watchIn(CATCH_UP_MS);
    this.lost = true;
    this.options.onLost();
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: "latchkey-node",
      connectionTimeoutMillis: ANSWER_MS_MAX,
      query_timeout: ANSWER_MS_MAX,
      statement_timeout: ANSWER_MS_MAX,
      // A disk that is slow for a moment ends no lease. What a crash makes of the latest beats, the acknowledgement knows.
      options: "-c synchronous_commit=off",
      keepAlive: true,
    });
    client.on("error", (error) => {
      // Broken while it was idle: another is opened at once.
      if (this.client === client) this.disconnect();
      if (!this.stopping) this.options.onError(error);
      this.timer.wake();
    });
    client.on("notification", () => this.timer.wake());
    try {
      await client.connect();
      await this.options.checkLine(client);
      await client.query("listen latchkey_changes");
    } catch (error) {
      discardClient(client);
      throw error;
    }
    return client;
  }

  private disconnect(): void {
    if (this.client) discardClient(this.client);
    this.client = undefined;
  }
}
