import type { EntityManager } from "typeorm";
import type { Happening } from "../audit/record.js";
import { Client } from "../clients/client.entity.js";
import { findClient } from "../clients/find-client.js";
import { invalidInput, notFound } from "../errors.js";
import { User } from "./user.entity.js";

/** Finds the one account that an input names, and keeps it as it is until the transaction ends. */
export async function findAccount(
  manager: EntityManager,
  { userId, clientId }: { readonly userId?: string; readonly clientId?: string },
): Promise<User | Client> {
  if (clientId !== undefined && userId === undefined) return findClient(manager, clientId, "for_no_key_update");
  if (userId !== undefined && clientId === undefined) return findUser(manager, userId);
  throw invalidInput({ path: "userId", message: "give exactly one of userId and clientId" });
}

export async function findUser(manager: EntityManager, id: string): Promise<User> {
  const user = await manager.findOne(User, { where: { id }, lock: { mode: "for_no_key_update" } });
  if (!user) throw notFound("user", `id=${id}`);
  return user;
}

/** Finds whose name to sign in with this is. A user's name wins over a client id of the same letters. */
export async function findAccountByName(manager: EntityManager, name: string): Promise<User | Client | null> {
  const user = await manager
    .createQueryBuilder(User, "account")
    .setLock("for_no_key_update")
    .where("lower(account.userName) = lower(:name)", { name })
    .getOne();
  // Looked up in either case, so that every name takes the same work.
  const where = { clientId: name };
  const client = await manager.findOne(Client, { where, lock: { mode: "for_no_key_update" } });
  return user ?? client;
}

/** Names that the account's password must not contain. */
export function namesOf(account: User | Client): string[] {
  return account instanceof Client ? [account.clientId, account.name, account.displayName] : [account.userName];
}

/** What every audit event about an account says of it: `happened` is a past participle, such as `locked`. */
export function aboutAccount(account: User | Client, happened: string): About {
  const thing = account instanceof Client ? "client" : "user";
  return { event: `${thing}.${happened}`, ...targetOf(account) };
}

type About = Pick<Happening, "event" | "targetKind" | "targetId">;

export function targetOf(account: User | Client): Omit<About, "event"> {
  return { targetKind: account instanceof Client ? "Client" : "User", targetId: account.id };
}
