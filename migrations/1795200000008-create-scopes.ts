import type { MigrationInterface, QueryRunner } from "typeorm";

/** Where a client comes to hold a group, directly or in a scope, and where a level moves. */
const GUARDS = [
  ["client_groups", "insert or update", "array[new.client_id]"],
  ["client_scopes", "insert or update", "array[new.client_id]"],
  ["clients", "update of security_level", "array[new.id]"],
  ["scope_groups", "insert or update", "array(select client_id from client_scopes where scope_id = new.scope_id)"],
  [
    "authority_groups",
    "update of security_level",
    `array(select client_id from client_groups where group_id = new.id
           union select client_id from client_scopes join scope_groups using (scope_id) where group_id = new.id)`,
  ],
] as const;

export class CreateScopes1795200000008 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table scopes (
        id uuid primary key,
        name text not null constraint scopes_name_unique unique
          -- A scope token of OAuth 2.0 (RFC 6749 section 3.3).
          constraint scopes_name_is_token check (name ~ '^[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}$'),
        description text not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await query.query(`
      create table scope_groups (
        scope_id uuid not null references scopes on delete cascade,
        group_id uuid not null constraint scope_groups_group_exists references authority_groups,
        primary key (scope_id, group_id)
      )`);
    await query.query(`create index scope_groups_group on scope_groups (group_id)`);
    await query.query(`
      create table client_scopes (
        client_id uuid not null references clients on delete cascade,
        scope_id uuid not null references scopes on delete cascade,
        primary key (client_id, scope_id)
      )`);
    await query.query(`create index client_scopes_scope on client_scopes (scope_id)`);

    // A client holds nothing above its level, whoever writes. The client's row is locked before it is judged: a level
    // that is lowered and a group that is given at the same moment take turns.
    await query.query(`
      create function refuse_groups_above_level(client_ids uuid[]) returns void language plpgsql as $$
      begin
        perform 1 from clients where id = any(client_ids) order by id for share;
        if exists (
          select 1
          from clients c
          join (
            select client_id, group_id from client_groups
            union all
            select client_id, group_id from client_scopes join scope_groups using (scope_id)
          ) held on held.client_id = c.id
          join authority_groups g on g.id = held.group_id
          -- 'A' is the highest level and the first letter.
          where c.id = any(client_ids) and g.security_level < c.security_level
        ) then
          raise exception 'a client would hold a group above its security level'
            using errcode = 'check_violation', constraint = 'clients_groups_within_level';
        end if;
      end $$`);
    for (const [table, events, clients] of GUARDS) {
      await query.query(`
        create function ${table}_keep_level() returns trigger language plpgsql as $$
        begin
          perform refuse_groups_above_level(${clients});
          return null;
        end $$`);
      await query.query(`
        create trigger ${table}_keep_level after ${events} on ${table}
        for each row execute function ${table}_keep_level()`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const [table] of GUARDS) await query.query(`drop function ${table}_keep_level cascade`);
    await query.query(`drop function refuse_groups_above_level`);
    for (const table of ["client_scopes", "scope_groups", "scopes"]) await query.query(`drop table ${table}`);
  }
}
