import { type Api, ApiStatus, Audience } from "../catalogue/api.entity.js";
import type { AuthorityGroup } from "../groups/authority-group.entity.js";
import { levelsWithin } from "../groups/security-level.js";
import type { Actor } from "./actor.js";
import { Role } from "./permissions.js";

/** Whose keys an actor sees. `users: "OWN"` is their own, `"NONE"` nobody's. */
export interface KeyReach {
  readonly clients: "ALL" | "OWN" | "NONE";
  readonly users: "ALL" | "OWN" | "NONE";
}

export function keyReach(actor: Actor): KeyReach {
  if (actor.kind === "CLIENT") return { clients: "OWN", users: "NONE" };
  if (actor.kind === "SYSTEM") return { clients: "ALL", users: "ALL" };
  switch (actor.role) {
    case Role.SYSTEM_ADMIN:
    case Role.AUDITOR:
      return { clients: "ALL", users: "ALL" };
    case Role.OPERATOR:
      return { clients: "ALL", users: "OWN" };
    case Role.MEMBER:
    case null:
      return { clients: "NONE", users: "OWN" };
  }
}

export function reachesKey(actor: Actor, key: { clientId: string | null; userId: string | null }): boolean {
  const reach = keyReach(actor);
  if (key.clientId !== null) return reach.clients === "ALL" || (reach.clients === "OWN" && key.clientId === actor.id);
  return reach.users === "ALL" || (reach.users === "OWN" && key.userId === actor.id);
}

/** The audiences of the APIs that a client of this audience may see. */
export function audiencesWithin(audience: Audience): readonly Audience[] {
  return audience === Audience.INTERNAL_AND_EXTERNAL
    ? Object.values(Audience)
    : [audience, Audience.INTERNAL_AND_EXTERNAL];
}

/** A client sees listed APIs for its audience; who else holds `catalogue:read` sees all. */
export function seesApi({ sight }: Actor, api: Pick<Api, "audience" | "status">): boolean {
  return !sight || (api.status === ApiStatus.LISTED && audiencesWithin(sight.audience).includes(api.audience));
}

/** A client sees groups that it may hold; who else holds `groups:read` sees all. */
export function seesGroup({ sight }: Actor, group: Pick<AuthorityGroup, "securityLevel">): boolean {
  return !sight || levelsWithin(sight.securityLevel).includes(group.securityLevel);
}

/** A client that has signed in sees only itself; who else holds `clients:read` sees all. */
export function reachesClient(actor: Actor, clientId: string): boolean {
  return actor.kind !== "CLIENT" || actor.id === clientId;
}
