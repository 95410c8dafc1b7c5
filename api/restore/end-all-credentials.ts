import type { EntityManager } from "typeorm";
import { endPassword } from "./end-password.js";
import type { Taken } from "./taken.js";

type Row = { id: string; name: string };

/** Nothing that opened a door at the time of the backup opens one now, until somebody has looked at it. */
export async function endAllCredentials(manager: EntityManager, by: string, now: Date): Promise<Taken[]> {
  const changed = async (targetKind: string, what: string, statement: string, values: unknown[]): Promise<Taken[]> => {
    const [rows]: [Row[]] = await manager.query(statement, values);
    return rows.map(({ id, name }) => ({ targetKind, targetId: id, name, what }));
  };
  const keys = await changed(
    "ApiKey",
    "switched off",
    `update api_keys set disabled_at = $1, updated_at = $1
     where revoked_at is null and disabled_at is null and (expires_at is null or expires_at > $1)
     returning id, name || ' (' || lookup_id || ')' as name`,
    [now],
  );
  const gatewayKeys = await changed(
    "GatewayKey",
    "revoked",
    `update gateway_keys set revoked_at = greatest($1, created_at), revoked_by = $2, revocation_reason = $3
     where revoked_at is null and (expires_at is null or expires_at > $1) returning id, name`,
    [now, by, "The database was restored from a backup"],
  );
  const clients = await changed(
    "Client",
    "its password was ended: set another one",
    `update clients set password_digest = null, updated_at = $1 where password_digest is not null
     returning id, client_id as name`,
    [now],
  );
  // Not what the same statement has ended before: one of them may have been given a way in.
  const users: Row[] = await manager.query(
    `select id, user_name as name from users
     where updated_at is distinct from (select restored_at from database_home) order by id for update`,
  );
  for (const { id } of users) await endPassword(manager, id, now);
  const what = "the password was ended: set another one";
  return [
    ...keys,
    ...gatewayKeys,
    ...clients,
    ...users.map(({ id, name }) => ({ targetKind: "User", targetId: id, name, what })),
  ];
}
