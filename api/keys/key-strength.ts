import type { EntityManager } from "typeorm";
import type { Actor } from "../access/actor.js";
import { permissionsOf } from "../access/permissions.js";
import { ApiError } from "../errors.js";
import { User } from "../users/user.entity.js";
import type { ApiKey } from "./api-key.entity.js";

/**
 * A key that manages keys must not get at one that may more than itself (1.5): by its new secret, or by switching it
 * on, it would become as strong. Who has signed in may do with their reach what they like.
 */
export async function refuseStrongerKey(manager: EntityManager, actor: Actor, key: ApiKey): Promise<void> {
  if (actor.apiKeyId === null || key.userId === null) return;
  const { role } = await manager.findOneByOrFail(User, { id: key.userId });
  const beyond = [...permissionsOf(role, key.permissions)].filter((permission) => !actor.permissions.has(permission));
  if (beyond.length === 0) return;
  throw new ApiError("FORBIDDEN", `The key may more than the one that asks: ${beyond.join(", ")}.`);
}
