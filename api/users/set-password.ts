import type { EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { Client } from "../clients/client.entity.js";
import { invalidInput } from "../errors.js";
import { passwordWeakness } from "../secrets/passwords.js";
import { endSessions } from "./end-sessions.js";
import { aboutAccount, namesOf } from "./find-account.js";
import { NO_FAILURES } from "./sign-in-policy.js";
import { User } from "./user.entity.js";

export interface NewPassword {
  readonly digest: string;
  /** Whether it must be changed at the next sign-in, because somebody else knows it. */
  readonly changeRequired: boolean;
  /** Whether failed sign-ins are forgotten, and with them a lock that they led to. */
  readonly unlock: boolean;
  /** The session that goes on; all others of the account end. */
  readonly keptSessionId: string | null;
  /** Past participle for the audit: `passwordChanged`, `passwordReset`. */
  readonly happened: string;
}

/** Gives an account its new password, within the transaction that has locked the account's row. */
export async function setPassword(
  manager: EntityManager,
  call: Call,
  account: User | Client,
  { digest, changeRequired, unlock, keptSessionId, happened }: NewPassword,
): Promise<void> {
  const changes = {
    passwordDigest: digest,
    passwordChangeRequired: changeRequired,
    updatedAt: call.now,
    ...(unlock && NO_FAILURES),
  };
  await manager.update(account instanceof Client ? Client : User, { id: account.id }, changes);
  const sessions = await endSessions(manager, account, call.now, keptSessionId);
  Object.assign(account, changes);
  await record(manager, call, { ...aboutAccount(account, happened), after: { changeRequired, sessions } });
}

/** Refuses a password that is too weak for the account; `path` is the input field that holds it. */
export function refuseWeakPassword(account: User | Client, password: string, path: string): void {
  const weakness = passwordWeakness(password, namesOf(account));
  if (weakness) throw invalidInput({ path, message: weakness });
}
