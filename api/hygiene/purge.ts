import type { DataSource } from "typeorm";

const BATCH = 1_000;

/** What nobody looks at any more, by table: the rows that were over so many days ago. */
const OVER: readonly (readonly [table: string, over: string, days: number])[] = [
  ["sessions", "least(ended_at, expires_at)", 30],
  ["password_resets", "least(used_at, expires_at)", 30],
  ["authorization_codes", "expires_at", 30],
  ["tokens", "expires_at", 30],
  // One that has no tokens left.
  [
    "token_families",
    "case when not exists (select 1 from tokens t where t.family_id = token_families.id) then created_at end",
    30,
  ],
  ["webhook_deliveries", "created_at", 30],
  ["idempotency_claims", "created_at", 1],
  ["anomalies", "detected_at", 400],
  ["notifications", "case when status <> 'QUEUED' then coalesce(sent_at, created_at) end", 90],
];

/** Deletes it, in small steps. */
export async function purge(database: DataSource, now: Date): Promise<void> {
  for (const [table, over, days] of OVER) {
    const before = new Date(now.getTime() - days * 86_400_000);
    let count: number;
    do {
      const [, deleted]: [unknown, number] = await database.query(
        `delete from ${table} where id in (select id from ${table} where ${over} < $1 limit $2)`,
        [before, BATCH],
      );
      count = deleted;
    } while (count === BATCH);
  }
}
