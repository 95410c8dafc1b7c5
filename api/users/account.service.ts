import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { difference, record } from "../audit/record.js";
import { Client, ClientStatus } from "../clients/client.entity.js";
import { ApiError, invalidInput } from "../errors.js";
import { withPasswordHasher } from "../secrets/passwords.js";
import type { ChangePasswordInput, OneTimePasswordInput } from "./account.types.js";
import { checkPassword } from "./check-password.js";
import { aboutAccount, findAccount } from "./find-account.js";
import { refuseWeakPassword, setPassword } from "./set-password.js";
import { isLocked, NO_FAILURES, type SignInFailures, type SignInState } from "./sign-in-policy.js";
import type { AccountReference, SetSignInPolicyInput } from "./sign-in-policy.types.js";
import { User } from "./user.entity.js";

export interface OneTimePassword {
  readonly account: User | Client;
  /** Null when the caller has chosen it. */
  readonly password: string | null;
}

/** What is done to users and clients alike, because they sign in. */
export class AccountService {
  constructor(private readonly database: DataSource) {}

  async setSignInPolicy(call: Call, input: SetSignInPolicyInput): Promise<User | Client> {
    refuseUnmanaged(call, input);
    return this.database.transaction(async (manager) => {
      const account = await findAccount(manager, input);
      const lifted = input.unlock === true && isLockedByAnyone(account, call.now);
      const { before, after } = changesOf(account, input);
      if (Object.keys(after).length === 0) return account;

      Object.assign(account, after, { updatedAt: call.now });
      await manager.update(
        account instanceof Client ? Client : User,
        { id: account.id },
        { ...after, updatedAt: call.now },
      );
      await record(manager, call, { ...aboutAccount(account, "signInPolicyChanged"), before, after });
      if (lifted) await record(manager, call, aboutAccount(account, "unlocked"));
      return account;
    });
  }

  /** A wrong old password is a failed sign-in, so that a stolen session is no place to guess it at leisure. */
  async changePassword(call: Call, { oldPassword, newPassword }: ChangePasswordInput): Promise<void> {
    const { sessionId } = call.actor;
    if (sessionId === null) {
      throw new ApiError("FORBIDDEN", "An API key cannot change its user's password. Sign in first.");
    }
    const changed = await withPasswordHasher("SIGNED_IN", (hasher) =>
      this.database.transaction(async (manager) => {
        const account = await findCaller(manager, call);
        refuseWeakPassword(account, newPassword, "newPassword");
        // Not thrown in here: the failure is to be counted.
        if (!(await checkPassword(manager, hasher, call, account, oldPassword))) return false;
        await setPassword(manager, call, account, {
          digest: await hasher.hash(newPassword),
          changeRequired: false,
          unlock: false,
          keptSessionId: sessionId,
          happened: "passwordChanged",
        });
        return true;
      }),
    );
    if (!changed) throw invalidInput({ path: "oldPassword", message: "is wrong" });
  }

  /** Whoever resets a password knows it, so it opens nothing but the way to a new one. */
  async setOneTimePassword(call: Call, input: OneTimePasswordInput): Promise<OneTimePassword> {
    refuseUnmanaged(call, input);
    if (input.userId === call.actor.id) {
      throw invalidInput({ path: "userId", message: "is the caller, who knows the password: use changePassword" });
    }
    const made = input.password === undefined ? randomBytes(15).toString("base64url") : null;
    const password = made ?? (input.password as string);
    const account = await withPasswordHasher("SIGNED_IN", (hasher) =>
      this.database.transaction(async (manager) => {
        const found = await findAccount(manager, input);
        if (made === null) refuseWeakPassword(found, password, "password");
        await setPassword(manager, call, found, {
          digest: await hasher.hash(password),
          changeRequired: true,
          unlock: true,
          keptSessionId: null,
          happened: "passwordReset",
        });
        return found;
      }),
    );
    return { account, password: made };
  }
}

/** The operation is for who manages clients; a user takes who manages users besides. Said before any look-up. */
function refuseUnmanaged({ actor }: Call, { userId }: AccountReference): void {
  if (userId !== undefined && !actor.permissions.has("users:write")) {
    throw new ApiError("FORBIDDEN", "For a user this needs the permission users:write.");
  }
}

function findCaller(manager: EntityManager, { actor }: Call): Promise<User | Client> {
  return findAccount(manager, actor.kind === "CLIENT" ? { clientId: actor.id } : { userId: actor.id });
}

function isLockedByAnyone(account: User | Client, now: Date): boolean {
  return isLocked(account, now) || (account instanceof Client && account.status === ClientStatus.LOCKED);
}

type PolicyChanges = Partial<SignInState> & { status?: ClientStatus };

function changesOf(
  account: User | Client,
  { threshold, lock, resetCounter, unlock }: SetSignInPolicyInput,
): ReturnType<typeof difference> {
  const counters: Partial<SignInFailures> = unlock
    ? NO_FAILURES
    : resetCounter
      ? { failedSignIns: 0, locksInARow: 0 }
      : {};
  const wanted: PolicyChanges = {
    ...(threshold !== undefined && { signInThreshold: threshold }),
    ...(lock !== undefined && { signInLock: lock }),
    ...counters,
    ...(unlock &&
      account instanceof Client &&
      account.status === ClientStatus.LOCKED && { status: ClientStatus.ENABLED }),
  };
  return difference(account, wanted);
}
