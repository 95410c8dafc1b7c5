import { isDeepStrictEqual } from "node:util";
import type { EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { newId } from "../database/new-id.js";
import { AuditEvent } from "./audit-event.entity.js";

type Facts = Readonly<Record<string, unknown>>;

export interface Happening {
  readonly event: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly reason?: string | null;
  readonly before?: Facts;
  readonly after?: Facts;
}

/** Writes the audit event of a change, in the change's own transaction: neither exists without the other. */
export async function record(manager: EntityManager, call: Call, happening: Happening): Promise<void> {
  await manager.insert(AuditEvent, rowOf(call, happening));
}

/** Rows of one statement: their columns stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

/** The events of a change of many things. */
export async function recordAll(manager: EntityManager, call: Call, happenings: readonly Happening[]): Promise<void> {
  for (let from = 0; from < happenings.length; from += ROWS_MAX) {
    const rows = happenings.slice(from, from + ROWS_MAX).map((happening) => rowOf(call, happening));
    await manager.insert(AuditEvent, rows);
  }
}

/** An event as its table keeps it, for who writes it in one statement with the change. */
export function rowOf(call: Call, happening: Happening) {
  return {
    id: newId(call.now),
    at: call.now,
    actorKind: call.actor.kind,
    actorId: call.actor.id,
    actorName: call.actor.name,
    actorRole: call.actor.role,
    apiKeyId: call.actor.apiKeyId,
    address: call.address,
    requestId: call.requestId,
    transactionRef: call.transactionRef,
    event: happening.event,
    targetKind: happening.targetKind,
    targetId: happening.targetId,
    reason: happening.reason ?? null,
    before: withoutSecrets(happening.before),
    after: withoutSecrets(happening.after),
  };
}

/** The fields of `after` that differ in `before`, for the two sides of an update. */
export function difference(before: object, after: object): { before: Facts; after: Facts } {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(([key, value]) => !isSame(old.get(key), value));
  return {
    before: Object.fromEntries(changed.map(([key]) => [key, old.get(key)])),
    after: Object.fromEntries(changed),
  };
}

/** As JSON, the order of whose keys says nothing: PostgreSQL keeps its own. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(asJson(one), asJson(other));
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

const SECRET_FACTS = new Set(["digest", "passwordDigest", "pepperVersion"]);

function withoutSecrets(facts: Facts | undefined): Facts | null {
  if (!facts) return null;
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !SECRET_FACTS.has(key)));
}
