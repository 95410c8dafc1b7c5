import type { EntityManager } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { Client, ClientStatus } from "../clients/client.entity.js";
import { isInForce } from "../clients/client-status.js";
import type { PasswordHasher } from "../secrets/passwords.js";
import { endSessions } from "./end-sessions.js";
import { aboutAccount, targetOf } from "./find-account.js";
import { afterFailure, isLocked, NO_FAILURES } from "./sign-in-policy.js";
import { User } from "./user.entity.js";

/**
 * Checks the password of an account, null for a name that nobody has, and counts the outcome. The account's row must be
 * locked: attempts take turns, so exactly as many as the threshold allows get their password looked at. An attempt that
 * is lost from the start does the work of any other.
 */
export async function checkPassword(
  manager: EntityManager,
  hasher: PasswordHasher,
  call: Call,
  account: User | Client | null,
  password: string,
): Promise<boolean> {
  const lost = reasonToRefuse(account, call.now);
  const matches = await hasher.verify(lost ? null : (account?.passwordDigest ?? null), password);
  const counted = matches ? NO_FAILURES : account && !lost ? afterFailure(account, call.now) : {};
  const Entity = account instanceof Client ? Client : User;
  // Nobody has the id of all zeros: an unknown name takes the same statements.
  const id = account?.id ?? SYSTEM_ACTOR.id;
  await manager.update(Entity, { id }, { failedSignIns: account?.failedSignIns ?? 0, ...counted });
  if (matches) return true;

  const target = account ? targetOf(account) : { targetKind: "Unknown", targetId: id };
  const after = { ...counted, cause: lost ?? "WRONG_PASSWORD" };
  await record(manager, call, { event: "signIn.failed", ...target, after });
  if (account) Object.assign(account, counted);
  if (account && !lost && isLocked(account, call.now)) await lock(manager, call, account);
  return false;
}

type Cause = "UNKNOWN_NAME" | "NO_PASSWORD" | "NOT_ENABLED" | "NOT_IN_FORCE" | "LOCKED";

/** Why no password would do; undefined when the right one does. */
function reasonToRefuse(account: User | Client | null, now: Date): Cause | undefined {
  if (!account) return "UNKNOWN_NAME";
  if (account.passwordDigest === null) return "NO_PASSWORD";
  if (account instanceof Client && account.status !== ClientStatus.ENABLED) return "NOT_ENABLED";
  if (account instanceof Client && !isInForce(account, now)) return "NOT_IN_FORCE";
  return isLocked(account, now) ? "LOCKED" : undefined;
}

/** A locked client is not enabled, so its sessions end. A user's stay: a stranger's guesses must not throw them out. */
async function lock(manager: EntityManager, call: Call, account: User | Client): Promise<void> {
  const sessions = account instanceof Client ? await endSessions(manager, account, call.now) : 0;
  const after = { lockedAt: account.lockedAt, lockEndsAt: account.lockEndsAt, sessions };
  await record(manager, call, { ...aboutAccount(account, "locked"), after });
}
