import type { DataSource, EntityManager } from "typeorm";
import { newId } from "../database/new-id.js";
import { WebhookEvent } from "../webhooks/webhook.entity.js";
import { tellWebhooks } from "../webhooks/webhook-outbox.js";
import { Anomaly } from "./anomaly.entity.js";
import { anomalyEvent } from "./anomaly-event.js";
import type { AnomalyMails } from "./anomaly-mails.js";
import { findBrokenSilence } from "./find-broken-silence.js";
import { findBursts } from "./find-bursts.js";
import { findNewAddresses } from "./find-new-addresses.js";
import { findRefusals } from "./find-refusals.js";
import { type AnomalyRules, before, type Finding, IS_KNOWN, type Look, MINUTE_MS, SUBJECT } from "./finding.js";
import { withSubjects } from "./subjects.js";

/** What is still being noted of a minute is looked at with it. */
const SETTLED_MS = 10_000;
/** After an outage of the jobs, the minutes before these are left out, but for what windows still hold of them. */
const MINUTES_MAX = 30;
/** Rows of one statement: their columns stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

export interface WatchParts {
  readonly database: DataSource;
  readonly rules: AnomalyRules;
  readonly mails: AnomalyMails;
  readonly onFound: (anomaly: Anomaly) => void;
}

/**
 * Looks at each minute that is over, once, whatever becomes of this node meanwhile: what is found, what is told of it, and
 * up to when everything was looked at, is written together.
 */
export async function watchAnomalies(parts: WatchParts, now: Date): Promise<void> {
  const found = await parts.database.transaction(async (manager) => {
    const until = startOfMinute(before(now, SETTLED_MS));
    const looks = await looksUntil(manager, until);
    const anomalies: Anomaly[] = [];
    for (const at of looks) anomalies.push(...(await look({ manager, rules: parts.rules, at }, now)));
    if (looks.length > 0) await manager.query("update anomaly_watch set watched_until = $1", [until]);
    const told = await withSubjects(manager, anomalies);
    await parts.mails.tell(manager, { now }, told);
    await tellWebhooks(manager, { now }, WebhookEvent.ANOMALY_DETECTED, told.map(anomalyEvent));
    return anomalies;
  });
  for (const anomaly of found) parts.onFound(anomaly);
}

function startOfMinute(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS);
}

/** The ends of the minutes that nobody has looked at yet. Holds the watch until the transaction ends. */
async function looksUntil(manager: EntityManager, until: Date): Promise<Date[]> {
  const [row]: { watched: Date | null }[] = await manager.query(
    "select nullif(watched_until, '-infinity') as watched from anomaly_watch for update",
  );
  const count = row?.watched ? (until.getTime() - row.watched.getTime()) / MINUTE_MS : 1;
  const looks = Math.min(MINUTES_MAX, Math.max(0, count));
  return Array.from({ length: looks }, (_, index) => before(until, (looks - 1 - index) * MINUTE_MS));
}

async function look(the: Look, now: Date): Promise<Anomaly[]> {
  await noteSubjects(the);
  const found = [
    ...(await findNewAddresses(the)),
    ...(await findBursts(the)),
    ...(await findRefusals(the)),
    ...(await findBrokenSilence(the)),
  ];
  const users = await usersOf(the.manager, found);
  const anomalies = found.map((finding) => anomalyOf(finding, users, now));
  for (let from = 0; from < anomalies.length; from += ROWS_MAX) {
    await the.manager.insert(Anomaly, anomalies.slice(from, from + ROWS_MAX));
  }
  return anomalies;
}

/** From when on each is known, that is when its time of learning begins. */
async function noteSubjects({ manager, at }: Look): Promise<void> {
  await manager.query(
    `insert into watched_subjects (subject_id, since)
     select s.subject_id, $2 from (
       select distinct ${SUBJECT} as subject_id from usage_minutes where minute >= $1 and minute < $2 and ${IS_KNOWN}
     ) s
     where not exists (select from watched_subjects w where w.subject_id = s.subject_id)
     on conflict do nothing`,
    [before(at, 2 * MINUTE_MS), at],
  );
}

/** Of keys that belong to users. */
async function usersOf(manager: EntityManager, found: readonly Finding[]): Promise<ReadonlyMap<string, string>> {
  const ids = found.flatMap(({ clientId, apiKeyId }) => (clientId === null && apiKeyId !== null ? [apiKeyId] : []));
  if (ids.length === 0) return new Map();
  const rows: { id: string; user_id: string | null }[] = await manager.query(
    "select id, user_id from api_keys where id = any($1::uuid[])",
    [ids],
  );
  return new Map(rows.flatMap(({ id, user_id: userId }) => (userId === null ? [] : [[id, userId]])));
}

function anomalyOf(finding: Finding, users: ReadonlyMap<string, string>, now: Date): Anomaly {
  const { apiKeyId, clientId } = finding;
  return Object.assign(new Anomaly(), {
    ...finding,
    addresses: [...finding.addresses],
    id: newId(now),
    subjectId: apiKeyId ?? clientId,
    userId: apiKeyId === null ? null : (users.get(apiKeyId) ?? null),
    detectedAt: now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
  });
}
