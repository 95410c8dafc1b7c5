import type { EntityManager } from "typeorm";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { keyReach } from "../access/reach.js";
import { Client } from "../clients/client.entity.js";
import { ClientGroup } from "../clients/client-group.entity.js";
import { findClient } from "../clients/find-client.js";
import { beginningOf, type DayOrInstant, endAfterDays, endOf } from "../clients/whole-day.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { type FieldProblem, invalidInput, notFound } from "../errors.js";
import { User } from "../users/user.entity.js";
import type { CreateApiKeyInput } from "./api-key.types.js";

export type KeyOwner = Client | User;

/**
 * Who is to own the new key: the client or user that is named, else the caller. Refuses owners out of reach.
 * The owner's row is locked: two keys of one name, created at once, would wait for each other at the constraint.
 */
export async function findOwner(manager: EntityManager, actor: Actor, input: CreateApiKeyInput): Promise<KeyOwner> {
  if (input.clientId !== undefined && input.userId !== undefined) {
    throw invalidInput({ path: "userId", message: "must not stand beside clientId: a key has one owner" });
  }
  const reach = keyReach(actor);
  if (input.clientId !== undefined) {
    // Looked up first, so that a caller without reach learns nothing by the time it takes.
    const client = await findClient(manager, input.clientId, "for_no_key_update");
    if (reach.clients !== "ALL") throw notFound("client", `out of reach of ${actor.id}`);
    return client;
  }
  const id = input.userId ?? actor.id;
  const user = await manager.findOne(User, { where: { id }, lock: { mode: "for_no_key_update" } });
  if (!user || (reach.users !== "ALL" && id !== actor.id)) throw notFound("user", `id=${id}`);
  return user;
}

export interface KeyDates {
  readonly effectiveAt: Date;
  readonly expiresAt: Date | null;
}

/** What this deployment demands of keys. */
export interface KeyPolicy {
  /** The longest life of a key, in days after its effective date; undefined: any. */
  readonly lifeDaysMax: number | undefined;
}

interface GivenDates {
  readonly effectiveAt?: DayOrInstant | undefined;
  readonly expiresAt?: DayOrInstant | null | undefined;
}

/** Reads dates in the owner's time zone; what is not given stays as it is. */
export function readDates(given: GivenDates, { timeZone }: KeyOwner, otherwise: KeyDates): KeyDates {
  const { effectiveAt, expiresAt } = given;
  return {
    effectiveAt: effectiveAt ? beginningOf(effectiveAt, timeZone) : otherwise.effectiveAt,
    expiresAt: expiresAt === undefined ? otherwise.expiresAt : expiresAt && endOf(expiresAt, timeZone),
  };
}

/** Refuses dates that make no sense, or give a key a longer life than the policy does. */
export function refuseBadDates(dates: KeyDates, owner: KeyOwner, now: Date, { lifeDaysMax }: KeyPolicy): void {
  const problem = problemOf(dates, owner, now, lifeDaysMax);
  if (problem !== undefined) throw invalidInput({ path: "expiresAt", message: problem });
}

function problemOf(
  { effectiveAt, expiresAt }: KeyDates,
  owner: KeyOwner,
  now: Date,
  lifeDaysMax: number | undefined,
): string | undefined {
  if (!expiresAt) {
    if (owner instanceof Client) return "is required for a client's key";
    return lifeDaysMax === undefined ? undefined : `is required: a key lives at most ${lifeDaysMax} days`;
  }
  if (expiresAt <= now) return "must be in the future";
  if (expiresAt <= effectiveAt) return "must be after effectiveAt";
  if (lifeDaysMax === undefined) return undefined;
  const latest = endAfterDays(effectiveAt, lifeDaysMax, owner.timeZone);
  return expiresAt > latest
    ? `must be at most ${lifeDaysMax} days after effectiveAt: ${latest.toISOString()}`
    : undefined;
}

/** The groups that a client's keys may hold. */
export async function groupsHeldBy(
  manager: EntityManager,
  owner: KeyOwner,
): Promise<readonly { readonly id: string }[]> {
  if (owner instanceof User) return [];
  const links = await manager.find(ClientGroup, { where: { clientId: owner.id } });
  return links.map((link) => ({ id: link.groupId }));
}

/** Refuses groups that the client does not hold, and groups for a user's key, which has no client to have them from. */
export function refuseForeignGroups(
  owner: KeyOwner,
  groupIds: readonly string[],
  held: readonly { readonly id: string }[],
): void {
  if (owner instanceof User) {
    if (groupIds.length > 0)
      throw invalidInput({ path: "groupIds", message: "must be empty: only a client's key holds groups" });
    return;
  }
  if (groupIds.length === 0)
    throw invalidInput({ path: "groupIds", message: "must have at least 1 entry for a client's key" });
  refuseUnknownIds("groupIds", groupIds, held, `the client ${owner.clientId} does not hold this group`);
}

/**
 * The management permissions of a new key. A caller that is itself narrowed hands on at most what it has: no key makes
 * a key stronger than itself.
 */
export function readPermissions(
  { actor }: Call,
  owner: KeyOwner,
  scopes: readonly string[] | null | undefined,
): string[] | null {
  if (owner instanceof Client) {
    if (scopes) throw invalidInput({ path: "scopes", message: "are for users' keys: a client's key has groups" });
    return null;
  }
  const wanted = scopes ? [...scopes] : actor.apiKeyId === null ? null : [...actor.permissions];
  refuse(
    (wanted ?? []).flatMap((permission, index) =>
      [...actor.permissions].some((held) => held === permission)
        ? []
        : [{ path: `scopes.${index}`, message: `the caller does not hold ${permission}` }],
    ),
  );
  return wanted;
}

function refuse([first, ...rest]: FieldProblem[]): void {
  if (first) throw invalidInput(first, ...rest);
}
