import { randomUUID } from "node:crypto";
import pg from "pg";
import { discardClient } from "../../nodes/discard-client.js";
import type { Batch, BatchAnswer } from "./batch.js";

/** Of the functions in the database: the session was swept up, and nothing was done. */
const SESSION_CLOSED = "LK001";

/** Arrays come as text, and periods only where another one had begun: to take them apart is most of a batch's work here. */
const METER = {
  name: "meter-calls",
  text: `
    select granted::text, used_before::text as used,
      case when period_starts <> $5 then array(
        select (extract(epoch from start) * 1000)::bigint from unnest(period_starts) with ordinality as s(start, place) order by place
      )::text end as starts
    from meter_calls($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
};
const SETTLE = {
  name: "settle-meter-session",
  text: "select settle_meter_session($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
};

interface AnswerRow {
  readonly granted: string;
  readonly used: string;
  readonly starts: string | null;
}

/** A batch that was sent, and whose answer never came: it may have been done, or may still be. */
interface Lost {
  readonly session: string;
  readonly number: number;
  readonly batch: Batch;
}

/**
 * A line to the database over which batches are metered one after the other. What was lost when a line broke is settled
 * before the next batch: what it had granted is given back, since none of its calls was let through, and if it is still on
 * its way it will find its session closed.
 */
export class MeterLine {
  private client: pg.Client | undefined;
  private connecting: pg.Client | undefined;
  private session: string | undefined;
  private batches = 0;
  private lost: Lost | undefined;

  constructor(
    private readonly url: string,
    private readonly nodeId: string,
  ) {}

  /** Rejects when it is not known whether the batch was done: then none of its calls may pass. */
  async meter(batch: Batch, answerMsMax: number): Promise<BatchAnswer> {
    const giveUp = setTimeout(() => this.disconnect(), answerMsMax);
    try {
      return await this.send(batch).catch((error: unknown) => {
        // Swept up meanwhile, with a lease that had run out: nothing was done, and a new session is at hand.
        if (codeOf(error) === SESSION_CLOSED) return this.send(batch);
        throw error;
      });
    } catch (error) {
      this.disconnect();
      throw error;
    } finally {
      clearTimeout(giveUp);
    }
  }

  async close(): Promise<void> {
    if (this.client && this.session) {
      await this.client.query("delete from meter_sessions where id = $1", [this.session]).catch(() => undefined);
    }
    this.disconnect();
  }

  private async send(batch: Batch): Promise<BatchAnswer> {
    const client = (this.client ??= await this.connect());
    this.session ??= await this.open(client);
    const number = ++this.batches;
    const { session } = this;
    const { ids, limits, starts } = batch.subjectColumns;
    const { firsts, seconds, firstCosts, secondCosts, counts, minutes, clients, keys, apis } = batch.runColumns;
    const whatOf = [ids, limits, starts, firsts, seconds, firstCosts, secondCosts, counts];
    const values = [session, number, ...whatOf, minutes, clients, keys, apis];
    try {
      const { rows } = await client.query<AnswerRow>({ ...METER, values });
      const { granted, used, starts: begun } = rows[0] as AnswerRow;
      return {
        granted: numbersIn(granted),
        usedBefore: numbersIn(used),
        startsMs: begun === null ? null : numbersIn(begun),
      };
    } catch (error) {
      this.session = undefined;
      if (!wasNotDone(error)) this.lost = { session, number, batch };
      throw error;
    }
  }

  /** Settles what was lost, if anything was. */
  private async open(client: pg.Client): Promise<string> {
    const session = randomUUID();
    const { lost } = this;
    const subjects = lost?.batch.subjectColumns ?? { ids: "{}", starts: "{}" };
    const runs = lost?.batch.runColumns;
    await client.query({
      ...SETTLE,
      values: [
        lost?.session ?? null,
        session,
        this.nodeId,
        lost?.number ?? null,
        subjects.ids,
        subjects.starts,
        runs?.firsts ?? "{}",
        runs?.seconds ?? "{}",
        runs?.firstCosts ?? "{}",
        runs?.secondCosts ?? "{}",
        runs?.minutes ?? "{}",
        runs?.clients ?? "{}",
        runs?.keys ?? "{}",
        runs?.apis ?? "{}",
      ],
    });
    this.lost = undefined;
    return session;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: "latchkey-meter",
      statement_timeout: 1_500,
      // Whatever the server's default: what was granted is on disk before its call is answered.
      options: "-c synchronous_commit=on",
      keepAlive: true,
    });
    client.on("error", () => {
      if (this.client === client) this.disconnect();
    });
    this.connecting = client;
    try {
      await client.connect();
      return client;
    } finally {
      this.connecting = undefined;
    }
  }

  private disconnect(): void {
    for (const client of [this.client, this.connecting]) if (client) discardClient(client);
    this.client = undefined;
    this.session = undefined;
  }
}

/** Of an array in PostgreSQL's text form. */
function numbersIn(array: string): number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`) as number[];
}

/** The server itself says that the statement failed, and so that it did nothing. */
function wasNotDone(error: unknown): boolean {
  return /^(?:LK001|22|23|40|42|53|54|55|57014)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}
