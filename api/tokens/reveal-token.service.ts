import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { record } from "../audit/record.js";
import { ApiError, conflict } from "../errors.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { findTokenForChange } from "./find-token.js";
import type { ShownToken } from "./generate-token.service.js";
import { unsealToken } from "./sealed-token.js";
import type { RevealTokenInput } from "./token.types.js";
import { statusOf, TokenStatus } from "./token-status.js";

const ENDED = new Set([TokenStatus.REVOKED, TokenStatus.REPLACED, TokenStatus.EXPIRED]);

/** Shows a saved token again (5.4). */
export class RevealTokenService {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
  ) {}

  /** The text leaves only when its audit event is there to stay. */
  async reveal(call: Call, { id, reason }: RevealTokenInput): Promise<ShownToken> {
    return this.database.transaction(async (manager) => {
      const { token, family } = await findTokenForChange(manager, call, id);
      if (call.actor.role !== Role.SYSTEM_ADMIN && call.actor.id !== family.clientId) {
        throw new ApiError("FORBIDDEN", "Only its client and a system administrator may reveal a token.");
      }
      // Whether it is used up does not matter: it may not be used again by being shown.
      const status = statusOf(token, family, 0, call.now);
      if (ENDED.has(status))
        throw conflict("id", `the token is ${status.toLowerCase()} and stays so: generate another`);
      const secret = unsealToken(this.keyRing, token);
      if (secret === undefined)
        throw conflict("id", "the token was not saved: it was shown when it was made, and not kept");
      const target = { targetKind: "Token", targetId: id };
      const after = { lookupId: token.lookupId };
      await record(manager, call, { event: "token.revealed", ...target, reason, after });
      return { token, secret, refreshSecret: null };
    });
  }
}
