import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { Call } from "../access/call.js";
import { recordAll } from "../audit/record.js";
import { ApiError, conflict, type FieldProblem, invalidInput } from "../errors.js";
import { ApiKey } from "./api-key.entity.js";
import type { CreateApiKeyInput } from "./api-key.types.js";
import { ApiKeyGroup } from "./api-key-group.entity.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import type { Refused } from "./bulk.types.js";
import { byOwner } from "./by-owner.js";
import { type KeyPolicy, refuseForeignGroups } from "./draft-api-key.js";
import type { KeyMails } from "./key-mails.js";
import { KeyOwners } from "./key-owners.js";
import { createdEvent, newKey } from "./new-key.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { findTakenNames } from "./taken-names.js";

/** Rows of one statement: 45 columns of each stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

export interface BulkEntry<T extends CreateApiKeyInput = CreateApiKeyInput> {
  readonly input: T;
  /** What is wrong with the entry by itself. */
  readonly problems: readonly FieldProblem[];
}

/** A key to be made of one of many entries. */
export interface KeyDraft {
  readonly index: number;
  readonly key: ApiKey;
  readonly groupIds: readonly string[];
}

export interface Drafted {
  readonly drafts: readonly KeyDraft[];
  /** By the entry's index. */
  readonly refused: Map<number, Refused>;
}

/** Judges each entry alone: a key to be made of it, or why there is none. */
export async function draftKeys(
  manager: EntityManager,
  call: Call,
  entries: readonly BulkEntry[],
  policy: KeyPolicy,
  newLookupId: (index: number) => string,
): Promise<Drafted> {
  const owners = new KeyOwners(manager, call.actor);
  const refused = new Map<number, Refused>();
  const drafts: KeyDraft[] = [];
  for (const [index, { input, problems }] of entries.entries()) {
    try {
      const [first, ...others] = problems;
      if (first) throw invalidInput(first, ...others);
      const { owner, held } = await owners.of(input);
      const groupIds = input.groupIds ?? [];
      refuseForeignGroups(owner, groupIds, held);
      drafts.push({ index, groupIds, key: newKey(call, owner, input, newLookupId(index), policy) });
    } catch (error) {
      refused.set(index, refusalOf(error));
    }
  }
  const taken = await findTakenNames(manager, keysOf(drafts), call.now);
  for (const place of taken) {
    const { index } = drafts[place] as KeyDraft;
    refused.set(index, refusalOf(conflict(...API_KEY_REFUSALS.api_keys_name_unique_in_force)));
  }
  return { refused, drafts: drafts.filter((_, place) => !taken.has(place)) };
}

/** Writes keys with their secrets, groups, audit events and mails, in a few statements. */
export async function writeKeys(
  manager: EntityManager,
  call: Call,
  mails: KeyMails,
  drafts: readonly KeyDraft[],
  secrets: readonly Omit<ApiKeySecret, "retiresAt">[],
): Promise<void> {
  const links = drafts.flatMap(({ key, groupIds }) =>
    groupIds.map((groupId) => ({ apiKeyId: key.id, groupId, clientId: key.clientId as string })),
  );
  await insertAll(manager, ApiKey, keysOf(drafts));
  await insertAll(manager, ApiKeySecret, secrets);
  await insertAll(manager, ApiKeyGroup, links);
  const events = drafts.map(({ key, groupIds }) => createdEvent(key, groupIds));
  await recordAll(manager, call, events);
  for (const own of byOwner(keysOf(drafts))) await mails.tell(manager, call, "keyCreated", own);
}

/** Anything but a refusal ends the whole request. */
export function refusalOf(error: unknown): Refused {
  if (!(error instanceof ApiError)) throw error;
  const { code, message, fields } = error;
  return { code, message, fields };
}

function keysOf(drafts: readonly KeyDraft[]): ApiKey[] {
  return drafts.map(({ key }) => key);
}

async function insertAll<T extends ObjectLiteral>(
  manager: EntityManager,
  Entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    await manager.insert(Entity as EntityTarget<ObjectLiteral>, rows.slice(from, from + ROWS_MAX));
  }
}
