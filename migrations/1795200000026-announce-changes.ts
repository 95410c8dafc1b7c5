import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What verdicts depend on, and whose verdicts. `ids` selects them from the changed rows `r`; `update` are the columns of
 * which a change counts: uses and notes are written all the time and change no verdict.
 */
interface Watch {
  readonly table: string;
  readonly kind: string;
  readonly ids: (rows: string) => string;
  readonly update: readonly string[];
  /** False: a new row can be part of nothing that a node remembers. */
  readonly insert?: false;
}

const column = (name: string) => (rows: string) => `select r.${name} as id from ${rows} r`;
const holders = (scope: string) => (rows: string) =>
  `select h.client_id as id from ${rows} r join client_scopes h on h.scope_id = r.${scope}`;

const WATCHES: readonly Watch[] = [
  {
    table: "api_keys",
    kind: "API_KEY",
    ids: column("id"),
    insert: false,
    update: [
      "id",
      "client_id",
      "user_id",
      "name",
      "permissions",
      "metadata",
      "effective_at",
      "expires_at",
      "disabled_at",
      "revoked_at",
      "rotation_ends_at",
      "draft",
      "quota_limit",
      "quota_period",
    ],
  },
  {
    table: "api_key_secrets",
    kind: "API_KEY",
    ids: column("api_key_id"),
    insert: false,
    update: ["id", "api_key_id", "place", "lookup_id", "digest", "pepper_version", "imported", "prefix"],
  },
  {
    table: "api_key_groups",
    kind: "API_KEY",
    ids: column("api_key_id"),
    update: ["api_key_id", "client_id", "group_id"],
  },
  {
    table: "clients",
    kind: "CLIENT",
    ids: column("id"),
    insert: false,
    update: [
      "id",
      "client_id",
      "display_name",
      "priority",
      "status",
      "locked_at",
      "lock_ends_at",
      "starts_at",
      "expires_at",
      "service_time",
      "host_bindings",
      "quota_limit",
      "quota_period",
      "tps_per_node",
      "time_zone",
    ],
  },
  { table: "client_groups", kind: "CLIENT", ids: column("client_id"), update: ["client_id", "group_id"] },
  { table: "client_scopes", kind: "CLIENT", ids: column("client_id"), update: ["client_id", "scope_id"] },
  { table: "scopes", kind: "CLIENT", ids: holders("id"), insert: false, update: ["id", "name"] },
  { table: "scope_groups", kind: "CLIENT", ids: holders("scope_id"), update: ["scope_id", "group_id"] },
  { table: "authority_groups", kind: "GROUP", ids: column("id"), insert: false, update: ["id", "name"] },
  { table: "users", kind: "USER", ids: column("id"), insert: false, update: ["id", "user_name", "time_zone"] },
  {
    table: "regions",
    kind: "COLLECTION",
    ids: (rows) => `select c.id from ${rows} r join collections c on c.region_id = r.id`,
    insert: false,
    update: ["id", "code"],
  },
  { table: "collections", kind: "COLLECTION", ids: column("id"), update: ["id", "region_id", "name", "base_url"] },
  {
    table: "apis",
    kind: "COLLECTION",
    ids: column("collection_id"),
    update: [
      "id",
      "collection_id",
      "kind",
      "name",
      "method",
      "path_shape",
      "endpoint",
      "soap_action",
      "operation",
      "status",
      "open_to_all",
    ],
  },
  {
    table: "group_apis",
    kind: "COLLECTION",
    ids: (rows) => `select a.collection_id as id from ${rows} r join apis a on a.id = r.api_id`,
    update: ["group_id", "api_id"],
  },
];

const OLD_CATALOGUE_TABLES = ["regions", "collections", "apis", "group_apis"];

export class AnnounceChanges1795200000026 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Processes that answer verdicts. One whose lease has run out answers none.
    await query.query(`
      create table nodes (
        id uuid primary key,
        started_at timestamptz(3) not null,
        lease_until timestamptz not null,
        -- When the server began that gave the snapshot: one that takes its place may number transactions as it did.
        server_started_at timestamptz not null,
        -- Every change that this snapshot sees is out of the node's memory.
        confirmed pg_snapshot not null
      ) with (fillfactor = 50)`);

    // The change feed. Triggers write it, so that no way of writing can forget to. The transaction says in which snapshots
    // a change is seen: numbers would not do, because they are given in another order than transactions commit in.
    await query.query(`
      create table credential_changes (
        id bigint generated always as identity primary key,
        transaction_id xid8 not null default pg_current_xact_id(),
        kind text not null,
        ids uuid[] not null
      )`);
    await query.query(`create index credential_changes_transaction on credential_changes (transaction_id)`);
    await query.query(`
      create function announce_change(kind text, ids uuid[]) returns void language plpgsql as $$
      begin
        if cardinality(ids) > 0 or kind in ('ALL', 'IMPORT') then
          insert into credential_changes (kind, ids) values (kind, ids);
          perform pg_notify('latchkey_changes', '');
        end if;
      end $$`);
    await query.query(`
      create function announce_all() returns trigger language plpgsql as $$
      begin
        perform announce_change('ALL', '{}');
        return null;
      end $$`);
    for (const watch of WATCHES) await this.watch(query, watch);

    // A text that was unknown a moment ago may be one of these.
    await query.query(`
      create function announce_imported_secrets() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from changed where imported) then perform announce_change('IMPORT', '{}'); end if;
        return null;
      end $$`);
    await query.query(`
      create trigger api_key_secrets_announce_imported after insert on api_key_secrets
      referencing new table as changed for each statement execute function announce_imported_secrets()`);

    for (const table of OLD_CATALOGUE_TABLES)
      await query.query(`drop trigger ${table}_advance_catalogue_epoch on ${table}`);
    await query.query(`drop function advance_catalogue_epoch`);
    await query.query(`drop table catalogue_epoch`);
  }

  private async watch(query: QueryRunner, { table, kind, ids, update, insert }: Watch): Promise<void> {
    // Rows that come or go together are one change.
    await query.query(`
      create function announce_${table}_rows() returns trigger language plpgsql as $$
      begin
        perform announce_change('${kind}', array(select distinct id from (${ids("changed")}) as affected));
        return null;
      end $$`);
    await query.query(`
      create trigger ${table}_announce_delete after delete on ${table}
      referencing old table as changed for each statement execute function announce_${table}_rows()`);
    if (insert !== false) {
      await query.query(`
        create trigger ${table}_announce_insert after insert on ${table}
        referencing new table as changed for each statement execute function announce_${table}_rows()`);
    }
    await query.query(`
      create function announce_${table}_row() returns trigger language plpgsql as $$
      begin
        perform announce_change('${kind}', array(
          select distinct id from (${ids("(select old.* union all select new.*)")}) as affected
        ));
        return null;
      end $$`);
    const row = (state: string) => `row(${update.map((name) => `${state}.${name}`).join(", ")})`;
    await query.query(`
      create trigger ${table}_announce_update after update of ${update.join(", ")} on ${table}
      for each row when (${row("old")} is distinct from ${row("new")}) execute function announce_${table}_row()`);
    await query.query(`
      create trigger ${table}_announce_truncate after truncate on ${table}
      for each statement execute function announce_all()`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const { table } of WATCHES) {
      await query.query(`drop function announce_${table}_rows cascade`);
      await query.query(`drop function announce_${table}_row cascade`);
    }
    await query.query(`drop function announce_imported_secrets cascade`);
    await query.query(`drop function announce_all cascade`);
    await query.query(`drop function announce_change`);
    await query.query(`drop table credential_changes`);
    await query.query(`drop table nodes`);

    await query.query(`
      create table catalogue_epoch (
        singleton boolean primary key default true constraint catalogue_epoch_is_one_row check (singleton),
        epoch bigint not null
      )`);
    await query.query(`insert into catalogue_epoch (epoch) values (1)`);
    await query.query(`
      create function advance_catalogue_epoch() returns trigger language plpgsql as $$
      begin
        update catalogue_epoch set epoch = epoch + 1;
        return null;
      end $$`);
    for (const table of OLD_CATALOGUE_TABLES) {
      await query.query(`
        create trigger ${table}_advance_catalogue_epoch
        after insert or update or delete or truncate on ${table}
        for each statement execute function advance_catalogue_epoch()`);
    }
  }
}
