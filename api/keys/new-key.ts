import type { Call } from "../access/call.js";
import type { Happening } from "../audit/record.js";
import { Client } from "../clients/client.entity.js";
import { quotaColumns } from "../clients/quota.types.js";
import { newId } from "../database/new-id.js";
import { ApiKey, ApiKeyKind } from "./api-key.entity.js";
import type { CreateApiKeyInput } from "./api-key.types.js";
import { type KeyOwner, type KeyPolicy, readDates, readPermissions, refuseBadDates } from "./draft-api-key.js";

/** The row of a key to be made, or the reason why there is none. */
export function newKey(
  call: Call,
  owner: KeyOwner,
  input: CreateApiKeyInput,
  lookupId: string,
  policy: KeyPolicy,
): ApiKey {
  const dates = readDates(input, owner, { effectiveAt: call.now, expiresAt: null });
  refuseBadDates(dates, owner, call.now, policy);
  const isClient = owner instanceof Client;
  return Object.assign(new ApiKey(), {
    id: newId(call.now),
    lookupId,
    kind: ApiKeyKind.STANDARD,
    draft: false,
    clientId: isClient ? owner.id : null,
    userId: isClient ? null : owner.id,
    name: input.name,
    description: input.description ?? "",
    permissions: readPermissions(call, owner, input.scopes),
    recoverable: input.recoverable ?? false,
    tags: input.tags ?? [],
    metadata: input.metadata ?? {},
    quotaLimit: null,
    quotaPeriod: null,
    ...quotaColumns(input.quota),
    ...dates,
    disabledAt: null,
    rotationEndsAt: null,
    revokedAt: null,
    revokedBy: null,
    revocationReason: null,
    createdAt: call.now,
    createdBy: call.actor.name,
    updatedAt: call.now,
    namedAt: call.now,
    lastAccessedAt: call.now,
    lastAccessedFrom: null,
    lastAccessedApiId: null,
    noticedDays: null,
    noticedExpiresAt: null,
    unusedWarnedAt: null,
    enabledAt: null,
  });
}

/** What the audit keeps of a new key. */
export function createdEvent(key: ApiKey, groupIds: readonly string[]): Happening {
  const { clientId, userId, name, description, permissions, recoverable, tags, metadata, quota } = key;
  const { effectiveAt, expiresAt, lookupId } = key;
  const facts = { clientId, userId, name, description, permissions, recoverable, tags, metadata, quota };
  const after = { ...facts, effectiveAt, expiresAt, lookupId, groupIds };
  return { event: "apiKey.created", targetKind: "ApiKey", targetId: key.id, after };
}
