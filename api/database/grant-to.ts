import pg from "pg";

/** The role cannot be what it was meant to be; the message says why. */
export class GrantError extends Error {
  override readonly name = "GrantError";
}

/** What the service adds to and never changes. */
const ADDED_TO_ONLY = ["audit_events", "audit_links", "audit_checkpoints"];

/**
 * Gives a role what the service needs to run, and no more: it reads and writes the tables, but can neither change the
 * schema nor what the audit has. Done again after each migration, for the tables that are new.
 */
export async function grantTo(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "latchkey-migrate" });
  await client.connect();
  try {
    await refuseUnfitRole(client, role);
    const to = client.escapeIdentifier(role);
    const { rows } = await client.query<{ database: string }>("select current_database() as database");
    const database = client.escapeIdentifier(rows[0]?.database ?? "");
    await client.query(
      [
        "begin",
        `grant connect on database ${database} to ${to}`,
        `grant usage on schema public to ${to}`,
        `revoke all on all tables in schema public from ${to}`,
        `grant select, insert, update, delete on all tables in schema public to ${to}`,
        `revoke update, delete on ${ADDED_TO_ONLY.join(", ")} from ${to}`,
        `revoke insert, update, delete on migrations from ${to}`,
        `grant usage, select on all sequences in schema public to ${to}`,
        "commit",
      ].join(";\n"),
    );
  } finally {
    await client.end();
  }
}

async function refuseUnfitRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ owns: boolean; owner: string }>(
    `select pg_has_role(r.oid, t.relowner, 'member') as owns, pg_get_userbyid(t.relowner) as owner
     from pg_roles r, pg_class t where r.rolname = $1 and t.oid = 'audit_events'::regclass`,
    [role],
  );
  if (!rows[0]) throw new GrantError(`--grant-to: there is no role "${role}". Make it with CREATE ROLE first.`);
  if (rows[0].owns) {
    throw new GrantError(
      `--grant-to: the role "${role}" is a superuser, or acts as "${rows[0].owner}", who owns the tables. ` +
        "Name one that owns nothing.",
    );
  }
}
