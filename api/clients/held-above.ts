import type { EntityManager } from "typeorm";
import type { SecurityLevel } from "../groups/security-level.js";

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What a client holds that is above a security level: groups, and scopes with such a group. 'A' is the highest. */
export async function heldAbove(
  manager: EntityManager,
  clientId: string,
  level: SecurityLevel,
): Promise<{ groups: readonly Named[]; scopes: readonly Named[] }> {
  const groups: Named[] = await manager.query(
    `select g.id, g.name from client_groups cg join authority_groups g on g.id = cg.group_id
     where cg.client_id = $1 and g.security_level < $2 order by g.name`,
    [clientId, level],
  );
  const held: { scope_id: string }[] = await manager.query(`select scope_id from client_scopes where client_id = $1`, [
    clientId,
  ]);
  const scopeIds = held.map((row) => row.scope_id);
  return { groups, scopes: await scopesAbove(manager, scopeIds, level) };
}

/** Those of the scopes that have a group above the level. */
export function scopesAbove(
  manager: EntityManager,
  scopeIds: readonly string[],
  level: SecurityLevel,
): Promise<readonly Named[]> {
  return manager.query(
    `select distinct s.id, s.name from scopes s
     join scope_groups sg on sg.scope_id = s.id
     join authority_groups g on g.id = sg.group_id
     where s.id = any($1::uuid[]) and g.security_level < $2 order by s.name`,
    [scopeIds, level],
  );
}
