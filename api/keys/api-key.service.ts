import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { Call, CallOrigin } from "../access/call.js";
import { reachesKey } from "../access/reach.js";
import { record } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import type { Page } from "../database/paginate.js";
import { notFound } from "../errors.js";
import { mintSecret } from "../secrets/secret-format.js";
import { ApiKey } from "./api-key.entity.js";
import type { ApiKeyArgs, CreateApiKeyInput, RevokeApiKeyInput, SurrenderSecretInput } from "./api-key.types.js";
import { ApiKeyGroup } from "./api-key-group.entity.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import { findOwner, groupsHeldBy, type KeyPolicy, refuseForeignGroups } from "./draft-api-key.js";
import { findKeyBySecret, type SecretReader } from "./find-by-secret.js";
import { findKeyForChange } from "./find-for-change.js";
import type { KeyMails } from "./key-mails.js";
import { refuseStrongerKey } from "./key-strength.js";
import { listApiKeys } from "./list-api-keys.js";
import { createdEvent, newKey } from "./new-key.js";
import { API_KEY_REFUSALS } from "./refusals.js";
import { NOT_SEALED } from "./sealed-secret.js";
import { secretRow } from "./secret-row.js";

export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

export class ApiKeyService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
    private readonly policy: KeyPolicy,
    private readonly mails: KeyMails,
  ) {}

  list(call: Call, args: ApiKeyArgs): Promise<Page<ApiKey>> {
    return listApiKeys(this.database, call, args);
  }

  async get({ actor }: Call, id: string): Promise<ApiKey> {
    const key = await this.database.manager.findOneBy(ApiKey, { id });
    if (!key || !reachesKey(actor, key)) throw notFound("API key", `id=${id}`);
    return key;
  }

  async create(call: Call, input: CreateApiKeyInput): Promise<MintedApiKey> {
    const minted = mintSecret(this.secrets.brand, "key", randomBytes);
    const groupIds = input.groupIds ?? [];
    const apiKey = await refusing(API_KEY_REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const owner = await findOwner(manager, call.actor, input);
        refuseForeignGroups(owner, groupIds, await groupsHeldBy(manager, owner));
        const key = newKey(call, owner, input, minted.lookupId, this.policy);
        await manager.insert(ApiKey, key);
        await manager.insert(ApiKeySecret, secretRow(call.now, key, minted, this.secrets.keyRing));
        const links = groupIds.map((groupId) => ({ apiKeyId: key.id, groupId, clientId: owner.id }));
        if (links.length > 0) await manager.insert(ApiKeyGroup, links);
        await record(manager, call, createdEvent(key, groupIds));
        await this.mails.tell(manager, call, "keyCreated", [key]);
        return key;
      }),
    );
    return { apiKey, secret: minted.text };
  }

  /** Revoking again changes nothing: who revoked it first, when and why stays. */
  async revoke(call: Call, { id, reason }: RevokeApiKeyInput): Promise<ApiKey> {
    return this.database.transaction(async (manager) => {
      const key = await findKeyForChange(manager, call, id);
      return this.markRevoked(manager, call, key, reason);
    });
  }

  /** Whoever holds a secret may give it up, signed in or not. */
  async surrender(origin: CallOrigin, { secret, reason }: SurrenderSecretInput): Promise<ApiKey> {
    return this.database.transaction(async (manager) => {
      const found = await findKeyBySecret(manager, this.secrets, secret, origin.now);
      const key =
        found && (await manager.findOne(ApiKey, { where: { id: found.id }, lock: { mode: "pessimistic_write" } }));
      if (!key) throw notFound("secret", "surrender of an unknown secret");
      const holder = { ...SYSTEM_ACTOR, id: key.id, name: `holder of ${key.lookupId}` };
      return this.markRevoked(manager, { ...origin, actor: holder }, key, reason);
    });
  }

  async disable(call: Call, id: string): Promise<ApiKey> {
    return this.setDisabled(call, id, call.now);
  }

  async enable(call: Call, id: string): Promise<ApiKey> {
    return this.setDisabled(call, id, null);
  }

  private async setDisabled(call: Call, id: string, disabledAt: Date | null): Promise<ApiKey> {
    return this.database.transaction(async (manager) => {
      const key = await findKeyForChange(manager, call, id);
      if ((key.disabledAt === null) === (disabledAt === null)) return key;
      if (!disabledAt) await refuseStrongerKey(manager, call.actor, key);

      const changes = { disabledAt, updatedAt: call.now, ...(!disabledAt && { enabledAt: call.now }) };
      await manager.update(ApiKey, { id }, changes);
      const event = disabledAt ? "apiKey.disabled" : "apiKey.enabled";
      const before = { disabledAt: key.disabledAt };
      await record(manager, call, { event, targetKind: "ApiKey", targetId: key.id, before, after: { disabledAt } });
      return Object.assign(key, changes);
    });
  }

  private async markRevoked(manager: EntityManager, call: Call, key: ApiKey, reason?: string): Promise<ApiKey> {
    if (key.revokedAt) return key;

    // A node whose clock is behind must not end a key before its beginning.
    const revokedAt = call.now < key.createdAt ? key.createdAt : call.now;
    const revocation = { revokedAt, revokedBy: call.actor.name, revocationReason: reason ?? null };
    const changes = { ...revocation, updatedAt: call.now };
    await manager.update(ApiKey, { id: key.id }, changes);
    await manager.update(ApiKeySecret, { apiKeyId: key.id }, NOT_SEALED);
    const happening = { event: "apiKey.revoked", targetKind: "ApiKey", targetId: key.id, reason: reason ?? null };
    await record(manager, call, { ...happening, before: { revokedAt: null }, after: { revokedAt } });
    await this.mails.tell(manager, call, "keyRevoked", [key]);
    return Object.assign(key, changes);
  }
}
