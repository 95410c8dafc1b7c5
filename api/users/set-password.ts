import { type EntityManager, IsNull } from "typeorm";
import { Client } from "../clients/client.entity.js";
import { invalidInput } from "../errors.js";
import { hashPassword, passwordWeakness } from "../secrets/passwords.js";
import { Session } from "./session.entity.js";
import { User } from "./user.entity.js";

/** Gives an account a new password, if it is strong enough, and ends all its sessions. */
export async function setPassword(
  manager: EntityManager,
  account: User | Client,
  password: string,
  now: Date,
): Promise<void> {
  const names = account instanceof User ? [account.userName] : [account.clientId, account.name, account.displayName];
  const weakness = passwordWeakness(password, names);
  if (weakness) throw invalidInput({ path: "password", message: weakness });
  const changes = { passwordDigest: await hashPassword(password), updatedAt: now };
  if (account instanceof User) {
    await manager.update(User, { id: account.id }, changes);
    await manager.update(Session, { userId: account.id, endedAt: IsNull() }, { endedAt: now });
  } else {
    await manager.update(Client, { id: account.id }, changes);
    await manager.update(Session, { clientId: account.id, endedAt: IsNull() }, { endedAt: now });
  }
}
