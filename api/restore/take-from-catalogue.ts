import { In } from "typeorm";
import { Api, ApiStatus } from "../catalogue/api.entity.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { GroupApi } from "../groups/group-api.entity.js";
import type { SecurityLevel } from "../groups/security-level.js";
import { type Facts, lastFacts, lastOf, type Taken, type Target, textsOf } from "./taken.js";

/** An API that was deleted or delisted is unknown to verification; one that is open to all no longer may be less. */
export async function takeApi({ manager, id, events, now }: Target): Promise<Taken[]> {
  const api = await manager.findOne(Api, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!api) return [];
  const about = { targetKind: "Api", targetId: id, name: api.name };
  const deleted = lastOf(events, "api.deleted");
  const facts = lastFacts(events, "api.updated");
  const because = deleted ?? lastOf(events, "api.updated");
  if (!because) return [];
  const taken: Taken[] = [];
  if ((deleted || facts["status"] === ApiStatus.DELISTED) && api.status !== ApiStatus.DELISTED) {
    await manager.update(Api, { id }, { status: ApiStatus.DELISTED, updatedAt: now });
    taken.push({ ...about, what: deleted ? "delisted: it was deleted" : "delisted", because });
  }
  if (facts["openToAll"] === false && api.openToAll) {
    await manager.update(Api, { id }, { openToAll: false, updatedAt: now });
    taken.push({ ...about, what: "no longer open to all", because });
  }
  return taken;
}

/** What was in a collection that was deleted, and what an import delisted, by the names that its event tells. */
export async function takeCollection({ manager, id, events, now }: Target): Promise<Taken[]> {
  const [collection]: { name: string }[] = await manager.query("select name from collections where id = $1", [id]);
  if (!collection) return [];
  const taken: Taken[] = [];
  const delist = async (names: readonly string[] | undefined, because: Taken["because"], more = ""): Promise<void> => {
    const { affected } = await manager.update(
      Api,
      { collectionId: id, status: ApiStatus.LISTED, ...(names && { name: In([...names]) }) },
      { status: ApiStatus.DELISTED, updatedAt: now },
    );
    const what = `${affected ?? 0} APIs delisted${more}`;
    const about = { targetKind: "Collection", targetId: id, name: collection.name, what };
    if (affected || more) taken.push({ ...about, ...(because && { because }) });
  };
  const deleted = lastOf(events, "collection.deleted");
  if (deleted) await delist(undefined, deleted);
  for (const event of events.filter((each) => each.event === "collection.imported")) {
    const { delisted, delistedCount } = (event.after ?? {}) as Facts;
    const names = textsOf(delisted) ?? [];
    const isWhole = typeof delistedCount !== "number" || delistedCount <= names.length;
    if (names.length > 0) await delist(names, event, isWhole ? "" : ": not all, import the document again");
  }
  return taken;
}

/** A group that was deleted grants nothing and is held by nobody: its own row may be needed by a scope. */
export async function takeGroup({ manager, id, events, now }: Target): Promise<Taken[]> {
  const group = await manager.findOne(AuthorityGroup, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!group) return [];
  const about = { targetKind: "AuthorityGroup", targetId: id, name: group.name };
  const deleted = lastOf(events, "authorityGroup.deleted");
  if (deleted) {
    const withdrawn = await manager.query("delete from client_groups where group_id = $1 returning 1", [id]);
    const { affected } = await manager.delete(GroupApi, { groupId: id });
    if (withdrawn[1] === 0 && !affected) return [];
    return [{ ...about, what: "taken from everybody, and grants nothing: it was deleted", because: deleted }];
  }
  const taken: Taken[] = [];
  const removed = new Set<string>();
  for (const { before, after } of events) {
    for (const apiId of textsOf((before as Facts | null)?.["apiIdsRemoved"]) ?? []) removed.add(apiId);
    for (const apiId of textsOf((after as Facts | null)?.["apiIdsAdded"]) ?? []) removed.delete(apiId);
  }
  const because = lastOf(events, "authorityGroup.apisRemoved", "authorityGroup.updated");
  if (removed.size > 0 && because) {
    const { affected } = await manager.delete(GroupApi, { groupId: id, apiId: In([...removed]) });
    if (affected) taken.push({ ...about, what: `${affected} APIs taken out of it`, because });
  }
  const level = lastFacts(events, "authorityGroup.updated")["securityLevel"] as SecurityLevel | undefined;
  // "A" is the highest level and the first letter. Who is below it may not hold it any more.
  if (level && level < group.securityLevel && because) {
    const below = "select id from clients where security_level > $2";
    await manager.query(
      `delete from client_scopes where client_id in (${below})
       and scope_id in (select scope_id from scope_groups where group_id = $1)`,
      [id, level],
    );
    await manager.query(`delete from client_groups where group_id = $1 and client_id in (${below})`, [id, level]);
    await manager.update(AuthorityGroup, { id }, { securityLevel: level, updatedAt: now });
    taken.push({ ...about, what: `security level raised to ${level}`, because });
  }
  return taken;
}

/** A scope whose groups were changed may have stood for less: nobody holds it until somebody has looked. */
export async function takeScope({ manager, id, events }: Target): Promise<Taken[]> {
  const because =
    lastOf(events, "scope.deleted") ??
    events.findLast(({ event, after }) => event === "scope.updated" && after !== null && "groupIds" in after);
  const [scope]: { name: string }[] = await manager.query("select name from scopes where id = $1 for update", [id]);
  if (!scope || !because) return [];
  const [, count]: [unknown[], number] = await manager.query("delete from client_scopes where scope_id = $1", [id]);
  if (count === 0) return [];
  const why = because.event === "scope.deleted" ? "it was deleted" : "set its groups, and give it again";
  return [
    { targetKind: "Scope", targetId: id, name: scope.name, what: `taken from ${count} clients: ${why}`, because },
  ];
}

/** With a region went its collections and their APIs. */
export async function takeRegion({ manager, id, events, now }: Target): Promise<Taken[]> {
  const because = lastOf(events, "region.deleted");
  const [region]: { name: string }[] = await manager.query("select name from regions where id = $1 for update", [id]);
  if (!region || !because) return [];
  const [, count]: [unknown[], number] = await manager.query(
    `update apis set status = 'DELISTED', updated_at = $2
     where status = 'LISTED' and collection_id in (select id from collections where region_id = $1)`,
    [id, now],
  );
  if (count === 0) return [];
  return [{ targetKind: "Region", targetId: id, name: region.name, what: `${count} APIs delisted`, because }];
}
