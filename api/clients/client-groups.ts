import { type EntityManager, In } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { levelsWithin } from "../groups/security-level.js";
import type { Client } from "./client.entity.js";
import { ClientGroup } from "./client-group.entity.js";

/** Gives groups to a client; those that it holds already stay. Refuses unknown ones and those above its level (2.6). */
export async function giveGroups(manager: EntityManager, client: Client, groupIds: readonly string[]): Promise<void> {
  if (groupIds.length === 0) return;
  const groups = await manager.find(AuthorityGroup, {
    select: { id: true, securityLevel: true },
    where: { id: In([...groupIds]) },
    lock: { mode: "pessimistic_read" },
  });
  refuseUnknownIds("groupIds", groupIds, groups, "no such authority group");
  const levels = levelsWithin(client.securityLevel);
  const assignable = groups.filter((group) => levels.includes(group.securityLevel));
  refuseUnknownIds("groupIds", groupIds, assignable, `is above the client's security level ${client.securityLevel}`);
  await manager
    .createQueryBuilder()
    .insert()
    .into(ClientGroup)
    .values(groupIds.map((groupId) => ({ clientId: client.id, groupId })))
    .orIgnore()
    .execute();
}

/** Changes which groups a client holds, with its audit event. When it holds the same after all, nothing is written. */
export async function changeGroups(
  manager: EntityManager,
  call: Call,
  client: Client,
  happening: { readonly event: string; readonly reason?: string },
  change: () => Promise<void>,
): Promise<void> {
  const before = { groupIds: await groupIdsOf(manager, client.id) };
  await change();
  const after = { groupIds: await groupIdsOf(manager, client.id) };
  if (after.groupIds.join() === before.groupIds.join()) return;
  await record(manager, call, { ...happening, targetKind: "Client", targetId: client.id, before, after });
}

async function groupIdsOf(manager: EntityManager, clientId: string): Promise<string[]> {
  const links = await manager.find(ClientGroup, { where: { clientId }, order: { groupId: "ASC" } });
  return links.map((link) => link.groupId);
}
