import { type Api, ApiStatus, Audience } from "../catalogue/api.entity.js";
import type { AuthorityGroup } from "../groups/authority-group.entity.js";
import { levelsWithin } from "../groups/security-level.js";
import type { Actor } from "./actor.js";
import { Role } from "./permissions.js";

/** Whose things an actor sees. `users: "OWN"` is their own, `"NONE"` nobody's. */
export interface Reach {
  readonly clients: "ALL" | "OWN" | "NONE";
  readonly users: "ALL" | "OWN" | "NONE";
}

export function keyReach(actor: Actor): Reach {
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

/** Own sessions are listed by whoever calls, but ended only with a session: no key is stronger than what it was given. */
export function sessionReach(actor: Actor, access: "read" | "write"): Reach {
  const own = access === "read" || actor.sessionId !== null ? "OWN" : "NONE";
  if (actor.kind === "CLIENT") return { clients: own, users: "NONE" };
  return {
    clients: actor.permissions.has(`clients:${access}`) ? "ALL" : "NONE",
    users: actor.permissions.has(`users:${access}`) ? "ALL" : own,
  };
}

interface Owned {
  readonly clientId: string | null;
  readonly userId: string | null;
}

export function reachesKey(actor: Actor, key: Owned): boolean {
  return isWithin(keyReach(actor), actor, key);
}

/** Whether the actor may end the session. */
export function reachesSession(actor: Actor, session: Owned): boolean {
  return isWithin(sessionReach(actor, "write"), actor, session);
}

function isWithin({ clients, users }: Reach, actor: Actor, { clientId, userId }: Owned): boolean {
  if (clientId !== null) return clients === "ALL" || (clients === "OWN" && clientId === actor.id);
  return users === "ALL" || (users === "OWN" && userId === actor.id);
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
