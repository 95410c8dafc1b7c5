import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { refusing } from "../database/constraint-errors.js";
import { newId } from "../database/new-id.js";
import { originsOf } from "../secrets/imported-digest.js";
import { mintSecret } from "../secrets/secret-format.js";
import type { ApiKeySecret } from "./api-key-secret.entity.js";
import { type BulkEntry, draftKeys, type KeyDraft, refusalOf, writeKeys } from "./bulk-drafts.js";
import type { KeyPolicy } from "./draft-api-key.js";
import type { SecretReader } from "./find-by-secret.js";
import type { ImportApiKeyInput, ImportApiKeysPayload } from "./import-keys.types.js";
import type { KeyMails } from "./key-mails.js";
import { hashTaken, readHash } from "./read-hash.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { NOT_SEALED } from "./sealed-secret.js";

const JUST_IMPORTED = ["keys", "one of the hashes has just been imported: try again"] as const;

const REFUSALS = {
  ...API_KEY_REFUSALS,
  api_key_secrets_origin_unique: JUST_IMPORTED,
  api_key_secrets_imported: JUST_IMPORTED,
} as const;

interface ImportedHash {
  readonly digest: Buffer;
  /** For each version of the key ring, the current one first. */
  readonly origins: readonly Buffer[];
}

/** Takes over keys of another system by their hashes: their holders go on with the secrets that they have (4.10). */
export class ImportKeysService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly policy: KeyPolicy,
    private readonly mails: KeyMails,
  ) {}

  import(call: Call, given: readonly BulkEntry<ImportApiKeyInput>[], dryRun = false): Promise<ImportApiKeysPayload> {
    const hashes = new Map<number, ImportedHash>();
    const entries = given.map((entry, index) => this.readEntry(entry, index, hashes));
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const drafted = await draftKeys(manager, call, entries, this.policy, () => this.newLookupId());
        const { refused } = drafted;
        const taken = await this.findTaken(manager, hashes);
        for (const index of taken) if (!refused.has(index)) refused.set(index, refusalOf(hashTaken()));
        const drafts = drafted.drafts.filter(({ index }) => !taken.has(index));
        if (!dryRun) await this.write(manager, call, drafts, entries, hashes);
        const keys = new Map(dryRun ? [] : drafts.map(({ index, key }) => [index, key]));
        const results = entries.map((_, index) => ({
          index,
          apiKey: keys.get(index) ?? null,
          refused: refused.get(index) ?? null,
        }));
        return { dryRun, importedCount: drafts.length, refusedCount: refused.size, results };
      }),
    );
  }

  private readEntry(
    { input, problems }: BulkEntry<ImportApiKeyInput>,
    index: number,
    hashes: Map<number, ImportedHash>,
  ): BulkEntry<ImportApiKeyInput> {
    if (input.recoverable === true) {
      const problem = { path: "recoverable", message: "must be false: only the hash of the key is known" };
      return { input, problems: [...problems, problem] };
    }
    const digest = readHash(input);
    if (!Buffer.isBuffer(digest)) return { input, problems: [...problems, digest] };
    hashes.set(index, { digest, origins: originsOf(this.secrets.keyRing, digest) });
    return { input, problems };
  }

  /** The indices of hashes that are known, or stand earlier. One that was replaced since is known by its origin. */
  private async findTaken(
    manager: EntityManager,
    hashes: ReadonlyMap<number, ImportedHash>,
  ): Promise<ReadonlySet<number>> {
    const rows: { origin: Buffer }[] = await manager.query(
      "select origin from api_key_secrets where origin = any($1::bytea[])",
      [[...hashes.values()].flatMap(({ origins }) => origins)],
    );
    const known = new Set(rows.map(({ origin }) => origin.toString("hex")));
    const taken = new Set<number>();
    for (const [index, { origins }] of hashes) {
      const own = origins.map((origin) => origin.toString("hex"));
      if (own.some((origin) => known.has(origin))) taken.add(index);
      for (const origin of own) known.add(origin);
    }
    return taken;
  }

  private async write(
    manager: EntityManager,
    call: Call,
    drafts: readonly KeyDraft[],
    entries: readonly BulkEntry<ImportApiKeyInput>[],
    hashes: ReadonlyMap<number, ImportedHash>,
  ): Promise<void> {
    const prefixOf = ({ index }: KeyDraft): string => entries[index]?.input.prefix ?? "";
    const rows = drafts.map((draft) => {
      const { digest, origins } = hashes.get(draft.index) as ImportedHash;
      return importedRow(call.now, draft, { digest, prefix: prefixOf(draft) || null, origin: origins[0] as Buffer });
    });
    await writeKeys(manager, call, this.mails, drafts, rows);
    await manager.query(
      "insert into imported_key_prefixes (prefix) select distinct unnest($1::text[]) on conflict do nothing",
      [drafts.map(prefixOf)],
    );
  }

  /** To recognise the key by in lists: its text has none. */
  private newLookupId(): string {
    return mintSecret(this.secrets.brand, "key", randomBytes).lookupId;
  }
}

function importedRow(
  now: Date,
  { key }: KeyDraft,
  imported: Pick<ApiKeySecret, "digest" | "prefix" | "origin">,
): Omit<ApiKeySecret, "retiresAt"> {
  return {
    id: newId(now),
    apiKeyId: key.id,
    place: "CURRENT",
    lookupId: key.lookupId,
    ...imported,
    pepperVersion: null,
    imported: true,
    ...NOT_SEALED,
    createdAt: now,
    lastAccessedAt: null,
    lastAccessedFrom: null,
  };
}
