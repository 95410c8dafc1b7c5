import { randomBytes } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import { ApiError, conflict, notFound } from "../errors.js";
import { mintSecret } from "../secrets/secret-format.js";
import { ApiKey, ApiKeyKind } from "./api-key.entity.js";
import type { MintedApiKey } from "./api-key.service.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import { findOwner, type KeyPolicy } from "./draft-api-key.js";
import type { SecretReader } from "./find-by-secret.js";
import { findKeyForChange, refuseEnded } from "./find-for-change.js";
import { type DraftIntegrationTokenInput, READS } from "./integration-token.types.js";
import type { KeyMails } from "./key-mails.js";
import { createdEvent, newKey } from "./new-key.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { secretRow } from "./secret-row.js";

/** After that a draft was forgotten, and its code may be anywhere. */
const CONFIRMABLE_MS = 24 * 60 * 60_000;

/** Keys of the administrator's for other systems: drafted with a code, and of no use until they are confirmed (4.7). */
export class IntegrationTokenService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly policy: KeyPolicy,
    private readonly mails: KeyMails,
  ) {}

  async draft(call: Call, { label, ...input }: DraftIntegrationTokenInput): Promise<MintedApiKey> {
    if (call.actor.apiKeyId !== null) {
      throw new ApiError("FORBIDDEN", "An integration token is drafted by an administrator who has signed in.");
    }
    const minted = mintSecret(this.secrets.brand, "key", randomBytes);
    const wanted = { ...input, name: label, scopes: input.scopes ?? READS };
    const apiKey = await refusing({ ...API_KEY_REFUSALS, api_keys_name_unique_in_force: LABEL_TAKEN }, () =>
      this.database.transaction(async (manager) => {
        const owner = await findOwner(manager, call.actor, wanted);
        const key = newKey(call, owner, wanted, minted.lookupId, this.policy);
        Object.assign(key, { kind: ApiKeyKind.INTEGRATION, draft: true });
        await manager.insert(ApiKey, key);
        await manager.insert(ApiKeySecret, secretRow(call.now, key, minted, this.secrets.keyRing));
        await record(manager, call, { ...createdEvent(key, []), event: "integrationToken.drafted" });
        return key;
      }),
    );
    return { apiKey, secret: minted.text };
  }

  /** Confirming again changes nothing. */
  confirm(call: Call, id: string): Promise<ApiKey> {
    return this.database.transaction(async (manager) => {
      const key = await findKeyForChange(manager, call, id);
      if (key.kind !== ApiKeyKind.INTEGRATION) throw notFound("API key", `${id} is no integration token`);
      if (!key.draft) return key;
      refuseEnded(key, call.now);
      if (call.now.getTime() - key.createdAt.getTime() > CONFIRMABLE_MS) {
        throw conflict("id", "the draft is older than 24 hours: revoke it and draft another one");
      }
      const changes = { draft: false, updatedAt: call.now };
      await manager.update(ApiKey, { id }, changes);
      const target = { targetKind: "ApiKey", targetId: id, before: { draft: true }, after: { draft: false } };
      await record(manager, call, { event: "integrationToken.confirmed", ...target });
      Object.assign(key, changes);
      await this.mails.tell(manager, call, "keyCreated", [key]);
      return key;
    });
  }
}

const LABEL_TAKEN = ["label", "the caller has a key in force with this name"] as const;
