import type { ChainedEvent } from "../audit/chained-event.js";
import { Client } from "../clients/client.entity.js";
import { isLocked } from "../users/sign-in-policy.js";
import { User } from "../users/user.entity.js";
import { instantOf, lastOf, type Target } from "./taken.js";

/** A lock by failed sign-ins that nobody has lifted and that is not over yet. */
export async function lockAgain(
  { manager, id, events, now }: Target,
  account: Client | User,
  thing: "client" | "user",
): Promise<ChainedEvent | undefined> {
  const locked = lastOf(events, `${thing}.locked`, `${thing}.unlocked`, `${thing}.statusChanged`);
  if (locked?.event !== `${thing}.locked` || isLocked(account, now)) return undefined;
  const { lockedAt, lockEndsAt } = locked.after as { lockedAt?: string; lockEndsAt?: string | null };
  const lock = { lockedAt: instantOf(lockedAt) ?? new Date(locked.at), lockEndsAt: instantOf(lockEndsAt) };
  if (lock.lockEndsAt && lock.lockEndsAt <= now) return undefined;
  await manager.update(account instanceof Client ? Client : User, { id }, { ...lock, updatedAt: now });
  return locked;
}
