import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { mintSecret } from "../secrets/secret-format.js";
import { ApiKey } from "./api-key.entity.js";
import type { MintedApiKey } from "./api-key.service.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import type { SecretReader } from "./find-by-secret.js";
import { findKeyForChange, refuseDraft, refuseEnded } from "./find-for-change.js";
import type { KeyMails } from "./key-mails.js";
import { refuseStrongerKey } from "./key-strength.js";
import { GRACE_SECONDS_DEFAULT, type RotateApiKeyInput } from "./rotation.types.js";
import { NOT_SEALED } from "./sealed-secret.js";
import { secretRow } from "./secret-row.js";

/** Of each key, newest first. Who sends an older one is told that it is unknown. */
const RETIRED_MAX = 10;

/** Gives a key a new secret in place: id, groups, quota and history stay (4.6). */
export class RotationService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly mails: KeyMails,
  ) {}

  async rotate(call: Call, { id, graceSeconds = GRACE_SECONDS_DEFAULT }: RotateApiKeyInput): Promise<MintedApiKey> {
    const minted = mintSecret(this.secrets.brand, "key", randomBytes);
    const apiKey = await this.database.transaction(async (manager) => {
      const key = await findKeyForChange(manager, call, id);
      await refuseStrongerKey(manager, call.actor, key);
      refuseEnded(key, call.now);
      refuseDraft(key);
      const endsAt = graceEnd(key, graceSeconds, call.now);
      await retirePrevious(manager, id);
      const { affected } = await manager.update(
        ApiKeySecret,
        { apiKeyId: id, place: "CURRENT" },
        endsAt > call.now ? { place: "PREVIOUS" } : { place: "RETIRED", ...NOT_SEALED },
      );
      if (affected !== 1) throw new Error(`API key ${id} has no current secret.`);
      await manager.insert(ApiKeySecret, secretRow(call.now, key, minted, this.secrets.keyRing));
      await dropOldestRetired(manager, id);
      const changes = { lookupId: minted.lookupId, rotationEndsAt: endsAt, updatedAt: call.now };
      const before = { lookupId: key.lookupId, rotationEndsAt: key.rotationEndsAt };
      await manager.update(ApiKey, { id }, changes);
      const { updatedAt: _, ...after } = changes;
      await record(manager, call, { event: "apiKey.rotated", targetKind: "ApiKey", targetId: id, before, after });
      Object.assign(key, changes);
      await this.mails.tell(manager, call, "keyRotated", [key]);
      return key;
    });
    return { apiKey, secret: minted.text };
  }

  /** Ends the grace now. Without one there is nothing to finish. */
  async finish(call: Call, id: string): Promise<ApiKey> {
    return this.database.transaction(async (manager) => {
      const key = await findKeyForChange(manager, call, id);
      const { rotationEndsAt } = key;
      if (!rotationEndsAt || rotationEndsAt <= call.now) return key;

      await retirePrevious(manager, id);
      const changes = { rotationEndsAt: call.now, updatedAt: call.now };
      await manager.update(ApiKey, { id }, changes);
      const facts = { before: { rotationEndsAt }, after: { rotationEndsAt: call.now } };
      await record(manager, call, { event: "apiKey.rotationFinished", targetKind: "ApiKey", targetId: id, ...facts });
      return Object.assign(key, changes);
    });
  }
}

function graceEnd({ expiresAt }: ApiKey, graceSeconds: number, now: Date): Date {
  const wishedMs = now.getTime() + graceSeconds * 1_000;
  return new Date(Math.min(wishedMs, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));
}

async function retirePrevious(manager: EntityManager, apiKeyId: string): Promise<void> {
  await manager.update(ApiKeySecret, { apiKeyId, place: "PREVIOUS" }, { place: "RETIRED", ...NOT_SEALED });
}

async function dropOldestRetired(manager: EntityManager, apiKeyId: string): Promise<void> {
  await manager.query(
    `delete from api_key_secrets where id in (
       select id from api_key_secrets where api_key_id = $1 and place = 'RETIRED'
       order by created_at desc, id desc offset $2
     )`,
    [apiKeyId, RETIRED_MAX],
  );
}
