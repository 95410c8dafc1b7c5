import type { DataSource } from "typeorm";
import type { Anomaly } from "../../api/anomalies/anomaly.entity.js";
import { AnomalyMails } from "../../api/anomalies/anomaly-mails.js";
import type { AnomalyRules } from "../../api/anomalies/finding.js";
import { watchAnomalies } from "../../api/anomalies/watch-anomalies.js";
import { loadConfig } from "../../api/config/config.js";
import { newId } from "../../api/database/new-id.js";
import { Outbox } from "../../api/notifications/outbox.js";
import { KeyRing } from "../../api/secrets/key-ring.js";

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
const NOBODY = "00000000-0000-0000-0000-000000000000";
const SETTLED_MS = 10_000;

export const DEFAULT_RULES: AnomalyRules = loadConfig({}).anomalies;

/** Keys are made today, and called years later. */
const WITHOUT_SILENCE: AnomalyRules = { ...DEFAULT_RULES, silenceDays: undefined };

/** A key, or a client's tokens. */
export interface Subject {
  readonly apiKeyId?: string;
  readonly clientId?: string;
}

/**
 * Calls at any time, as the nodes have noted them, and the job that looks at them. Time goes forward only: each test begins
 * after those before it. What nothing happens in is leapt over.
 */
export class Timeline {
  private startMs: number;

  constructor(
    private readonly database: DataSource,
    now: Date,
  ) {
    this.startMs = Math.floor(now.getTime() / DAY_MS) * DAY_MS + 10 * DAY_MS;
  }

  /** Another time, in which nothing has happened. */
  async begin(): Promise<void> {
    this.startMs += 500 * DAY_MS;
    await this.leapTo(this.at(0));
  }

  at(days: number, minutes = 0): Date {
    return new Date(this.startMs + days * DAY_MS + minutes * MINUTE_MS);
  }

  /** Calls within a minute, as the roll-ups count them. */
  async count(subject: Subject, [days, minutes]: readonly [number, number], calls: number, code = "VALID") {
    await this.database.query(
      `insert into usage_minutes (minute, client_id, api_key_id, api_id, collection_id, region_id, code, calls)
       values ($1, $2, $3, $4, $4, $4, $5, $6)`,
      [this.at(days, minutes), subject.clientId ?? NOBODY, subject.apiKeyId ?? NOBODY, NOBODY, code, calls],
    );
  }

  /** One call within a minute, as it is kept and counted. */
  async call(subject: Subject, [days, minutes]: readonly [number, number], address: string): Promise<void> {
    const at = new Date(this.at(days, minutes).getTime() + MINUTE_MS / 2);
    await this.database.query("select make_recent_calls_of($1)", [at.toISOString().slice(0, 10)]);
    await this.database.query(
      `insert into recent_calls (id, at, request_id, client_id, api_key_id, address, code, node_id)
       values ($1, $2, 'r', $3, $4, $5, 'VALID', $6)`,
      [newId(at), at, subject.clientId ?? null, subject.apiKeyId ?? null, address, NOBODY],
    );
    await this.database.query(
      `insert into usage_minutes as u (minute, client_id, api_key_id, api_id, collection_id, region_id, code, calls)
       values ($1, $2, $3, $4, $4, $4, 'VALID', 1)
       on conflict on constraint usage_minutes_unique do update set calls = u.calls + 1`,
      [this.at(days, minutes), subject.clientId ?? NOBODY, subject.apiKeyId ?? NOBODY, NOBODY],
    );
  }

  /** What a node finds that looks when the minute has begun: in the minute before, or also in those that were missed. */
  async look(
    days: number,
    minutes: number,
    { rules = WITHOUT_SILENCE, database = this.database, mails = realMails(), missed = false }: LookOptions = {},
  ): Promise<readonly Anomaly[]> {
    const found: Anomaly[] = [];
    const now = new Date(this.at(days, minutes).getTime() + SETTLED_MS);
    if (!missed) await this.leapTo(this.at(days, minutes - 1));
    await watchAnomalies({ database, rules, mails, onFound: (anomaly) => found.push(anomaly) }, now);
    return found;
  }

  private async leapTo(watchedUntil: Date): Promise<void> {
    await this.database.query("update anomaly_watch set watched_until = $1 where watched_until < $1", [watchedUntil]);
  }
}

export interface LookOptions {
  readonly rules?: AnomalyRules;
  readonly database?: DataSource;
  readonly mails?: AnomalyMails;
  readonly missed?: boolean;
}

function realMails(): AnomalyMails {
  return new AnomalyMails(new Outbox(new KeyRing([{ version: 1, material: Buffer.alloc(32) }]), true), "lk");
}

/** A node that dies when everything is found, and nothing is written for good. */
export class DyingMails extends AnomalyMails {
  override async tell(): Promise<void> {
    throw new Error("the node dies");
  }
}
