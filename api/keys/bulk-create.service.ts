import { randomBytes } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { refusing } from "../database/constraint-errors.js";
import { type MintedSecret, mintSecret } from "../secrets/secret-format.js";
import type { CreateApiKeyResult, CreateApiKeysPayload } from "./bulk.types.js";
import { type BulkEntry, draftKeys, writeKeys } from "./bulk-drafts.js";
import type { KeyPolicy } from "./draft-api-key.js";
import type { SecretReader } from "./find-by-secret.js";
import type { KeyMails } from "./key-mails.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { secretRow } from "./secret-row.js";

/** Creates many keys at once, each judged alone (4.10). */
export class BulkCreateService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly policy: KeyPolicy,
    private readonly mails: KeyMails,
  ) {}

  create(call: Call, entries: readonly BulkEntry[]): Promise<CreateApiKeysPayload> {
    const { brand, keyRing } = this.secrets;
    const minted = entries.map(() => mintSecret(brand, "key", randomBytes));
    const mintedOf = (index: number) => minted[index] as MintedSecret;
    return refusing(API_KEY_REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const lookupIdOf = (index: number) => mintedOf(index).lookupId;
        const { drafts, refused } = await draftKeys(manager, call, entries, this.policy, lookupIdOf);
        const rows = drafts.map(({ index, key }) => secretRow(call.now, key, mintedOf(index), keyRing));
        await writeKeys(manager, call, this.mails, drafts, rows);
        const keys = new Map(drafts.map(({ index, key }) => [index, key]));
        const results = entries.map((_, index): CreateApiKeyResult => {
          const apiKey = keys.get(index) ?? null;
          return { index, apiKey, secret: apiKey && mintedOf(index).text, refused: refused.get(index) ?? null };
        });
        return { createdCount: drafts.length, refusedCount: refused.size, results };
      }),
    );
  }
}
