import type { EntityManager } from "typeorm";
import { Client } from "../clients/client.entity.js";
import type { Account } from "./account.js";

/** Ends the sessions of an account that are in force, but for the one to keep. Returns how many. */
export async function endSessions(
  manager: EntityManager,
  account: Account,
  now: Date,
  keptId: string | null = null,
): Promise<number> {
  const owner = account instanceof Client ? "client_id" : "user_id";
  const [ended] = (await manager.query(
    `update sessions set ended_at = $2
     where ${owner} = $1 and ended_at is null and expires_at > $2 and id is distinct from $3
     returning id`,
    [account.id, now, keptId],
  )) as [unknown[]];
  return ended.length;
}
