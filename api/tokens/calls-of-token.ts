import type { EntityManager } from "typeorm";
import type { Token } from "./token.entity.js";

/** How many calls were made with a token, of those that may be used a limited number of times. */
export async function callsOfToken(manager: EntityManager, { id }: Pick<Token, "id">): Promise<number> {
  const rows: { used: string }[] = await manager.query("select used from quota_counters where subject_id = $1", [id]);
  return Number(rows[0]?.used ?? 0);
}
