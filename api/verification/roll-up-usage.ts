import type pg from "pg";

/** Of a hundred calls each while a node is busy. */
const BATCHES_MAX = 500;
const ROLL_UP = { name: "roll-up-usage", text: "select roll_up_usage($1) as batches", values: [BATCHES_MAX] };

/** Adds what any node has noted of uses to the counts by minute. */
export async function rollUpUsage(pool: Pick<pg.Pool, "query">): Promise<void> {
  for (let batches = BATCHES_MAX; batches === BATCHES_MAX; ) {
    const { rows } = await pool.query<{ readonly batches: string }>(ROLL_UP);
    batches = Number(rows[0]?.batches);
  }
}
