import type { DataSource, EntityManager } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { CallOrigin } from "../access/call.js";
import { type ApiError, invalidInput } from "../errors.js";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { withPasswordHasher } from "../secrets/passwords.js";
import { findAccount } from "./find-account.js";
import { PasswordReset } from "./password-reset.entity.js";
import { resetIdIn } from "./request-password-reset.js";
import { refuseWeakPassword, setPassword } from "./set-password.js";

export interface NewPasswordByLink {
  readonly token: string;
  readonly password: string;
  readonly passwordConfirmation: string;
}

/** Sets a new password, once for each link. All sessions end; a lock stays. */
export async function resetPasswordByLink(
  database: DataSource,
  keyRing: KeyRing,
  origin: CallOrigin,
  { token, password, passwordConfirmation }: NewPasswordByLink,
): Promise<void> {
  const id = resetIdIn(token);
  if (id === undefined) throw uselessLink();
  if (password !== passwordConfirmation) {
    throw invalidInput({ path: "passwordConfirmation", message: "must be the same as password" });
  }
  await withPasswordHasher("STRANGER", (hasher) =>
    database.transaction(async (manager) => {
      const reset = await findInForce(manager, keyRing, id, token, origin.now);
      const { userId, clientId } = reset;
      const account = await findAccount(manager, userId === null ? { clientId: clientId as string } : { userId });
      refuseWeakPassword(account, password, "password");
      await manager.update(PasswordReset, { id }, { usedAt: origin.now });
      await setPassword(manager, { ...origin, actor: SYSTEM_ACTOR }, account, {
        digest: await hasher.hash(password),
        changeRequired: false,
        unlock: false,
        keptSessionId: null,
        happened: "passwordReset",
      });
    }),
  );
}

async function findInForce(
  manager: EntityManager,
  keyRing: KeyRing,
  id: string,
  token: string,
  now: Date,
): Promise<PasswordReset> {
  const reset = await manager.findOne(PasswordReset, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!reset || !matchesDigest(keyRing, reset, token)) throw uselessLink();
  if (reset.usedAt || reset.expiresAt <= now) throw uselessLink();
  return reset;
}

/** Unknown, used and expired give one answer. */
function uselessLink(): ApiError {
  return invalidInput({ path: "token", message: "is not, or no longer, of use: ask for a new link" });
}
