import type { EntityManager } from "typeorm";
import type { ChainedEvent } from "../audit/chained-event.js";

/** One thing that was taken away again, for the report and for the audit. */
export interface Taken {
  readonly targetKind: string;
  readonly targetId: string;
  readonly name: string;
  /** What has become of it, and what is left to do. */
  readonly what: string;
  /** What had happened to it after the backup; left out: everything of its kind is ended. */
  readonly because?: ChainedEvent;
}

export interface Target {
  readonly manager: EntityManager;
  readonly id: string;
  /** What had happened to it after the backup, oldest first. */
  readonly events: readonly ChainedEvent[];
  readonly now: Date;
}

/** The last of these that happened. */
export function lastOf(events: readonly ChainedEvent[], ...kinds: readonly string[]): ChainedEvent | undefined {
  return events.findLast(({ event }) => kinds.includes(event));
}

export type Facts = Readonly<Record<string, unknown>>;

/** What the fields were last, that these events have changed. */
export function lastFacts(events: readonly ChainedEvent[], ...kinds: readonly string[]): Facts {
  return Object.assign({}, ...events.filter(({ event }) => kinds.includes(event)).map(({ after }) => after ?? {}));
}

export function instantOf(fact: unknown): Date | null {
  return typeof fact === "string" ? new Date(fact) : null;
}

export function textsOf(fact: unknown): readonly string[] | undefined {
  return Array.isArray(fact) ? fact.map(String) : undefined;
}

/** An end that comes before the present one. */
export function earlierEnd(end: Date | null, present: Date | null): Date | undefined {
  return end && (!present || end < present) ? end : undefined;
}
