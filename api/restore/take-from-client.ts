import { type EntityManager, In, Not } from "typeorm";
import type { ChainedEvent } from "../audit/chained-event.js";
import { Client, ClientStatus } from "../clients/client.entity.js";
import { ClientGroup } from "../clients/client-group.entity.js";
import { ClientScope } from "../clients/client-scope.entity.js";
import { defaultTokenSettings, TokenSettings } from "../tokens/token-settings.entity.js";
import { lockAgain } from "./lock-again.js";
import { earlierEnd, type Facts, instantOf, lastFacts, lastOf, type Taken, type Target, textsOf } from "./taken.js";

type Tell = (what: string, because: ChainedEvent | undefined) => void;

export async function takeFromClient(target: Target): Promise<Taken[]> {
  const { manager, id, events, now } = target;
  const client = await manager.findOne(Client, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!client) return [];
  const taken: Taken[] = [];
  const tell: Tell = (what, because) => {
    taken.push({ targetKind: "Client", targetId: id, name: client.clientId, what, ...(because && { because }) });
  };
  const deleted = lastOf(events, "client.deleted");
  if (deleted) {
    await manager.delete(Client, { id });
    tell("deleted, with its keys", deleted);
    return taken;
  }

  const status = lastOf(events, "client.statusChanged");
  const wanted = (status?.after as { status?: ClientStatus } | null)?.status;
  if (wanted && wanted !== ClientStatus.ENABLED && client.status === ClientStatus.ENABLED) {
    await manager.update(Client, { id }, { status: wanted, updatedAt: now });
    tell(wanted === ClientStatus.LOCKED ? "locked" : "switched off", status);
  }
  const locked = await lockAgain(target, client, "client");
  if (locked) tell("locked after failed sign-ins", locked);
  const password = lastOf(events, "client.passwordChanged", "client.passwordReset");
  if (password && client.passwordDigest !== null) {
    await manager.update(Client, { id }, { passwordDigest: null, updatedAt: now });
    tell("its password was changed, and the new one is lost: set another one", password);
  }
  await narrow(target, client, tell);
  await withdrawRights(target, client, tell);
  await narrowTokens(target, tell);
  return taken;
}

/** What can be compared follows only where it says less; what cannot is as it was last. */
async function narrow({ manager, id, events, now }: Target, client: Client, tell: Tell): Promise<void> {
  const facts = lastFacts(events, "client.updated");
  const changes: Partial<Client> = {};
  const expiresAt = earlierEnd(instantOf(facts["expiresAt"]), client.expiresAt);
  if (expiresAt) changes.expiresAt = expiresAt;
  const startsAt = instantOf(facts["startsAt"]);
  if (startsAt && (!client.startsAt || startsAt > client.startsAt)) changes.startsAt = startsAt;
  if (isDifferent(facts["hostBindings"], client.hostBindings)) {
    changes.hostBindings = facts["hostBindings"] as Client["hostBindings"];
  }
  if (isDifferent(facts["serviceTime"], client.serviceTime)) {
    changes.serviceTime = facts["serviceTime"] as Client["serviceTime"];
  }
  const { quotaLimit, tpsPerNode } = facts;
  if (typeof quotaLimit === "number" && (client.quotaLimit === null || quotaLimit < client.quotaLimit)) {
    const quotaPeriod = (facts["quotaPeriod"] ?? client.quotaPeriod) as Client["quotaPeriod"];
    Object.assign(changes, { quotaLimit, quotaPeriod });
  }
  if (typeof tpsPerNode === "number" && tpsPerNode > 0 && (client.tpsPerNode === 0 || tpsPerNode < client.tpsPerNode)) {
    changes.tpsPerNode = tpsPerNode;
  }
  if (Object.keys(changes).length === 0) return;
  await manager.update(Client, { id }, { ...changes, updatedAt: now });
  tell(`narrowed: ${Object.keys(changes).join(", ")}`, lastOf(events, "client.updated"));
}

async function withdrawRights({ manager, id, events, now }: Target, client: Client, tell: Tell): Promise<void> {
  const leveled = lastOf(events, "client.securityLevelChanged");
  const groups = keptOf(events, ["client.groupsAdded", "client.groupsRemoved"], "groupIds", "detachedGroupIds");
  const scopes = keptOf(events, ["client.scopesAdded", "client.scopesRemoved"], "scopeIds", "detachedScopeIds");
  const withoutScopes = await removeBut(manager, "client_scopes", "scope_id", id, scopes);
  if (withoutScopes > 0) tell(`${withoutScopes} scopes taken away`, scopes.because ?? leveled);
  // The foreign key of the keys' groups takes them from the client's keys in the same statement.
  const withoutGroups = await removeBut(manager, "client_groups", "group_id", id, groups);
  if (withoutGroups > 0) tell(`${withoutGroups} groups taken away`, groups.because ?? leveled);

  const level = (leveled?.after as { securityLevel?: Client["securityLevel"] } | null)?.securityLevel;
  // "A" is the highest level and the first letter.
  if (!level || level <= client.securityLevel) return;
  const above = "select id from authority_groups where security_level < $2";
  await manager.query(
    `delete from client_scopes where client_id = $1
     and scope_id in (select scope_id from scope_groups where group_id in (${above}))`,
    [id, level],
  );
  await manager.query(`delete from client_groups where client_id = $1 and group_id in (${above})`, [id, level]);
  await manager.update(Client, { id }, { securityLevel: level, updatedAt: now });
  tell(`security level lowered to ${level}`, leveled);
}

interface Kept {
  /** Undefined: nobody has written the list anew. */
  readonly all: readonly string[] | undefined;
  readonly not: readonly string[];
  readonly because: ChainedEvent | undefined;
}

/** What is left of a list by events that tell all of it, and by ones that tell what they took. */
function keptOf(events: readonly ChainedEvent[], kinds: readonly string[], list: string, detached: string): Kept {
  let kept: Kept = { all: undefined, not: [], because: undefined };
  for (const event of events) {
    const after: Facts = (event.after ?? {}) as Facts;
    if (kinds.includes(event.event)) kept = { all: textsOf(after[list]), not: [], because: event };
    const gone = event.event === "client.securityLevelChanged" ? (textsOf(after[detached]) ?? []) : [];
    if (gone.length > 0) kept = { ...kept, not: [...kept.not, ...gone], because: event };
  }
  return kept;
}

async function removeBut(
  manager: EntityManager,
  table: "client_groups" | "client_scopes",
  column: "groupId" | "scopeId" | "group_id" | "scope_id",
  clientId: string,
  { all, not }: Kept,
): Promise<number> {
  const Entity = table === "client_groups" ? ClientGroup : ClientScope;
  const property = column === "group_id" ? "groupId" : "scopeId";
  const kept = all?.filter((each) => !not.includes(each));
  if (!kept && not.length === 0) return 0;
  const gone = kept ? Not(In([...kept])) : In([...not]);
  const { affected } = await manager.delete(Entity, { clientId, [property]: gone });
  return affected ?? 0;
}

async function narrowTokens({ manager, id, events, now }: Target, tell: Tell): Promise<void> {
  const because = lastOf(events, "client.tokenSettingsUpdated");
  if (!because) return;
  const facts = lastFacts(events, "client.tokenSettingsUpdated");
  const settings = (await manager.findOneBy(TokenSettings, { clientId: id })) ?? defaultTokenSettings(id);
  const grantTypes = settings.grantTypes.filter((each) => textsOf(facts["grantTypes"])?.includes(each) ?? true);
  const redirectUrls = settings.redirectUrls.filter((each) => textsOf(facts["redirectUrls"])?.includes(each) ?? true);
  const gone = settings.grantTypes.length - grantTypes.length + (settings.redirectUrls.length - redirectUrls.length);
  if (gone === 0) return;
  await manager.save(TokenSettings, Object.assign(settings, { grantTypes, redirectUrls, updatedAt: now }));
  tell("grant types or redirect URLs taken away", because);
}

function isDifferent(fact: unknown, present: unknown): boolean {
  return fact !== undefined && JSON.stringify(fact) !== JSON.stringify(present);
}
