import type { EntityManager } from "typeorm";
import type { AnomalyKind } from "./anomaly.entity.js";

/** From when on what counts as unusual, by kind. Undefined: it is not looked for. */
export interface AnomalyRules {
  /** How long a subject's habits are learned before anything is unusual about them. */
  readonly learningDays: number;
  /** How long a subject is not told of again for the same kind, but for addresses. */
  readonly quietMinutes: number;
  readonly addresses: boolean;
  readonly burst: { readonly factor: number; readonly calls: number; readonly minutes: number } | undefined;
  readonly refusals: { readonly percent: number; readonly calls: number; readonly minutes: number } | undefined;
  readonly silenceDays: number | undefined;
}

/** One look, at the minutes that are over at an instant. */
export interface Look {
  readonly manager: EntityManager;
  readonly rules: AnomalyRules;
  /** The beginning of a minute. */
  readonly at: Date;
}

/** Something unusual about a key, or about a client's tokens. */
export interface Finding {
  readonly kind: AnomalyKind;
  readonly apiKeyId: string | null;
  readonly clientId: string | null;
  readonly windowStartsAt: Date;
  readonly windowEndsAt: Date;
  readonly seen: number;
  readonly expected: number;
  readonly calls: number | null;
  readonly addresses: readonly string[];
  readonly lastUsedAt: Date | null;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export function before(at: Date, ms: number): Date {
  return new Date(at.getTime() - ms);
}

/** What the roll-ups write where there is none. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Of a row of the roll-ups: the key, or the client whose token it was. */
export const SUBJECT = `case when api_key_id = '${NOBODY}' then client_id else api_key_id end`;
export const IS_KNOWN = `(api_key_id <> '${NOBODY}' or client_id <> '${NOBODY}')`;

/** The columns of a subject as they come from the roll-ups. */
export interface SubjectRow {
  readonly client_id: string | null;
  readonly api_key_id: string | null;
}

export function subjectOf({ client_id: clientId, api_key_id: apiKeyId }: SubjectRow) {
  const id = (given: string | null): string | null => (given === NOBODY ? null : given);
  return { clientId: id(clientId), apiKeyId: id(apiKeyId) };
}

/** Nobody was told of this kind within the quiet time. `subject` and `since` are SQL. */
export function untold(kind: AnomalyKind, subject: string, since: string): string {
  return `not exists (
    select from anomalies a where a.subject_id = ${subject} and a.kind = '${kind}' and a.window_ends_at > ${since})`;
}

/** Known since before this look, and for the time of learning. */
export function learned(subject: string, at: string, since: string): string {
  return `exists (
    select from watched_subjects w where w.subject_id = ${subject} and w.since < ${at} and w.since <= ${since})`;
}
