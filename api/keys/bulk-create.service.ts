import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { Call } from "../access/call.js";
import { recordAll } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import { ApiError, conflict, type FieldProblem, invalidInput } from "../errors.js";
import { type MintedSecret, mintSecret } from "../secrets/secret-format.js";
import { ApiKey } from "./api-key.entity.js";
import type { CreateApiKeyInput } from "./api-key.types.js";
import { ApiKeyGroup } from "./api-key-group.entity.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import type { CreateApiKeyResult, CreateApiKeysPayload } from "./bulk.types.js";
import { byOwner } from "./by-owner.js";
import { type KeyPolicy, refuseForeignGroups } from "./draft-api-key.js";
import type { SecretReader } from "./find-by-secret.js";
import type { KeyMails } from "./key-mails.js";
import { KeyOwners } from "./key-owners.js";
import { createdEvent, newKey } from "./new-key.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { secretRow } from "./secret-row.js";
import { findTakenNames } from "./taken-names.js";

/** Rows of one statement: 40 columns of each stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

export interface BulkEntry {
  readonly input: CreateApiKeyInput;
  /** What is wrong with the entry by itself. */
  readonly problems: readonly FieldProblem[];
}

interface Draft {
  readonly index: number;
  readonly key: ApiKey;
  readonly groupIds: readonly string[];
  readonly minted: MintedSecret;
}

/** Creates many keys in a few statements, each judged alone (4.10). */
export class BulkCreateService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly policy: KeyPolicy,
    private readonly mails: KeyMails,
  ) {}

  create(call: Call, entries: readonly BulkEntry[]): Promise<CreateApiKeysPayload> {
    return refusing(API_KEY_REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const results: CreateApiKeyResult[] = [];
        const drafts: Draft[] = [];
        const owners = new KeyOwners(manager, call.actor);
        for (const [index, entry] of entries.entries()) {
          try {
            drafts.push(await this.draft(call, owners, index, entry));
          } catch (error) {
            results[index] = refusedResult(index, error);
          }
        }
        const taken = await findTakenNames(manager, keysOf(drafts), call.now);
        for (const place of taken) {
          const { index } = drafts[place] as Draft;
          results[index] = refusedResult(index, conflict(...API_KEY_REFUSALS.api_keys_name_unique_in_force));
        }
        const accepted = drafts.filter((_, place) => !taken.has(place));
        await this.write(manager, call, accepted);
        for (const { index, key, minted } of accepted) {
          results[index] = { index, apiKey: key, secret: minted.text, refused: null };
        }
        return { createdCount: accepted.length, refusedCount: entries.length - accepted.length, results };
      }),
    );
  }

  private async draft(call: Call, owners: KeyOwners, index: number, { input, problems }: BulkEntry): Promise<Draft> {
    const [first, ...others] = problems;
    if (first) throw invalidInput(first, ...others);
    const { owner, held } = await owners.of(input);
    const groupIds = input.groupIds ?? [];
    refuseForeignGroups(owner, groupIds, held);
    const minted = mintSecret(this.secrets.brand, "key", randomBytes);
    return { index, groupIds, minted, key: newKey(call, owner, input, minted.lookupId, this.policy) };
  }

  private async write(manager: EntityManager, call: Call, drafts: readonly Draft[]): Promise<void> {
    const { keyRing } = this.secrets;
    const secrets = drafts.map(({ key, minted }) => secretRow(call.now, key, minted, keyRing));
    const links = drafts.flatMap(({ key, groupIds }) =>
      groupIds.map((groupId) => ({ apiKeyId: key.id, groupId, clientId: key.clientId as string })),
    );
    await insertAll(manager, ApiKey, keysOf(drafts));
    await insertAll(manager, ApiKeySecret, secrets);
    await insertAll(manager, ApiKeyGroup, links);
    const events = drafts.map(({ key, groupIds }) => createdEvent(key, groupIds));
    await recordAll(manager, call, events);
    for (const own of byOwner(keysOf(drafts))) await this.mails.tell(manager, call, "keyCreated", own);
  }
}

function keysOf(drafts: readonly Draft[]): ApiKey[] {
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

/** Anything but a refusal ends the whole request. */
function refusedResult(index: number, error: unknown): CreateApiKeyResult {
  if (!(error instanceof ApiError)) throw error;
  const { code, message, fields } = error;
  return { index, apiKey: null, secret: null, refused: { code, message, fields } };
}
