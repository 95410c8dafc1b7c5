import { until } from "./until.js";

/** Until what was noted of uses has been added to the counts, which every node does each second. */
export async function untilRolledUp(query: (sql: string) => Promise<{ readonly empty: boolean } | undefined>) {
  await until("what was used to be rolled up", async () => {
    const row = await query("select not exists (select from usage_batches) as empty");
    return row?.empty;
  });
}
