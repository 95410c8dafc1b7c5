import type { DataSource } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { CallOrigin } from "../access/call.js";
import { record } from "../audit/record.js";
import { Client } from "../clients/client.entity.js";
import { type ApiError, invalidInput } from "../errors.js";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { PasswordReset } from "./password-reset.entity.js";
import { resetIdIn } from "./request-password-reset.js";
import { setPassword } from "./set-password.js";
import { User } from "./user.entity.js";

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
  await database.transaction(async (manager) => {
    const reset = await manager.findOne(PasswordReset, { where: { id }, lock: { mode: "pessimistic_write" } });
    if (!reset || !matchesDigest(keyRing, reset, token)) throw uselessLink();
    if (reset.usedAt || reset.expiresAt <= origin.now) throw uselessLink();

    const account =
      reset.userId === null
        ? await manager.findOneByOrFail(Client, { id: reset.clientId as string })
        : await manager.findOneByOrFail(User, { id: reset.userId });
    await setPassword(manager, account, password, origin.now);
    await manager.update(PasswordReset, { id }, { usedAt: origin.now });
    const targetKind = account instanceof User ? "User" : "Client";
    const happening = { event: "password.reset", targetKind, targetId: account.id };
    await record(manager, { ...origin, actor: SYSTEM_ACTOR }, happening);
  });
}

/** Unknown, used and expired give one answer. */
function uselessLink(): ApiError {
  return invalidInput({ path: "token", message: "is not, or no longer, of use: ask for a new link" });
}
