import { type DataSource, type EntityManager, In, Not } from "typeorm";
import type { Call } from "../access/call.js";
import { changeAndRecord } from "../audit/change-and-record.js";
import { Client } from "../clients/client.entity.js";
import { quotaColumns } from "../clients/quota.types.js";
import { refusing } from "../database/constraint-errors.js";
import { User } from "../users/user.entity.js";
import { ApiKey } from "./api-key.entity.js";
import type { UpdateApiKeyInput } from "./api-key.types.js";
import { ApiKeyGroup } from "./api-key-group.entity.js";
import {
  groupsHeldBy,
  type KeyOwner,
  type KeyPolicy,
  readDates,
  readPermissions,
  refuseBadDates,
  refuseForeignGroups,
} from "./draft-api-key.js";
import { findKeyForChange, refuseEnded } from "./find-for-change.js";
import { refuseStrongerKey } from "./key-strength.js";
import { API_KEY_REFUSALS } from "./refusals.js";

/** Changes what a key is called, when and for what it is allowed. Its secret stays. */
export class UpdateApiKeyService {
  constructor(
    private readonly database: DataSource,
    private readonly policy: KeyPolicy,
  ) {}

  update(call: Call, { id, groupIds, ...input }: UpdateApiKeyInput): Promise<ApiKey> {
    return refusing(API_KEY_REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const key = await findKeyForChange(manager, call, id);
        await refuseStrongerKey(manager, call.actor, key);
        refuseEnded(key, call.now);
        const owner = await ownerOf(manager, key);
        const changes = this.changesOf(call, owner, key, input);
        const moved = groupIds && (await replaceGroups(manager, owner, key, groupIds));
        const happening = { event: "apiKey.updated", targetKind: "ApiKey", ...moved };
        return changeAndRecord(manager, call, ApiKey, key, changes, happening);
      }),
    );
  }

  private changesOf(
    call: Call,
    owner: KeyOwner,
    key: ApiKey,
    { effectiveAt, expiresAt, scopes, quota, ...asGiven }: Omit<UpdateApiKeyInput, "id" | "groupIds">,
  ): Partial<ApiKey> {
    const changes: Partial<ApiKey> = { ...asGiven, ...quotaColumns(quota) };
    if (asGiven.name !== undefined && asGiven.name !== key.name) changes.namedAt = call.now;
    if (scopes !== undefined) changes.permissions = readPermissions(call, owner, scopes);
    if (effectiveAt === undefined && expiresAt === undefined) return changes;

    const dates = readDates({ effectiveAt, expiresAt }, owner, key);
    refuseBadDates(dates, owner, call.now, this.policy);
    return Object.assign(changes, dates);
  }
}

async function ownerOf(manager: EntityManager, { clientId, userId }: ApiKey): Promise<KeyOwner> {
  return clientId === null
    ? manager.findOneByOrFail(User, { id: userId as string })
    : manager.findOneByOrFail(Client, { id: clientId });
}

/** Leaves a key with these groups of its client's, and tells both sides where they differ. */
async function replaceGroups(manager: EntityManager, owner: KeyOwner, key: ApiKey, groupIds: readonly string[]) {
  refuseForeignGroups(owner, groupIds, await groupsHeldBy(manager, owner));
  const wanted = groupIds.map((id) => id.toLowerCase()).sort(compare);
  const held = (await manager.findBy(ApiKeyGroup, { apiKeyId: key.id })).map((link) => link.groupId).sort(compare);
  const added = wanted.filter((id) => !held.includes(id));
  if (added.length === 0 && held.length === wanted.length) return {};

  await manager.delete(ApiKeyGroup, { apiKeyId: key.id, groupId: Not(In(wanted)) });
  const links = added.map((groupId) => ({ apiKeyId: key.id, groupId, clientId: owner.id }));
  if (links.length > 0) await manager.insert(ApiKeyGroup, links);
  return { before: { groupIds: held }, after: { groupIds: wanted } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
