import type { Unhashed } from "./chained-event.js";

/** The columns of an event `e`, as `eventOf` reads them. */
export const EVENT_COLUMNS = `
  e.id, e.at, e.event, e.actor_kind, e.actor_id, e.actor_name, e.actor_role, e.api_key_id, e.address, e.request_id,
  e.transaction_ref, e.target_kind, e.target_id, e.reason, e.before, e.after`;

/** Those columns as the driver gives them. */
export interface EventRow {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly actor_role: string | null;
  readonly api_key_id: string | null;
  readonly address: string | null;
  readonly request_id: string;
  readonly transaction_ref: string | null;
  readonly target_kind: string;
  readonly target_id: string;
  readonly reason: string | null;
  readonly before: object | null;
  readonly after: object | null;
}

export function eventOf(row: EventRow, number: number, previousHash: string): Unhashed {
  return {
    number,
    previousHash,
    id: row.id,
    at: row.at.toISOString(),
    event: row.event,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    actorRole: row.actor_role,
    apiKeyId: row.api_key_id,
    address: row.address,
    requestId: row.request_id,
    transactionRef: row.transaction_ref,
    targetKind: row.target_kind,
    targetId: row.target_id,
    reason: row.reason,
    before: row.before,
    after: row.after,
  };
}
