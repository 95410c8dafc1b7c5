import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { recordAll } from "../audit/record.js";
import { conflict, invalidInput } from "../errors.js";
import { IN_FORCE } from "./api-key-status.js";
import { REVOKED_MAX, type RevokeApiKeysInput, type RevokeApiKeysPayload } from "./bulk.types.js";
import { byOwner } from "./by-owner.js";
import type { KeyMails } from "./key-mails.js";
import { findKeys } from "./list-api-keys.js";

/** Revokes many keys at once, if they are as many as the caller expects (4.10). */
export class BulkRevokeService {
  constructor(
    private readonly database: DataSource,
    private readonly mails: KeyMails,
  ) {}

  revoke(call: Call, { expectedCount, reason, ...wanted }: RevokeApiKeysInput): Promise<RevokeApiKeysPayload> {
    refuseEverything(wanted);
    return this.database.transaction(async (manager) => {
      // Locked before they are counted: none is added to what is revoked, and none is missed.
      const keys = await findKeys(manager, call, wanted)
        .andWhere(IN_FORCE)
        .orderBy("key.id")
        .limit(REVOKED_MAX + 1)
        .setLock("pessimistic_write")
        .getMany();
      if (keys.length !== expectedCount) {
        const found = keys.length > REVOKED_MAX ? `more than ${REVOKED_MAX}` : String(keys.length);
        throw conflict("expectedCount", `${found} keys in force match, and nothing was changed`);
      }
      if (keys.length === 0) return { revokedCount: 0 };

      const ids = keys.map(({ id }) => id);
      await manager.query(
        `update api_keys set revoked_at = greatest($2, created_at), revoked_by = $3, revocation_reason = $4, updated_at = $2
         where id = any($1::uuid[])`,
        [ids, call.now, call.actor.name, reason],
      );
      await manager.query(
        `update api_key_secrets set sealed = null, sealed_version = null
         where api_key_id = any($1::uuid[]) and sealed is not null`,
        [ids],
      );
      const change = { before: { revokedAt: null }, after: { revokedAt: call.now } };
      const events = ids.map((targetId) => ({
        event: "apiKey.revoked",
        targetKind: "ApiKey",
        targetId,
        reason,
        ...change,
      }));
      await recordAll(manager, call, events);
      for (const own of byOwner(keys)) await this.mails.tell(manager, call, "keyRevoked", own);
      return { revokedCount: keys.length };
    });
  }
}

function refuseEverything({ filter, search }: Pick<RevokeApiKeysInput, "filter" | "search">): void {
  const narrowed = Object.values(filter ?? {}).some((value) => value != null);
  if (!narrowed && !search?.trim()) {
    throw invalidInput({ path: "filter", message: "must say which keys: give a condition, or search" });
  }
}
