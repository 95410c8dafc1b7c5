import { availableParallelism } from "node:os";
import argon2 from "argon2";
import pLimit from "p-limit";

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. About 29 ms on one core. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * At most 2 of libuv's 4 threads, and one core is left for verdicts: a flood of sign-ins takes neither the threads that
 * files and DNS need, nor the core of the event loop. Each hash at work holds 19 MiB.
 */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));

/**
 * Who comes after these is told to come again, about when those waiting have had their turn. Who has signed in finds
 * places that strangers cannot take: a flood of sign-ins does not keep an admin from setting passwords.
 */
const WAITING_MAX = { STRANGER: 32, SIGNED_IN: 48 } as const;
const RETRY_AFTER_SECONDS = 1;

/** Too many passwords wait to be hashed. Nothing was done. */
export class PasswordsBusy extends Error {
  override readonly name = "PasswordsBusy";
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;

  constructor() {
    super("Too many passwords are being checked just now. Try again.");
  }
}

/** Hashes for whom it was handed to, while it is their turn. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Without a digest the work is the same and the answer false. */
  verify(digest: string | null, password: string): Promise<boolean>;
}

/** A digest of no password, hashed once: checked where there is none, so that both answers take the same work. */
let nobodysDigest: string | undefined;

const argon2id: PasswordHasher = {
  hash: (password) => argon2.hash(password, PARAMETERS),
  verify: async (digest, password) => {
    nobodysDigest ??= await argon2.hash("", PARAMETERS);
    const matches = await argon2.verify(digest ?? nobodysDigest, password);
    return digest !== null && matches;
  },
};

const turns = pLimit(AT_ONCE);

/**
 * Waits for a turn, and keeps it until the work is done. Work that asks the database besides holds a connection only
 * while it has its turn, never while it waits for one. Throws PasswordsBusy when too many wait already.
 */
export async function withPasswordHasher<T>(
  asker: keyof typeof WAITING_MAX,
  work: (hasher: PasswordHasher) => Promise<T>,
): Promise<T> {
  if (passwordsAreBusyFor(asker)) throw new PasswordsBusy();
  return turns(() => work(argon2id));
}

/** Whether work that came now would be turned away. */
export function passwordsAreBusyFor(asker: keyof typeof WAITING_MAX): boolean {
  return turns.activeCount + turns.pendingCount >= AT_ONCE + WAITING_MAX[asker];
}

/** Of an account that somebody who has signed in makes. */
export function hashPassword(password: string): Promise<string> {
  return withPasswordHasher("SIGNED_IN", (hasher) => hasher.hash(password));
}

/** NIST SP 800-63B section 3.1.1.2: length counts, composition rules do not. Returns what is wrong, if anything. */
export function passwordWeakness(password: string, names: readonly string[]): string | undefined {
  const folded = password.toLowerCase();
  if (/\p{Cc}/u.test(password)) return "must not contain control characters";
  const characters = Array.from(password).length;
  if (characters < 8) return "must have at least 8 characters";
  if (characters > 128) return "must have at most 128 characters";
  if (new Set(password).size < 5) return "must have at least 5 different characters";
  if (names.some((name) => name.length >= 3 && folded.includes(name.toLowerCase()))) {
    return "must not contain the account's name";
  }
  return undefined;
}
