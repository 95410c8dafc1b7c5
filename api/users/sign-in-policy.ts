/** What a lock by failed sign-ins is like. */
export enum SignInLock {
  TEMPORARY = "TEMPORARY",
  PERMANENT = "PERMANENT",
}

/** How often a sign-in may fail before it locks the account, unless an admin sets another number. */
export const THRESHOLD_OF_USERS = 6;
export const THRESHOLD_OF_CLIENTS = 3;
export const THRESHOLD_MAX = 100;

const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 24 * 60 * 60 * 1_000;

/** Of failed sign-ins: how many since the last success, and the lock that they have led to. */
export interface SignInFailures {
  readonly failedSignIns: number;
  /** Each makes the next one twice as long; a success starts anew. */
  readonly locksInARow: number;
  readonly lockedAt: Date | null;
  /** Null while `lockedAt` is set: never. */
  readonly lockEndsAt: Date | null;
}

export interface SignInState extends SignInFailures {
  readonly signInThreshold: number;
  readonly signInLock: SignInLock;
}

export const NO_FAILURES: SignInFailures = { failedSignIns: 0, locksInARow: 0, lockedAt: null, lockEndsAt: null };

/** Of a new account. */
export function defaultSignInState(signInThreshold: number): SignInState {
  return { ...NO_FAILURES, signInThreshold, signInLock: SignInLock.TEMPORARY };
}

export function isLocked({ lockedAt, lockEndsAt }: SignInFailures, now: Date): boolean {
  return lockedAt !== null && (lockEndsAt === null || lockEndsAt > now);
}

/** The same derivation for lists, over an alias and the parameter `now`. */
export function lockedCondition(alias: string): string {
  return `(${alias}.lockedAt is not null and (${alias}.lockEndsAt is null or ${alias}.lockEndsAt > :now))`;
}

/** A lock that has run out has taken its failures with it. */
export function failuresInForce(state: SignInFailures, now: Date): number {
  return state.lockedAt === null || isLocked(state, now) ? state.failedSignIns : 0;
}

export function afterFailure(state: SignInState, now: Date): SignInFailures {
  const failedSignIns = failuresInForce(state, now) + 1;
  if (failedSignIns < state.signInThreshold) {
    return { failedSignIns, locksInARow: state.locksInARow, lockedAt: null, lockEndsAt: null };
  }
  const lengthMs = Math.min(FIRST_LOCK_MS * 2 ** state.locksInARow, LONGEST_LOCK_MS);
  const lockEndsAt = state.signInLock === SignInLock.PERMANENT ? null : new Date(now.getTime() + lengthMs);
  return { failedSignIns, locksInARow: Math.min(state.locksInARow + 1, 1_000), lockedAt: now, lockEndsAt };
}
