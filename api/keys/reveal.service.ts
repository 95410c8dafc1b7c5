import type { DataSource } from "typeorm";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { record } from "../audit/record.js";
import { ApiError, conflict } from "../errors.js";
import type { KeyRing } from "../secrets/key-ring.js";
import type { ApiKey } from "./api-key.entity.js";
import type { MintedApiKey } from "./api-key.service.js";
import type { RevealApiKeyInput } from "./api-key.types.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import { findKeyForChange, refuseEnded } from "./find-for-change.js";
import { refuseStrongerKey } from "./key-strength.js";
import { unsealSecret } from "./sealed-secret.js";

/** Shows the secret of a recoverable key again (4.8). */
export class RevealService {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
  ) {}

  /** The secret leaves only when its audit event is there to stay. */
  async reveal(call: Call, { id, reason }: RevealApiKeyInput): Promise<MintedApiKey> {
    return this.database.transaction(async (manager) => {
      const apiKey = await findKeyForChange(manager, call, id);
      if (!mayReveal(call.actor, apiKey)) {
        throw new ApiError("FORBIDDEN", "Only its owner and a system administrator may reveal a key.");
      }
      await refuseStrongerKey(manager, call.actor, apiKey);
      refuseEnded(apiKey, call.now);
      const current = await manager.findOneByOrFail(ApiKeySecret, { apiKeyId: id, place: "CURRENT" });
      const secret = unsealSecret(this.keyRing, current);
      if (secret === undefined) {
        throw conflict("id", "the key is not recoverable: its secret was shown when it was made, and not kept");
      }
      const target = { targetKind: "ApiKey", targetId: id };
      const after = { lookupId: current.lookupId };
      await record(manager, call, { event: "apiKey.revealed", ...target, reason, after });
      return { apiKey, secret };
    });
  }
}

function mayReveal(actor: Actor, { clientId, userId }: ApiKey): boolean {
  return actor.role === Role.SYSTEM_ADMIN || actor.id === (clientId ?? userId);
}
