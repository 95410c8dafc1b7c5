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

/** A client that has signed in sees only itself; who else holds `clients:read` sees all. */
export function reachesClient(actor: Actor, clientId: string): boolean {
  return actor.kind !== "CLIENT" || actor.id === clientId;
}
