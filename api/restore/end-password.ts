import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import { hashPassword } from "../secrets/passwords.js";
import { NO_FAILURES } from "../users/sign-in-policy.js";
import { User } from "../users/user.entity.js";

/** Nobody knows the one that takes its place. */
export async function endPassword(manager: EntityManager, id: string, now: Date): Promise<void> {
  const passwordDigest = await hashPassword(randomBytes(32).toString("base64url"));
  await manager.update(User, { id }, { passwordDigest, passwordChangeRequired: true, updatedAt: now });
}

export interface OneTimePassword {
  readonly userName: string;
  readonly password: string;
}

/** Somebody must be able to sign in and mend the rest: of administrators who all cannot, the one of this name, or the first. */
export async function letOneIn(
  manager: EntityManager,
  endedIds: ReadonlySet<string>,
  userName: string,
  now: Date,
): Promise<OneTimePassword | undefined> {
  const administrators = await manager.find(User, {
    where: { role: "SYSTEM_ADMIN" as User["role"] },
    order: { id: "ASC" },
  });
  if (administrators.length === 0 || administrators.some(({ id }) => !endedIds.has(id))) return undefined;
  const chosen = administrators.find((each) => each.userName === userName) ?? (administrators[0] as User);
  const password = randomBytes(18).toString("base64url");
  const changes = { passwordDigest: await hashPassword(password), passwordChangeRequired: true, ...NO_FAILURES };
  await manager.update(User, { id: chosen.id }, { ...changes, updatedAt: now });
  return { userName: chosen.userName, password };
}
