import type { EntityManager } from "typeorm";
import { IN_FORCE } from "./token-status.js";

/** Of a client, or by consent of a user. */
export async function countTokensInForce(
  manager: EntityManager,
  owner: "client_id" | "user_id",
  id: string,
  now: Date,
): Promise<number> {
  const rows: [{ count: number }] = await manager.query(
    `select count(*)::int as count from token_families f join tokens t on t.family_id = f.id
     where f.${owner} = $2 and ${IN_FORCE}`,
    [now, id],
  );
  return rows[0].count;
}
