import { ApiError } from "../errors.js";
import type { Actor } from "./actor.js";
import type { Permission } from "./permissions.js";

/** Said before any look-up, so that nobody learns what exists by asking. */
export function refuseWithout({ permissions }: Actor, permission: Permission): void {
  if (!permissions.has(permission)) throw new ApiError("FORBIDDEN", `This needs the permission ${permission}.`);
}
