import { permissionsOf } from "../access/permissions.js";
import { User } from "../users/user.entity.js";
import { endPassword } from "./end-password.js";
import { lockAgain } from "./lock-again.js";
import { lastFacts, lastOf, type Taken, type Target } from "./taken.js";

export async function takeFromUser(target: Target): Promise<Taken[]> {
  const { manager, id, events, now } = target;
  const user = await manager.findOne(User, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!user) return [];
  const taken: Taken[] = [];
  const tell = (what: string, because: Taken["because"]): void => {
    taken.push({ targetKind: "User", targetId: id, name: user.userName, what, ...(because && { because }) });
  };
  const deleted = lastOf(events, "user.deleted");
  if (deleted) {
    await manager.delete(User, { id });
    tell("deleted, with keys and sessions", deleted);
    return taken;
  }
  const role = lastFacts(events, "user.updated")["role"] as User["role"] | undefined;
  if (role && losesBy(user.role, role)) {
    await manager.update(User, { id }, { role, updatedAt: now });
    tell(`role set to ${role}`, lastOf(events, "user.updated"));
  }
  const password = lastOf(events, "user.passwordChanged", "user.passwordReset");
  if (password) {
    await endPassword(manager, id, now);
    tell("the password was changed, and the new one is lost: set another one", password);
  }
  const locked = await lockAgain(target, user, "user");
  if (locked) tell("locked after failed sign-ins", locked);
  return taken;
}

function losesBy(present: User["role"], next: User["role"]): boolean {
  const kept = permissionsOf(next, null);
  return [...permissionsOf(present, null)].some((permission) => !kept.has(permission));
}
